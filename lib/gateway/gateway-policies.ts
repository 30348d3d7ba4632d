import { Token } from 'cdktf';
import { expandFragments } from '../policy/expand-fragments';
import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { largestPolicy, policySize } from '../policy/policy-limits';
import { contentProblems } from '../policy/policy-problems';
import { allNodes } from '../policy/policy-walk';
import { serialisePolicy } from '../policy/serialise-policy';
import { variableAssignments } from '../policy/variable-use';
import { policyProblem, policyTooLarge, policyUnwritable } from './errors';
import { GatewayCapacity } from './gateway-capacity';
import {
  formPolicy,
  fragmentName,
  FragmentPart,
  fragmentParts,
  gatewayFragments,
  gatewayPolicy,
} from './policy/gateway-policy';
import { modelPolicy, modelsPolicy, unknownPathPolicy } from './policy/models-policy';
import { GatewayPolicyOptions } from './policy/policy-options';
import { grantsText } from './policy/route-lookup';
import { RoutingTable } from './policy/routing-table';

/** The policies of a gateway, each under what messages call it. */
const POLICIES = {
  dated: 'policy of the dated API',
  v1: 'policy of the v1 API',
  form: 'policy of the v1 operations that take forms',
  models: 'policy of GET /models',
  model: 'policy of GET /models/{model}',
  unknown: 'policy of unknown paths',
} as const;

export type GatewayPolicyName = keyof typeof POLICIES;

const NAMES = Object.keys(POLICIES) as GatewayPolicyName[];

const DOCUMENTS: Readonly<
  Record<GatewayPolicyName, (table: RoutingTable, options: GatewayPolicyOptions) => PolicyDocument>
> = {
  dated: (table, options) => gatewayPolicy(table, options, 'dated'),
  v1: (table, options) => gatewayPolicy(table, options, 'v1'),
  form: formPolicy,
  models: modelsPolicy,
  model: modelPolicy,
  unknown: (_, options) => unknownPathPolicy(options),
};

/** What a route of an average name takes, where there is none to measure. */
const USUAL_ROUTE: RoutingTable['routes'][number] = {
  key: 'gpt-5.1@2025-11-13',
  members: [
    {
      datedBackendId: 'gpt-5-1-2025-11-13-00000000-dated',
      v1BackendId: 'gpt-5-1-2025-11-13-00000000-v1',
      deploymentName: 'gpt-5.1-2025-11-13-globalstandard',
      tier: 0,
      weight: 1,
    },
  ],
  appRole: 'Models.Invoke',
  dated: true,
  policies: {},
};

/** The text of a gateway's policies for a routing table, and what API Management would say of them. */
export class GatewayPolicies {
  /** What may hold tokens: each as a whole value, so that nothing else can bring in what Terraform would interpolate. */
  private readonly interpolations: readonly string[];

  private readonly fragments: ReturnType<typeof gatewayFragments>;
  private readonly documents = new Map<GatewayPolicyName, PolicyDocument>();
  private readonly texts = new Map<GatewayPolicyName, string>();

  public constructor(
    private readonly path: string,
    private readonly options: GatewayPolicyOptions,
    public readonly table: RoutingTable,
  ) {
    this.fragments = gatewayFragments(options);
    const { access, identity } = options;
    const callers = access.kind === 'entra' ? [access.tenantId, ...access.audiences] : [];
    this.interpolations = [...callers, identity.audience, identity.clientId, grantsText(table.grants)].filter(
      (value): value is string => Token.isUnresolved(value),
    );
  }

  /** @throws if something in it cannot be written safely */
  public text(name: GatewayPolicyName): string {
    const text = this.texts.get(name) ?? this.written(POLICIES[name], this.document(name));
    this.texts.set(name, text);
    return text;
  }

  /** @throws if something in it cannot be written safely */
  public fragmentText(part: FragmentPart): string {
    return this.written(`fragment ${fragmentName(this.options.name, part)}`, this.fragments[part]);
  }

  /** A sentence for everything that API Management would refuse. */
  public problems(sku: string, backendIds: readonly string[]): string[] {
    const fragments = new Map(
      fragmentParts.map((part) => [fragmentName(this.options.name, part), this.fragments[part]]),
    );
    const setByApi = variablesOf(expandFragments(this.document('v1'), fragments));
    return NAMES.flatMap((name) => {
      const document = expandFragments(this.document(name), fragments);
      const problems = contentProblems(document, {
        tier: this.options.tier,
        backendIds,
        fragmentIds: [...fragments.keys()],
        interpolations: this.interpolations,
        variablesSetElsewhere: name === 'form' ? setByApi : [],
      });
      return problems.length > 0
        ? problems.map((problem) => policyProblem(this.path, POLICIES[name], problem))
        : this.sizeProblems(name, sku);
    });
  }

  /** How full the policies are. */
  public capacity(): GatewayCapacity {
    const capacities = NAMES.map((name) => this.capacityOf(name));
    const fullFirst = capacities.reduce((first, other) => (other.routesThatFit < first.routesThatFit ? other : first));
    const largestPolicyBytes = Math.max(...capacities.map((capacity) => capacity.largestPolicyBytes));
    return { ...fullFirst, largestPolicyBytes };
  }

  private sizeProblems(name: GatewayPolicyName, sku: string): string[] {
    const {
      routes,
      bytesPerRoute,
      largestPolicyBytes: bytes,
      limitBytes: limit,
      routesThatFit,
    } = this.capacityOf(name);
    return bytes <= limit
      ? []
      : [
          policyTooLarge(
            this.path,
            POLICIES[name],
            { bytes, limit, sku },
            { count: routes, retired: this.table.retired.length, bytesEach: bytesPerRoute, fit: routesThatFit },
          ),
        ];
  }

  private capacityOf(name: GatewayPolicyName): GatewayCapacity {
    const { routes } = this.table;
    const size = (measured: RoutingTable['routes']): number =>
      policySize(this.written(POLICIES[name], DOCUMENTS[name]({ ...this.table, routes: measured }, this.options)));
    const limit = largestPolicy[this.options.tier];
    const now = policySize(this.text(name));
    // What every table costs once is not a route's: the difference between one route and several is.
    const [first = USUAL_ROUTE] = routes;
    const one = size([first]);
    const perRoute = routes.length > 1 ? (now - one) / (routes.length - 1) : size([first, first]) - one;
    const fixed = one - perRoute;
    return {
      routes: routes.length,
      bytesPerRoute: Math.ceil(perRoute),
      largestPolicyBytes: now,
      limitBytes: limit,
      routesThatFit: perRoute > 0 ? Math.max(0, Math.floor((limit - fixed) / perRoute)) : Number.MAX_SAFE_INTEGER,
    };
  }

  private document(name: GatewayPolicyName): PolicyDocument {
    const document = this.documents.get(name) ?? DOCUMENTS[name](this.table, this.options);
    this.documents.set(name, document);
    return document;
  }

  private written(what: string, document: PolicyDocument | FragmentDocument): string {
    try {
      return serialisePolicy(document, { indentation: 0, interpolations: this.interpolations });
    } catch (error) {
      throw policyUnwritable(this.path, what, (error as Error).message);
    }
  }
}

function variablesOf(document: PolicyDocument): string[] {
  return allNodes(document).flatMap(({ node }) => variableAssignments(node).map(({ name }) => name));
}
