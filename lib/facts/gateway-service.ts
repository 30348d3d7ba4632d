import { property } from './json';
import { ReferredResource, StackReferences } from './stack-references';

const SERVICE = 'azurerm_api_management';

/** The API Management service that a resource belongs to, as far as it can be told. */
export interface GatewayService {
  readonly key: string;
  /** Whether the stack declares the service. */
  readonly isDeclared: boolean;
  /** False where the name is an expression that may stand for any service. */
  readonly isCertain: boolean;
}

/** Whether two resources may belong to one service: names that cannot be read may be any. */
export function mayShareService(left: GatewayService, right: GatewayService): boolean {
  return left.key === right.key || !left.isCertain || !right.isCertain;
}

/** Tells which service a resource belongs to: by the reference to it, by its name or by its id. */
export class GatewayServices {
  private byName?: ReadonlyMap<string, string>;

  constructor(private readonly references: StackReferences) {}

  of(resource: Omit<ReferredResource, 'address'>): GatewayService {
    const attribute = ['api_management_name', 'api_management_id', 'parent_id'].find(
      (key) => property(resource.body, key) !== undefined,
    );
    const value = attribute === undefined ? undefined : property(resource.body, attribute);
    const referred = this.references.referred(value, resource.instance);
    if (referred !== undefined && ['name', 'id'].includes(referred.attribute)) {
      return this.referredService(referred);
    }
    const text = this.references.textOf(value, resource.instance) ?? '';
    if (text.includes('${') || text === '') {
      return { key: text, isDeclared: false, isCertain: false };
    }
    return this.named(/\/service\/([^/]+)/i.exec(text)?.[1] ?? text);
  }

  private referredService(referred: ReferredResource): GatewayService {
    if (referred.address.startsWith(`${SERVICE}.`)) {
      return { key: referred.address, isDeclared: true, isCertain: true };
    }
    const name = this.references.text(referred, 'name');
    return name === undefined || name.includes('${')
      ? { key: referred.address, isDeclared: false, isCertain: false }
      : this.named(name);
  }

  private named(name: string): GatewayService {
    this.byName ??= new Map(
      this.references
        .ofType(SERVICE)
        .map((service) => [(this.references.text(service, 'name') ?? '').toLowerCase(), service.address]),
    );
    const address = this.byName.get(name.toLowerCase());
    return { key: address ?? name.toLowerCase(), isDeclared: address !== undefined, isCertain: true };
  }
}
