import { parseRouteKey } from '../contracts/route-key';
import { expandFragments } from '../policy/expand-fragments';
import { PolicyDocument } from '../policy/policy-document';
import { allNodes } from '../policy/policy-walk';
import { referencesOf } from '../policy/references';
import { textAttribute } from './block';
import { resolveValue } from './expression';
import { DeploymentFact } from './facts';
import { ChosenTarget } from './gateway-branches';
import { reportsOn } from './gateway-diagnostics';
import {
  GatewayApiFact,
  GatewayFacts,
  KeyUse,
  MissingName,
  RouteFact,
  RouteTarget,
  UnreadRouting,
} from './gateway-facts';
import { asPolicy } from './gateway-literals';
import { GatewayLookup } from './gateway-lookup';
import { ApiPolicy, DeclaredApi, DeclaredFragment, DeclaredPolicy, GatewayParts } from './gateway-parts';
import { filledIn, isRead } from './gateway-policy-text';
import { emits, keysIn } from './gateway-policy-uses';
import { RouteMember, writtenRoutes, WrittenRoutes } from './gateway-routes';
import { GatewayService, mayShareService } from './gateway-service';
import { TargetFinder } from './gateway-targets';
import { property } from './json';
import { leadsToModels } from './model-address';
import { StackReferences } from './stack-references';

/** What makes a policy that cannot be read worth a word: others have nothing to do with models. */
const SPEAKS_OF_MODELS = /openai|deployments\/|cognitiveservices|services\.ai\.azure|\bllm-/i;

/** Fragments that include fragments. */
const DEEPEST_INCLUSION = 3;

/** What is known of the stack besides its gateways. */
export interface GatewaySurroundings {
  readonly references: StackReferences;
  readonly deployments: readonly DeploymentFact[];
  /** Whether a part of the stack that cannot be read may declare deployments. */
  readonly mayDeclareMore: boolean;
}

/** The facts of all gateways of a stack. */
export function gatewayFacts(parts: GatewayParts, surroundings: GatewaySurroundings): GatewayFacts {
  return new GatewayAssembly(parts, surroundings).facts();
}

interface AnalysedPolicy extends WrittenRoutes {
  readonly policy: Pick<ApiPolicy, 'block' | 'path' | 'service' | 'reach' | 'api'>;
  readonly document: PolicyDocument;
  readonly facts: readonly RouteFact[];
  /** Whether calls reach models by it. */
  readonly reachesModels: boolean;
}

class GatewayAssembly {
  private readonly finder: TargetFinder;
  private readonly lookup: GatewayLookup;
  private readonly included = new Set<DeclaredFragment>();
  private readonly missing: MissingName[] = [];
  private readonly unread: UnreadRouting[] = [];

  constructor(
    private readonly parts: GatewayParts,
    { references, deployments, mayDeclareMore }: GatewaySurroundings,
  ) {
    this.lookup = new GatewayLookup(parts, references);
    this.finder = new TargetFinder(references, deployments, mayDeclareMore);
  }

  facts(): GatewayFacts {
    const policies = this.parts.policies.flatMap((policy) => this.analysed(policy));
    const fragments = this.parts.fragments
      .filter((fragment) => !this.included.has(fragment))
      .flatMap((fragment) => this.analysedAlone(fragment));
    const apis = this.parts.apis.flatMap((api) => this.api(api, policies));
    const reaching = [...policies, ...fragments].filter((policy) => policy.reachesModels);
    return {
      apis,
      routes: [...policies, ...fragments].flatMap(({ facts }) => facts),
      missing: this.missing,
      unread: this.unread,
      keys: [
        ...this.parts.backends.flatMap(({ keys }) => keys),
        ...reaching.flatMap(({ policy, document }) =>
          keysIn(document).map((key): KeyUse => ({ origin: policy.block.origin, path: policy.path, ...key })),
        ),
      ],
    };
  }

  private analysed(policy: ApiPolicy): AnalysedPolicy[] {
    if (!isRead(policy.read)) {
      this.reportUnread(policy);
      return [];
    }
    const filled = filledIn(policy.read, (text) => this.lookup.filled(text, policy.block));
    const fragments = this.lookup.fragmentDocuments(policy.service);
    let document = filled;
    for (let depth = 0; depth < DEEPEST_INCLUSION; depth += 1) {
      const included = fragmentsIn(document).filter((name) => fragments.has(name));
      if (included.length === 0) {
        break;
      }
      included.forEach((name) => this.markIncluded(name, policy.service));
      document = expandFragments(document, fragments);
    }
    fragmentsIn(document).forEach((name) => this.markIncluded(name, policy.service));
    return [this.analysedDocument(policy, document)];
  }

  /** A fragment that nothing here includes may be included elsewhere: it is read as if it were a policy. */
  private analysedAlone(fragment: DeclaredFragment): AnalysedPolicy[] {
    if (!isRead(fragment.read)) {
      return [];
    }
    const document = asPolicy(filledIn(fragment.read, (text) => this.lookup.filled(text, fragment.block)));
    return [this.analysedDocument({ ...fragment, reach: 'service' }, document)];
  }

  private analysedDocument(policy: AnalysedPolicy['policy'], document: PolicyDocument): AnalysedPolicy {
    const written = writtenRoutes(document);
    const names = referencesOf(document);
    const backendOf = (name: string) => this.lookup.backend(name, policy.service);
    const find = (chosen: ChosenTarget, { deployment, ...order }: RouteMember = {}) =>
      this.finder
        .find(this.lookup.withNamedValues(chosen), backendOf, deployment)
        ?.map((target): RouteTarget => ({ ...target, ...order }));
    const others = written.others.map((chosen) => find(chosen));
    const isComputed = others.includes(undefined);
    const routes = written.routes.map((route) => {
      const found = route.targets.map((chosen, index) => find(chosen, route.members[index]));
      const mayHaveOtherTargets =
        written.others.length > 0 ||
        found.includes(undefined) ||
        names.fragments.length > 0 ||
        this.hasOtherTargets(policy);
      const targets = found.flatMap((list) => list ?? []);
      return { route, found, targets, mayHaveOtherTargets };
    });
    const facts = routes
      .filter(({ route, targets }) => parseRouteKey(route.key) !== undefined || targets.some(isModelTarget))
      .map(({ route, targets, mayHaveOtherTargets }): RouteFact => ({
        ...this.placeOf(policy, route.place),
        service: policy.service.key,
        place: route.place,
        key: route.key,
        aliases: route.aliases,
        answersItself: route.answersItself,
        ...(route.retired && { retired: route.retired }),
        targets,
        mayHaveOtherTargets,
      }));
    const speaksOfModels =
      facts.length > 0 || others.some((list) => list?.some(isModelTarget)) || names.deployments.length > 0;
    const computed = [
      ...written.others.filter((_chosen, index) => others[index] === undefined),
      ...routes.flatMap(({ route, found }) => route.targets.filter((_chosen, index) => found[index] === undefined)),
    ];
    const isRelevant = speaksOfModels || this.lookup.servesModels(policy.service);
    if (isRelevant) {
      computed.forEach((chosen) => this.unread.push(unreadTarget(this.placeOf(policy, chosen.place), chosen)));
    }
    this.reportMissing(policy, names);
    return {
      ...written,
      policy,
      document,
      facts,
      reachesModels: speaksOfModels || ((isComputed || computed.length > 0) && isRelevant),
    };
  }

  /** The API itself, or a policy around this one, may send calls somewhere that this policy does not change. */
  private hasOtherTargets(policy: AnalysedPolicy['policy']): boolean {
    return this.parts.apis.some(
      ({ service, name, serviceUrl }) =>
        serviceUrl !== undefined &&
        mayShareService(service, policy.service) &&
        (policy.api === undefined || policy.api === name),
    );
  }

  private api(api: DeclaredApi, policies: readonly AnalysedPolicy[]): GatewayApiFact[] {
    const { block, service, name, serviceUrl } = api;
    const around = policies.filter(
      ({ policy }) =>
        mayShareService(policy.service, service) &&
        (policy.reach === 'service' || (policy.reach === 'api' && policy.api === name)),
    );
    const reaches =
      around.some((policy) => policy.reachesModels) || (serviceUrl !== undefined && leadsToModels(serviceUrl));
    if (!reaches) {
      return [];
    }
    const headers = [...new Set(around.flatMap((policy) => policy.headers))];
    const variables = [...new Set(around.flatMap((policy) => policy.variables))];
    const address = block.origin.address;
    return [
      {
        origin: block.origin,
        subscriptionRequired: textAttribute(
          resolveValue(property(block.body, 'subscription_required'), block.instance.scope),
        ),
        versionHeaders: headers,
        emitsVersion: around.some(({ document }) => emits(document, headers, variables)),
        diagnostics: this.parts.diagnostics
          .filter((diagnostic) => reportsOn(diagnostic, { service, name, address }, mayShareService))
          .map(({ address: at, headers: logged }) => ({ address: at, ...(logged && { headers: logged }) })),
        isServiceDeclared: service.isDeclared,
      },
    ];
  }

  private reportMissing(policy: AnalysedPolicy['policy'], names: ReturnType<typeof referencesOf>): void {
    const report = (
      kind: MissingName['kind'],
      references: typeof names.backends,
      isDeclared: (id: string) => boolean,
    ) => {
      const seen = new Set<string>();
      for (const { id, place } of references) {
        if (!/\$\{|\{\{/.test(id) && !seen.has(id) && !isDeclared(id)) {
          seen.add(id);
          const isServiceDeclared = policy.service.isDeclared;
          this.missing.push({ ...this.placeOf(policy, place), kind, name: id, isServiceDeclared });
        }
      }
    };
    report('backend', names.backends, (id) => this.lookup.backend(id, policy.service) !== undefined);
    report('fragment', names.fragments, (id) => this.lookup.fragmentsNamed(id, policy.service).length > 0);
  }

  private reportUnread(policy: DeclaredPolicy<unknown>): void {
    if (!isRead(policy.read) && (SPEAKS_OF_MODELS.test(policy.text) || this.lookup.servesModels(policy.service))) {
      this.unread.push({ origin: policy.block.origin, path: policy.path, reason: policy.read.reason });
    }
  }

  private markIncluded(name: string, service: GatewayService): void {
    for (const fragment of this.lookup.fragmentsNamed(name, service)) {
      if (!this.included.has(fragment)) {
        this.included.add(fragment);
        this.reportUnread(fragment);
      }
    }
  }

  private placeOf(policy: AnalysedPolicy['policy'], place: string): Pick<UnreadRouting, 'origin' | 'path' | 'place'> {
    return { origin: policy.block.origin, path: policy.path, place };
  }
}

function fragmentsIn(document: PolicyDocument): string[] {
  return allNodes(document).flatMap(({ node }) =>
    node.kind === 'include-fragment' && typeof node.fragmentId === 'string' ? [node.fragmentId] : [],
  );
}

function isModelTarget({ url, deployment, account }: RouteTarget): boolean {
  return account !== undefined || deployment !== undefined || (url !== undefined && leadsToModels(url));
}

function unreadTarget(place: Pick<UnreadRouting, 'origin' | 'path' | 'place'>, chosen: ChosenTarget): UnreadRouting {
  const value = chosen.backendId ?? chosen.baseUrl!;
  const what = chosen.backendId === undefined ? 'the URL' : 'the backend';
  return {
    ...place,
    reason:
      typeof value === 'string'
        ? `chooses ${what} by a named value (${value})`
        : `chooses ${what} by an expression (${value.expression})`,
  };
}
