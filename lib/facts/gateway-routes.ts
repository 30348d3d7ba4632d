import { parseRouteKey } from '../contracts/route-key';
import { ComparedSubject, ComparedValue, subjectOf } from '../policy/compared-values';
import { PolicyDocument, PolicyNode } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { headersRead, variablesRead } from '../policy/references';
import { branchesOf, ChosenTarget, PolicyBranch } from './gateway-branches';

/** A route as one policy writes it, before its targets are looked up. */
export interface WrittenRoute {
  readonly place: string;
  readonly key: string;
  readonly answersItself: boolean;
  /** Names of deployments in the order of the targets, where the policy lists them. */
  readonly deployments: readonly string[];
  readonly targets: readonly ChosenTarget[];
}

export interface WrittenRoutes {
  readonly routes: readonly WrittenRoute[];
  /** Targets of calls for which nothing was compared. */
  readonly others: readonly ChosenTarget[];
  /** What the routes are told apart by: headers in lower case, and variables. */
  readonly headers: readonly string[];
  readonly variables: readonly string[];
}

/** Rows of the table that our own policies keep (`lib/gateway/policy/route-lookup.ts`). */
const ROW_WITHOUT_MODEL = /^(?:retired\|[^|]*\|[^|]*|elsewhere)$/;
const LIVE_ROW = /^\d+:\d+(?:[,;]\d+:\d+)*\|([^|]*)\|[^|]*\|[^|]*\|[^|]*\|[^|]*$/;

/** Whether a text is a row of the table of routes; what it names is the route's. */
export function isRow(text: string): boolean {
  return ROW_WITHOUT_MODEL.test(text) || LIVE_ROW.test(text);
}

const LOOKS_LIKE_VERSION = /^(?:\d{4}-\d{2}-\d{2}|\d{4}|\d+)(?:-[a-z]+)?$|^[a-z]+-\d{4}-\d{2}-\d{2}$/i;

/** The routes of a policy whose fragments stand in their places. */
export function writtenRoutes(document: PolicyDocument): WrittenRoutes {
  const sources = new VariableSources(allNodes(document).map(({ node }) => node));
  const byKey = new Map<string, PolicyBranch[]>();
  const others: ChosenTarget[] = [];
  const compared = new Set<string>();
  for (const branch of branchesOf(document)) {
    for (const key of new Set(branch.alternatives.map((terms) => keyOf(terms, sources, compared)))) {
      if (key === undefined) {
        others.push(...branch.targets);
      } else {
        byKey.set(key, [...(byKey.get(key) ?? []), branch]);
      }
    }
  }
  const subjects = [...compared].map((text) => JSON.parse(text) as ComparedSubject);
  const { headers, variables } = sources.all(subjects);
  return { routes: [...byKey].map(([key, branches]) => routeOf(key, branches)), others, headers, variables };
}

function routeOf(key: string, branches: readonly PolicyBranch[]): WrittenRoute {
  const targets = branches.flatMap((branch) => branch.targets);
  const assigned = branches.flatMap((branch) => branch.assigned);
  const row = assigned.map((text) => LIVE_ROW.exec(text)?.[1]).find((names) => names !== undefined);
  const first = branches.find((branch) => branch.targets.length > 0) ?? branches[0]!;
  return {
    place: first.place,
    key,
    answersItself:
      targets.length === 0 &&
      (branches.some(({ answers }) => answers) || assigned.some((text) => ROW_WITHOUT_MODEL.test(text))),
    deployments: row === undefined || row === '' ? [] : row.split(','),
    targets,
  };
}

/** The key of the route that the comparisons lead to; `undefined` where they do not say which model is meant. */
function keyOf(terms: readonly ComparedValue[], sources: VariableSources, compared: Set<string>): string | undefined {
  const named = terms.find(({ value }) => parseRouteKey(value) !== undefined);
  if (named !== undefined) {
    compared.add(JSON.stringify(named.subject));
    return named.value;
  }
  const ofHeaders = terms.filter(({ subject }) => sources.headersOf(subject).length > 0);
  ofHeaders.forEach(({ subject }) => compared.add(JSON.stringify(subject)));
  const values = [...new Set(ofHeaders.map(({ value }) => value))];
  const [version] = values.filter((value) => LOOKS_LIKE_VERSION.test(value));
  const names = values.filter((value) => value !== version);
  if (version !== undefined && names.length === 1) {
    const pair = `${names[0]}@${version}`;
    return parseRouteKey(pair) === undefined ? values.join(', ') : pair;
  }
  return values.length === 0 ? undefined : values.join(', ');
}

/** Where the variables of a policy come from. */
class VariableSources {
  private readonly read = new Map<string, { readonly headers: string[]; readonly variables: string[] }>();

  constructor(nodes: readonly PolicyNode[]) {
    for (const node of nodes) {
      if (node.kind === 'set-variable' && typeof node.name === 'string' && isExpression(node.value)) {
        const { expression } = node.value;
        const own = subjectOf(node.value);
        const known = this.read.get(node.name) ?? { headers: [], variables: [] };
        known.headers.push(...(own?.kind === 'header' ? [own.name] : headersRead(expression)));
        known.variables.push(...variablesRead(expression));
        this.read.set(node.name, known);
      }
    }
  }

  headersOf(subject: ComparedSubject): readonly string[] {
    return this.all([subject]).headers;
  }

  /** The subjects and all that they are made from. */
  all(subjects: readonly ComparedSubject[]): { readonly headers: string[]; readonly variables: string[] } {
    const headers = new Set(subjects.flatMap(({ kind, name }) => (kind === 'header' ? [name] : [])));
    const variables = new Set(subjects.flatMap(({ kind, name }) => (kind === 'variable' ? [name] : [])));
    // A set that grows while it is walked visits what was added.
    for (const variable of variables) {
      const source = this.read.get(variable);
      source?.headers.forEach((name) => headers.add(name));
      source?.variables.forEach((name) => variables.add(name));
    }
    return { headers: [...headers], variables: [...variables] };
  }
}
