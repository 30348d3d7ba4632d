import { ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { ResourceOrigin } from './facts';
import { property } from './json';
import { ContainerApp } from './release-container';

/** What a name is the name of. */
export type NameKind =
  | 'container app'
  | 'container'
  | 'secret of a container app'
  | 'revision of a container app'
  | 'environment of container apps'
  | 'container registry'
  | 'storage container'
  | 'user-assigned identity';

/** A name that Azure holds to a pattern, where it is known before Terraform runs. */
export interface NameFact {
  readonly origin: ResourceOrigin;
  readonly path: string;
  readonly kind: NameKind;
  readonly name: string;
}

const KINDS: Readonly<Record<string, NameKind>> = {
  azurerm_container_app: 'container app',
  azurerm_container_app_environment: 'environment of container apps',
  azurerm_container_registry: 'container registry',
  azurerm_storage_container: 'storage container',
  azurerm_user_assigned_identity: 'user-assigned identity',
};

/** The name of the resource itself, for each of its instances. */
export function resourceNames(block: ConfigurationBlock): NameFact[] {
  const kind = Object.hasOwn(KINDS, block.origin.type) ? KINDS[block.origin.type] : undefined;
  return kind === undefined
    ? []
    : block.instances.all.flatMap((instance) => {
        const name = resolveValue(property(block.body, 'name'), instance.scope);
        return typeof name === 'string' ? [{ origin: originOf(block, instance), path: 'name', kind, name }] : [];
      });
}

/** The names inside of a container app; a revision is called `<app>--<suffix>`. */
export function namesInApp(app: ContainerApp): NameFact[] {
  const { origin, containers, secrets } = app;
  const read = (value: unknown) => resolveValue(value, app.instance.scope);
  const inside = [
    ...containers.map(({ path, name }) => ({ path, kind: 'container' as const, name: read(name) })),
    ...secrets.items.map(({ path, block }) => ({
      path,
      kind: 'secret of a container app' as const,
      name: read(property(block, 'name')),
    })),
  ].flatMap(({ path, kind, name }) => (typeof name === 'string' ? [{ origin, path: `${path}.name`, kind, name }] : []));
  const [name, suffix] = [read(app.name), read(app.revisionSuffix)];
  return typeof name === 'string' && typeof suffix === 'string' && suffix !== ''
    ? [
        ...inside,
        {
          origin,
          path:
            origin.type === 'azurerm_container_app'
              ? 'template.revision_suffix'
              : 'body.properties.template.revisionSuffix',
          kind: 'revision of a container app',
          name: `${name}--${suffix}`,
        },
      ]
    : inside;
}
