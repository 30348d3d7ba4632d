import { Attribute, valueOf } from './attribute';
import { GatewayFacts, RouteTarget } from './gateway-facts';
import { DeclaredApi, GatewayParts } from './gateway-parts';
import { mayShareService } from './gateway-service';
import { TargetFinder } from './gateway-targets';
import { VariableFact, WiredGateway, WiringFact } from './release-facts';
import { StackReferences } from './stack-references';

const SERVICE = 'azurerm_api_management';

/** The URL of API Management: `${azurerm_api_management.a.gateway_url}/path`, `https://name.azure-api.net/path`. */
const GATEWAY_URL =
  /^(?:\$\{(?<address>azurerm_api_management\.[A-Za-z_][\w-]*(?:\[[^[\]]*\])?)\.gateway_url\}|https:\/\/(?<name>[a-z0-9-]+)\.azure-api\.(?:net|us|cn))(?:\/(?<path>[^?#]*))?$/i;

/** What is known of the gateways of a stack; left out where it declares no part of one. */
export interface WiredGateways {
  readonly parts: GatewayParts;
  readonly facts?: GatewayFacts;
}

/** Looks up where the URLs and deployment names of an orchestrator lead. */
export class WiringFinder {
  private readonly gateways = new Map<string, WiredGateway | undefined>();
  private readonly found = new Map<string, RouteTarget | undefined>();
  private serviceNames?: ReadonlyMap<string, string>;

  constructor(
    private readonly references: StackReferences,
    private readonly targets: TargetFinder,
    private readonly declared?: WiredGateways,
  ) {}

  find(variablePart: string, url: VariableFact, deployment: VariableFact): WiringFact {
    const wiring = { variablePart, url, deployment };
    const at = writtenText(url.value);
    if (at === undefined || url.isSecret) {
      return wiring;
    }
    if (deployment.value.state === 'absent') {
      const gateway = this.gatewayAt(at);
      return gateway === undefined ? wiring : { ...wiring, gateway };
    }
    const target = deployment.isSecret ? undefined : this.target(url.path, at, writtenText(deployment.value)!);
    return target === undefined ? wiring : { ...wiring, target };
  }

  private target(place: string, baseUrl: string, deployment: string): RouteTarget | undefined {
    const key = JSON.stringify([baseUrl, deployment]);
    const known = this.found.get(key) ?? this.targets.find({ place, baseUrl }, () => undefined, deployment)?.[0];
    this.found.set(key, known);
    return known && { ...known, place };
  }

  private gatewayAt(url: string): WiredGateway | undefined {
    if (!this.gateways.has(url)) {
      this.gateways.set(url, this.findGateway(url));
    }
    return this.gateways.get(url);
  }

  private findGateway(url: string): WiredGateway | undefined {
    const { address, name, path = '' } = GATEWAY_URL.exec(url)?.groups ?? {};
    const key = address ?? (name && (this.addressOf(name) ?? name.toLowerCase()));
    const served = (this.declared?.parts.apis ?? [])
      .filter(({ service }) => service.isCertain && service.key === key)
      .map((api) => ({ api, path: this.references.text(api.block, 'path') ?? '' }))
      .filter((candidate) => isBelow(path, candidate.path))
      .sort((left, right) => right.path.length - left.path.length);
    const api = served[0]?.api;
    return api && this.gatewayOf(api);
  }

  private gatewayOf({ block, service, name }: DeclaredApi): WiredGateway {
    const { parts, facts } = this.declared!;
    const policies = parts.policies.filter(
      (policy) => mayShareService(policy.service, service) && (policy.reach !== 'api' || policy.api === name),
    );
    const addresses = new Set(policies.map((policy) => policy.block.origin.address));
    const isOfApi = ({ origin }: { readonly origin: { readonly address: string } }) => addresses.has(origin.address);
    const { address } = block.origin;
    const fragments = new Set(parts.fragments.map((fragment) => fragment.block.origin.address));
    return {
      api: address,
      routes: (facts?.routes ?? []).filter(isOfApi),
      versionHeaders: facts?.apis.find(({ origin }) => origin.address === address)?.versionHeaders ?? [],
      mayServeMore:
        policies.length === 0 ||
        (facts?.unread ?? []).some((unread) => isOfApi(unread) || fragments.has(unread.origin.address)),
    };
  }

  private addressOf(name: string): string | undefined {
    this.serviceNames ??= new Map(
      this.references
        .ofType(SERVICE)
        .map((service) => [(this.references.text(service, 'name') ?? '').toLowerCase(), service.address]),
    );
    return this.serviceNames.get(name.toLowerCase());
  }
}

/** The text of a value, with what only Terraform can read left in it. */
function writtenText(value: Attribute): string | undefined {
  return value.state === 'unknown' ? value.expression : valueOf(value);
}

function isBelow(path: string, of: string): boolean {
  const inside = `${path.replace(/^\/+|\/+$/g, '')}/`.toLowerCase();
  return of === '' || inside.startsWith(`${of.replace(/^\/+|\/+$/g, '')}/`.toLowerCase());
}
