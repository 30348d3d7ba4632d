import { isKillSwitchName } from '../contracts/kill-switch';
import { parseTrafficRows, ROUTER_VARIABLES, TrafficRow } from '../contracts/traffic-row';
import { expandFragments } from '../policy/expand-fragments';
import { PolicyDocument, PolicyValue } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { Attribute, known, unknown } from './attribute';
import { branchesOf, ChosenTarget } from './gateway-branches';
import { GatewayLookup } from './gateway-lookup';
import { ApiPolicy, GatewayParts } from './gateway-parts';
import { filledIn, isRead } from './gateway-policy-text';
import { mayShareService } from './gateway-service';
import { leadsToModels } from './model-address';
import { StackReferences } from './stack-references';
import { AppFinder } from './traffic-apps';
import { HiddenPolicy, RoutedRow, RouterFact } from './traffic-facts';
import { policyKillSwitch } from './traffic-kill-switch';
import { unreadPolicyParts } from './traffic-policy-parts';

// Another policy may call something `releases` as well: a router keeps a salt beside them.
const { rows: ROWS, salt: SALT, killSwitch: KILL_SWITCH, chosen: CHOSEN } = ROUTER_VARIABLES;

const INCLUDE = '<include-fragment';

const NAMED_VALUE = /\{\{([^{}]+)\}\}/g;

/** What policies of API Management say of routers. */
export interface PolicyRouting {
  readonly routers: readonly RouterFact[];
  /** Addresses of policies that cannot be read whole and show no router. */
  readonly mayRoute: readonly string[];
  readonly hidden: readonly HiddenPolicy[];
}

/** The routers among the policies of API Management. */
export function policyRouters(parts: GatewayParts, references: StackReferences, apps: AppFinder): PolicyRouting {
  const lookup = new GatewayLookup(parts, references);
  const read = parts.policies.map((policy) => ({ policy, router: routerOf(policy, lookup, apps) }));
  return {
    routers: read.flatMap(({ router }) => router ?? []),
    mayRoute: read.flatMap(({ policy, router }) =>
      router === undefined && !isReadWhole(policy, lookup) ? [policy.block.origin.address] : [],
    ),
    hidden: parts.policies.flatMap((policy) =>
      policy.reach === 'api' && leadsOn(policy, parts, apps) ? hiddenIn(policy, lookup) : [],
    ),
  };
}

/** Whether the policy's API Management has a backend where models or releases are, or one of which nothing tells where it leads. */
function leadsOn({ service }: ApiPolicy, { backends }: GatewayParts, apps: AppFinder): boolean {
  return backends.some(
    ({ url, service: own }) =>
      mayShareService(own, service) &&
      (url === undefined || url.includes('${') || leadsToModels(url) || apps.find(url) !== undefined),
  );
}

/** The policy, or the fragments that it names, where they cannot be read. */
function hiddenIn({ block, path, read, service }: ApiPolicy, lookup: GatewayLookup): HiddenPolicy[] {
  if (!isRead(read)) {
    return [{ origin: block.origin, path }];
  }
  return allNodes(read.document).flatMap(({ node }) =>
    node.kind === 'include-fragment' && typeof node.fragmentId === 'string'
      ? lookup
          .fragmentsNamed(node.fragmentId, service)
          .filter((fragment) => !isRead(fragment.read))
          .map((fragment) => ({ origin: fragment.block.origin, path: fragment.path }))
      : [],
  );
}

/** Whether the policy and all fragments that it names can be read. */
function isReadWhole({ text, read, service }: ApiPolicy, lookup: GatewayLookup): boolean {
  if (!isRead(read)) {
    return false;
  }
  const whole = text.includes(INCLUDE)
    ? expandFragments(read.document, lookup.fragmentDocuments(service))
    : read.document;
  return !text.includes(INCLUDE) || allNodes(whole).every(({ node }) => node.kind !== 'include-fragment');
}

function routerOf(policy: ApiPolicy, lookup: GatewayLookup, apps: AppFinder): RouterFact | undefined {
  if (!policy.text.includes(`"${ROWS}"`) && !policy.text.includes(INCLUDE)) {
    return undefined;
  }
  const place = { origin: policy.block.origin, path: policy.path, kind: 'api-management' as const, rows: [] };
  if (!isRead(policy.read)) {
    return policy.text.includes(`"${SALT}"`) ? { ...place, unread: policy.read.reason } : undefined;
  }
  const filled = filledIn(policy.read, (text) => lookup.filled(text, policy.block));
  const document = expandFragments(filled, lookup.fragmentDocuments(policy.service));
  const variables = variablesOf(document);
  const given = variables.get(ROWS);
  if (given === undefined) {
    return undefined;
  }
  const salt = saltOf(variables.get(SALT), policy, lookup);
  const killSwitch = policyKillSwitch(variables.get(KILL_SWITCH), policy, lookup);
  const router = {
    ...place,
    ...(salt && { salt }),
    ...(killSwitch && { killSwitch }),
    ...from('rowsFrom', given, policy, lookup),
    ...from('saltFrom', variables.get(SALT), policy, lookup),
    unreadParts: unreadPolicyParts(document),
  };
  const text = textOf(given, policy, lookup);
  const rows = text === undefined ? undefined : parseTrafficRows(text);
  if (rows !== undefined) {
    const branches = new LabelBranches(document);
    const routed = rows.map((row) => ({ ...row, ...targetOf(row, branches, policy, lookup, apps) }));
    return { ...router, rows: routed };
  }
  return variables.has(SALT) ? { ...router, ...whyUnread(text) } : undefined;
}

function saltOf(given: PolicyValue | undefined, policy: ApiPolicy, lookup: GatewayLookup): Attribute | undefined {
  if (given === undefined) {
    return undefined;
  }
  const text = textOf(given, policy, lookup);
  return text === undefined ? unknown(JSON.stringify(given)) : isOpen(text) ? known(text) : unknown(text);
}

/** The text with the named values of the service that can be read; `undefined` for an expression of C#. */
function textOf(given: PolicyValue, { service }: ApiPolicy, lookup: GatewayLookup): string | undefined {
  return isExpression(given)
    ? undefined
    : given.replace(NAMED_VALUE, (whole, name: string) => readValue(name.trim(), service, lookup) ?? whole);
}

/** Of what is called like a kill switch, a plan tells the position and no more. */
function readValue(name: string, service: ApiPolicy['service'], lookup: GatewayLookup): string | undefined {
  return isKillSwitchName(name) ? undefined : lookup.namedValue(name, service)?.value;
}

/** The named values in a text that cannot be read, where the stack declares them. */
function from(
  key: 'rowsFrom' | 'saltFrom',
  given: PolicyValue | undefined,
  { service }: ApiPolicy,
  lookup: GatewayLookup,
): Pick<RouterFact, 'rowsFrom' | 'saltFrom'> {
  const names = typeof given === 'string' ? [...given.matchAll(NAMED_VALUE)].map(([, name]) => name!.trim()) : [];
  const origins = names.flatMap((name) => {
    const value = readValue(name, service, lookup);
    const declared = value !== undefined && isOpen(value) ? undefined : lookup.namedValue(name, service);
    return declared === undefined ? [] : [declared.block.origin];
  });
  return origins.length > 0 ? { [key]: origins } : {};
}

/** Whether nothing in a text is left for Terraform or API Management to fill in. */
function isOpen(text: string): boolean {
  return !/\$\{|\{\{/.test(text);
}

function whyUnread(text: string | undefined): Pick<RouterFact, 'unread' | 'isUncertain'> {
  return text === undefined
    ? { unread: `sets '${ROWS}' by an expression`, isUncertain: true }
    : !isOpen(text)
      ? { unread: `sets '${ROWS}' to what cannot be read before Terraform runs (${text})`, isUncertain: true }
      : { unread: `sets '${ROWS}' to what are no rows 'label|stage|from|to' divided by ';' (${text})` };
}

function variablesOf(document: PolicyDocument): ReadonlyMap<string, PolicyValue> {
  return new Map(
    allNodes(document).flatMap(({ node }) =>
      node.kind === 'set-variable' && typeof node.name === 'string' ? [[node.name, node.value] as const] : [],
    ),
  );
}

/** What a policy does where the chosen label is a certain one. */
class LabelBranches {
  readonly comparesLabels: boolean;
  private readonly targets = new Map<string, ChosenTarget[]>();

  constructor(document: PolicyDocument) {
    for (const { alternatives, targets } of branchesOf(document)) {
      for (const { subject, value } of alternatives.flat()) {
        if (subject.kind === 'variable' && subject.name === CHOSEN) {
          this.targets.set(value, [...(this.targets.get(value) ?? []), ...targets]);
        }
      }
    }
    this.comparesLabels = [...this.targets.values()].some((targets) => targets.length > 0);
  }

  of(label: string): readonly ChosenTarget[] {
    return this.targets.get(label) ?? [];
  }
}

function targetOf(
  { label }: TrafficRow,
  branches: LabelBranches,
  policy: ApiPolicy,
  lookup: GatewayLookup,
  apps: AppFinder,
): Pick<RoutedRow, 'target' | 'app' | 'elsewhere'> {
  const chosen = branches.of(label);
  if (chosen.length === 0) {
    return { target: branches.comparesLabels ? 'missing' : 'unknown' };
  }
  const urls = chosen.map(({ backendId, baseUrl }) =>
    typeof backendId === 'string' ? lookup.backend(backendId, policy.service)?.url : baseUrl,
  );
  const places = urls.filter((url): url is string => typeof url === 'string');
  return { target: 'declared', ...apps.rowOf(label, places) };
}
