import { isResourceName, NameKind } from '../contracts/resource-names';
import { ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { ResourceOrigin } from './facts';
import { property } from './json';
import { ContainerApp } from './release-container';

/** A name that Azure does not take, where it is known before Terraform runs. */
export interface NameFact {
  readonly origin: ResourceOrigin;
  readonly path: string;
  readonly kind: NameKind;
  readonly name: string;
}

const KINDS: ReadonlyMap<string, NameKind> = new Map([
  ['azurerm_container_app', 'container app'],
  ['azurerm_container_app_environment', 'environment of container apps'],
  ['azurerm_container_registry', 'container registry'],
  ['azurerm_storage_container', 'storage container'],
  ['azurerm_user_assigned_identity', 'user-assigned identity'],
  ['azurerm_cognitive_account', 'model account'],
  ['azurerm_cognitive_deployment', 'model deployment'],
  ['azurerm_api_management', 'service of API Management'],
  ['azurerm_api_management_backend', 'part of API Management'],
  ['azurerm_api_management_logger', 'part of API Management'],
  ['azurerm_api_management_named_value', 'part of API Management'],
  ['azurerm_api_management_policy_fragment', 'part of API Management'],
  ['azurerm_private_endpoint', 'private endpoint'],
  ['azurerm_network_security_group', 'network security group'],
  ['azurerm_log_analytics_workspace', 'log workspace'],
]);

/** Finds the names that Azure does not take. Nearly all others are as they should be, and large stacks hold very many. */
export class RefusedNames {
  readonly all: NameFact[] = [];

  /** The name of the resource itself, for each of its instances. */
  ofResource(block: ConfigurationBlock): void {
    const kind = KINDS.get(block.origin.type);
    if (kind !== undefined) {
      for (const instance of block.instances.all) {
        const name = resolveValue(property(block.body, 'name'), instance.scope);
        if (isRefused(kind, name)) {
          this.all.push({ origin: originOf(block, instance), path: 'name', kind, name });
        }
      }
    }
  }

  /** The names inside of a container app; a revision is called `<app>--<suffix>`. */
  inApp(app: ContainerApp): void {
    const { origin, containers, secrets, revisionSuffix } = app;
    const { scope } = app.instance;
    for (const { path, name } of containers) {
      this.add(origin, path, 'container', resolveValue(name, scope));
    }
    for (const { path, block } of secrets.items) {
      this.add(origin, path, 'secret of a container app', resolveValue(property(block, 'name'), scope));
    }
    const suffix = resolveValue(revisionSuffix.value, scope);
    const appName = typeof suffix === 'string' && suffix !== '' ? resolveValue(app.name, scope) : undefined;
    const name = typeof appName === 'string' ? `${appName}--${suffix as string}` : undefined;
    if (isRefused('revision of a container app', name)) {
      this.all.push({ origin, path: revisionSuffix.path, kind: 'revision of a container app', name });
    }
  }

  private add(origin: ResourceOrigin, holder: string, kind: NameKind, name: unknown): void {
    if (isRefused(kind, name)) {
      this.all.push({ origin, path: `${holder}.name`, kind, name });
    }
  }
}

function isRefused(kind: NameKind, name: unknown): name is string {
  return typeof name === 'string' && !isResourceName(kind, name);
}
