import { expressionOf } from './block';
import { resolveValue } from './expression';
import { ResourceOrigin } from './facts';
import { KeyUse } from './gateway-facts';
import { GatewayService, GatewayServices } from './gateway-service';
import { Instance } from './instances';
import { blocksOf, isObject, property, propertyAt } from './json';
import { documentOf } from './json-document';
import { leadsToModels } from './model-address';
import { StackReferences } from './stack-references';
import { Unresolved } from './unresolved';

/** A resource of a gateway on its way to facts. */
export interface GatewayBlock {
  readonly origin: ResourceOrigin;
  readonly body: Readonly<Record<string, unknown>>;
  readonly instance: Instance;
}

/** A backend that the stack declares. */
export interface DeclaredBackend {
  readonly origin: ResourceOrigin;
  readonly service: GatewayService;
  /** As far as it can be read. */
  readonly name: string;
  readonly url?: string;
  /** Names of the backends that a pool consists of. */
  readonly pool: readonly string[];
  readonly keys: readonly KeyUse[];
}

/** ARM resource types of parts of API Management that azapi declares. */
export const ARM_BACKEND = 'Microsoft.ApiManagement/service/backends';
export const ARM_FRAGMENT = 'Microsoft.ApiManagement/service/policyFragments';

/** `azurerm_api_management_backend`. */
export function azurermBackend(
  block: GatewayBlock,
  references: StackReferences,
  services: GatewayServices,
): DeclaredBackend {
  const url = references.text(block, 'url');
  const credentials = blocksOf(resolveValue(property(block.body, 'credentials'), block.instance.scope));
  return {
    origin: block.origin,
    service: services.of(block),
    name: references.text(block, 'name') ?? '',
    url,
    pool: [],
    keys: url !== undefined && !leadsToModels(url) ? [] : credentials.flatMap((given) => keysOf(given, block.origin)),
  };
}

/** A backend or pool of backends that azapi declares: https://learn.microsoft.com/azure/templates/microsoft.apimanagement/service/backends */
export function azapiBackend(
  block: GatewayBlock,
  references: StackReferences,
  services: GatewayServices,
): DeclaredBackend {
  const resolved = resolveValue(property(block.body, 'body'), block.instance.scope);
  const properties = property(documentOf(resolved, block.instance.scope), 'properties');
  const members = propertyAt(properties, 'pool', 'services');
  return {
    origin: block.origin,
    service: services.of(block),
    name: references.text(block, 'name') ?? '',
    url: references.textOf(textOf(property(properties, 'url')), block.instance),
    pool: blocksOf(members).map((member) => memberName(textOf(property(member, 'id')), block.instance, references)),
    keys: [],
  };
}

/** Authorization, headers and query parameters of a backend are keys, whatever they are called. */
function keysOf(credentials: Readonly<Record<string, unknown>>, origin: ResourceOrigin): KeyUse[] {
  const named = (attribute: 'header' | 'query', what: string): KeyUse[] => {
    const values = property(credentials, attribute);
    const names = isObject(values) ? Object.keys(values) : values instanceof Unresolved ? [expressionOf(values)] : [];
    return names.map((name) => ({ origin, path: `credentials.${attribute}`, carrier: `${what} '${name}'` }));
  };
  return [
    ...named('header', 'the header'),
    ...named('query', 'the query parameter'),
    ...blocksOf(property(credentials, 'authorization')).map((): KeyUse => ({
      origin,
      path: 'credentials.authorization',
      carrier: "the header 'Authorization'",
    })),
  ];
}

/** A pool names its members by id, `${azurerm_api_management_backend.eu.id}` or written out. */
function memberName(id: unknown, instance: Instance, references: StackReferences): string {
  const referred = references.referred(id, instance);
  const text = referred === undefined ? references.textOf(id, instance) : references.text(referred, 'name');
  return text?.split('/').at(-1) ?? '';
}

function textOf(value: unknown): unknown {
  return value instanceof Unresolved ? value.expression : value;
}
