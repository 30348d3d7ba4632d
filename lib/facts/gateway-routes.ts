import { parseRouteKey } from '../contracts/route-key';
import { ComparedSubject, ComparedValue, subjectOf } from '../policy/compared-values';
import { PolicyDocument, PolicyNode } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { headersRead, variablesRead } from '../policy/references';
import { branchesOf, ChosenTarget, PolicyBranch } from './gateway-branches';
import { RetiredRouteFact } from './gateway-facts';

/** A route as one policy writes it, before its targets are looked up. */
export interface WrittenRoute {
  readonly place: string;
  readonly key: string;
  readonly aliases: readonly string[];
  readonly answersItself: boolean;
  readonly retired?: RetiredRouteFact;
  /** What the policy lists of its targets, in their order. */
  readonly members: readonly RouteMember[];
  readonly targets: readonly ChosenTarget[];
}

/** What a row of the table says of one target. */
export interface RouteMember {
  readonly deployment?: string;
  readonly tier?: number;
  readonly weight?: number;
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
const RETIRED_ROW = /^retired\|[^|]*\|([^|]*)$/;
const ROW_WITHOUT_MODEL = /^(?:retired\|[^|]*\|[^|]*|elsewhere)$/;
const LIVE_ROW = /^(\d+:\d+(?:[,;]\d+:\d+)*)\|([^|]*)\|[^|]*\|[^|]*\|[^|]*\|[^|]*$/;

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
  const branches = branchesOf(document);
  const aliases = aliasesIn(branches);
  for (const branch of branches) {
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
  const routes = [...byKey].map(([key, own]) => routeOf(key, own, aliases.get(key) ?? []));
  return { routes, others, headers, variables };
}

/** A branch on one name that sets a variable to a key says that the name stands for the key. */
function aliasesIn(branches: readonly PolicyBranch[]): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, Set<string>>();
  for (const { alternatives, assigned } of branches) {
    const names = alternatives.flatMap((terms) => (terms.length === 1 ? [terms[0]!.value] : []));
    for (const key of assigned.filter((text) => parseRouteKey(text) !== undefined)) {
      const known = aliases.get(key) ?? new Set<string>();
      names.filter((name) => parseRouteKey(name) === undefined).forEach((name) => known.add(name));
      aliases.set(key, known);
    }
  }
  return new Map([...aliases].map(([key, names]) => [key, [...names]]));
}

function routeOf(key: string, branches: readonly PolicyBranch[], aliases: readonly string[]): WrittenRoute {
  const targets = branches.flatMap((branch) => branch.targets);
  const assigned = branches.flatMap((branch) => branch.assigned);
  const row = assigned.map((text) => LIVE_ROW.exec(text)).find((match) => match !== null);
  const retired = assigned.map((text) => RETIRED_ROW.exec(text)).find((match) => match !== null);
  const first = branches.find((branch) => branch.targets.length > 0) ?? branches[0]!;
  return {
    place: first.place,
    key,
    aliases,
    ...(retired && { retired: { ...(retired[1] && { successor: retired[1] }) } }),
    answersItself:
      targets.length === 0 &&
      (branches.some(({ answers }) => answers) || assigned.some((text) => ROW_WITHOUT_MODEL.test(text))),
    members: row ? membersOf(row[1]!, row[2]!) : [],
    targets,
  };
}

/** Tiers are divided by semicolons; each lists positions with their weights. */
function membersOf(weights: string, deployments: string): RouteMember[] {
  const members = (deployments === '' ? [] : deployments.split(',')).map((deployment): RouteMember => ({ deployment }));
  weights.split(';').forEach((listed, tier) => {
    for (const pair of listed.split(',')) {
      const [position, weight] = pair.split(':').map(Number);
      if (members[position!] !== undefined) {
        members[position!] = { ...members[position!], tier, weight };
      }
    }
  });
  return members;
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
