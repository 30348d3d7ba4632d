import { scanExpression } from './csharp-scanner';
import { csharpStringValue } from './csharp-string';
import { valuesOf } from './node-values';
import { FragmentDocument, PolicyDocument, PolicyValue } from './policy-document';
import { isExpression } from './policy-value';
import { allNodes, PlacedNode } from './policy-walk';

/** A backend or fragment that is named literally. */
export interface NamedReference {
  readonly id: string;
  readonly place: string;
}

/** A backend that an expression picks: which one is not known without running it. */
export interface ComputedBackend {
  readonly expression: string;
  readonly place: string;
}

/** A URL or path of a request, literal or the expression that makes it. */
export interface RequestAddress {
  readonly value: PolicyValue;
  readonly place: string;
}

/** A model deployment named in an address (`/deployments/{name}`), in literal text or in the strings of an expression. */
export interface DeploymentMention {
  readonly name: string;
  readonly place: string;
}

/** Request headers and the strings in one condition: what the condition compares, as far as its text tells. */
export interface HeaderComparison {
  /** In lower case. */
  readonly header: string;
  readonly values: readonly string[];
  /** The branch that is taken. */
  readonly place: string;
}

/** What a policy refers to by name. */
export interface PolicyReferences {
  readonly backends: readonly NamedReference[];
  readonly computedBackends: readonly ComputedBackend[];
  readonly fragments: readonly NamedReference[];
  readonly addresses: readonly RequestAddress[];
  readonly deployments: readonly DeploymentMention[];
  readonly headerComparisons: readonly HeaderComparison[];
}

const BACKEND_ATTRIBUTES: readonly string[] = ['backend-id', 'embeddings-backend-id'];
const DEPLOYMENT = /\/deployments\/([A-Za-z0-9][A-Za-z0-9._-]*)/g;
const HEADER_READ = /\bcontext\s*\.\s*Request\s*\.\s*Headers\s*(?:\[\s*|\.\s*GetValueOrDefault\s*\(\s*)"([^"\\]+)"/g;
const VARIABLE_READ =
  /\bcontext\s*\.\s*Variables\s*(?:\[\s*|\.\s*GetValueOrDefault\s*(?:<[^<>()"]*>\s*)?\(\s*)"([^"\\]+)"/g;

/** Backends, fragments, addresses, deployments and compared headers of a policy, in the order in which they stand. */
export function referencesOf(document: PolicyDocument | FragmentDocument): PolicyReferences {
  const nodes = allNodes(document);
  const backends: NamedReference[] = [];
  const computedBackends: ComputedBackend[] = [];
  const fragments: NamedReference[] = [];
  const addresses: RequestAddress[] = [];
  for (const { node, place } of nodes) {
    for (const { name, value, position } of valuesOf(node)) {
      const isAttribute = position === 'attribute';
      if (isAttribute && BACKEND_ATTRIBUTES.includes(name)) {
        if (isExpression(value)) {
          computedBackends.push({ expression: value.expression, place });
        } else {
          backends.push({ id: value, place });
        }
      } else if (isAttribute && name === 'fragment-id' && !isExpression(value)) {
        fragments.push({ id: value, place });
      } else if (name === 'base-url' || name === 'set-url' || (node.kind === 'rewrite-uri' && name === 'template')) {
        addresses.push({ value, place });
      }
    }
  }
  const headerComparisons = comparedHeaders(nodes);
  return { backends, computedBackends, fragments, addresses, deployments: mentions(nodes), headerComparisons };
}

/** The deployments that a policy names in addresses, each place once. */
export function deploymentsNamedIn(document: PolicyDocument | FragmentDocument): readonly DeploymentMention[] {
  return mentions(allNodes(document));
}

/** The constant strings of an expression, escapes resolved. */
export function stringsIn(expression: string): string[] {
  return scanExpression(expression, 0).strings.map(({ start, end }) => csharpStringValue(expression.slice(start, end)));
}

/** Names, in lower case, of the request headers that an expression reads. */
export function headersRead(expression: string): string[] {
  return namesRead(expression, HEADER_READ).map((name) => name.toLowerCase());
}

/** Names of the variables that an expression reads. */
export function variablesRead(expression: string): string[] {
  return namesRead(expression, VARIABLE_READ);
}

function mentions(nodes: readonly PlacedNode[]): DeploymentMention[] {
  return nodes.flatMap(({ node, place }) => {
    const texts = valuesOf(node).flatMap(({ value }) =>
      isExpression(value) ? [value.expression, ...stringsIn(value.expression)] : [value],
    );
    const names = new Set(texts.flatMap((text) => [...text.matchAll(DEPLOYMENT)].map((match) => match[1]!)));
    return [...names].map((name) => ({ name, place }));
  });
}

function comparedHeaders(nodes: readonly PlacedNode[]): HeaderComparison[] {
  const headersOfVariables = new Map<string, string[]>();
  for (const { node } of nodes) {
    if (node.kind === 'set-variable' && typeof node.name === 'string' && isExpression(node.value)) {
      const headers = namesRead(node.value.expression, HEADER_READ);
      if (headers.length > 0) {
        headersOfVariables.set(node.name, headers);
      }
    }
  }
  return nodes.flatMap(({ node, place }) =>
    node.kind !== 'choose'
      ? []
      : node.whens.flatMap(({ condition }, index) =>
          isExpression(condition)
            ? comparisons(condition.expression, headersOfVariables, `${place}/when[${index}]`)
            : [],
        ),
  );
}

function comparisons(
  condition: string,
  headersOfVariables: ReadonlyMap<string, readonly string[]>,
  place: string,
): HeaderComparison[] {
  const direct = namesRead(condition, HEADER_READ);
  const variables = namesRead(condition, VARIABLE_READ);
  const headers = [...direct, ...variables.flatMap((name) => headersOfVariables.get(name) ?? [])];
  const names = new Set([...direct, ...variables]);
  const values = stringsIn(condition).filter((text) => text !== '' && !names.has(text));
  return [...new Set(headers.map((header) => header.toLowerCase()))].map((header) => ({ header, values, place }));
}

function namesRead(expression: string, pattern: RegExp): string[] {
  return [...expression.matchAll(pattern)].map((match) => match[1]!);
}
