import { terraformTemplate } from '../contracts/terraform-template';
import { ConfigurationBlock, originOf } from './configuration-block';
import { withDynamicBlocks } from './dynamic-blocks';
import { resolveValue } from './expression';
import { ResourceOrigin } from './facts';
import { Instance } from './instances';
import { blocksOf, JsonObject, property } from './json';
import { isType } from './resource-type';
import { Scope } from './scope';
import { Unresolved } from './unresolved';

/** A container app of Azure on its way to facts, whichever provider declares it; values are as they are written. */
export interface ContainerApp {
  readonly origin: ResourceOrigin;
  readonly instance: Instance;
  readonly name: unknown;
  readonly revisionMode: Written;
  readonly revisionSuffix: Written;
  readonly tags: unknown;
  readonly lifecycle: unknown;
  readonly containers: readonly Container[];
  /** Where init containers stand; not looked for where no container has to do with releases. */
  readonly initContainers: readonly string[];
  /** True where an expression makes containers. */
  readonly hasUnreadContainers: boolean;
  readonly secrets: Listed;
  readonly weights: Listed;
  readonly weightKeys: Readonly<Record<'percentage' | 'latestRevision' | 'revision' | 'label', string>>;
}

/** A value as it is written, and its attribute path. */
export interface Written {
  readonly path: string;
  readonly value: unknown;
}

export interface Container {
  readonly path: string;
  readonly name: unknown;
  readonly image: unknown;
  /** Paths of what it starts instead of what its image says. */
  readonly commands: readonly string[];
  /** Empty where none of them can have to do with releases or routers. */
  readonly variables: ReadonlyMap<string, ContainerVariable>;
  /** True where an expression makes variables. */
  readonly hasUnread: boolean;
}

export interface ContainerVariable {
  readonly path: string;
  readonly value: unknown;
  readonly isSecret: boolean;
  /** True where the container is given the name more than once; which of the values it gets is not known. */
  readonly isRepeated: boolean;
  /** The object that holds the value. */
  readonly holder: JsonObject;
}

/** The blocks under a key, those that dynamic blocks make included. */
export interface Listed {
  readonly path: string;
  readonly items: readonly ListedBlock[];
  readonly hasUnread: boolean;
}

interface ListedBlock {
  readonly path: string;
  readonly block: JsonObject;
  /** True where expressions in it have been carried out, so that `${` in its texts is nothing but text. */
  readonly isCarriedOut: boolean;
}

/** How a provider spells the parts of a container app. */
interface Spelling {
  readonly container: string;
  readonly initContainer: string;
  readonly secrets: string;
  readonly secret: string;
  readonly revisionMode: string;
  readonly revisionSuffix: string;
  readonly weights: string;
  readonly weightKeys: ContainerApp['weightKeys'];
}

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/container_app */
const AZURERM: Spelling = {
  container: 'container',
  initContainer: 'init_container',
  secrets: 'secret',
  secret: 'secret_name',
  revisionMode: 'revision_mode',
  revisionSuffix: 'revision_suffix',
  weights: 'traffic_weight',
  weightKeys: {
    percentage: 'percentage',
    latestRevision: 'latest_revision',
    revision: 'revision_suffix',
    label: 'label',
  },
};

/** https://learn.microsoft.com/azure/templates/microsoft.app/containerapps */
const ARM: Spelling = {
  container: 'containers',
  initContainer: 'initContainers',
  secrets: 'secrets',
  secret: 'secretRef',
  revisionMode: 'activeRevisionsMode',
  revisionSuffix: 'revisionSuffix',
  weights: 'traffic',
  weightKeys: { percentage: 'weight', latestRevision: 'latestRevision', revision: 'revisionName', label: 'label' },
};

const ARM_TYPE = 'Microsoft.App/containerApps';

/** Names of variables that say something of a release or a router, or may do so once their expression is carried out. */
const OF_INTEREST = /^(?:RELEASE_|MODEL_|NGINX_)|[$%]\{/;

const NO_VARIABLES: ReadonlyMap<string, ContainerVariable> = new Map();

/**
 * The container apps that a block declares, one for each instance.
 *
 * @param body the block's content; not `block.body` where a reader replaced texts by what they stand for
 */
export function containerApps(block: ConfigurationBlock, body: JsonObject): ContainerApp[] {
  if (block.origin.type === 'azurerm_container_app') {
    return block.instances.all.map((instance) => readApp(block, instance, body, body, AZURERM, ''));
  }
  const properties = property(property(body, 'body'), 'properties');
  if (block.origin.type !== 'azapi_resource' || !isType(property(body, 'type'), ARM_TYPE)) {
    return [];
  }
  const [content = {}] = blocksOf(properties);
  return block.instances.all.map((instance) => readApp(block, instance, body, content, ARM, 'body.properties.'));
}

function readApp(
  block: ConfigurationBlock,
  instance: Instance,
  body: JsonObject,
  content: JsonObject,
  spelling: Spelling,
  prefix: string,
): ContainerApp {
  const { scope } = instance;
  const configuration = spelling === ARM ? (blocksOf(property(content, 'configuration'))[0] ?? {}) : content;
  const around = spelling === ARM ? `${prefix}configuration.` : prefix;
  const template = listed(content, 'template', scope, prefix);
  const ingress = listed(configuration, 'ingress', scope, around).items[0];
  const found = template.items.map((item) =>
    listed(item.block, spelling.container, scope, `${item.path}.`, item.isCarriedOut),
  );
  const containers = found.flatMap(({ items }) => items.map((item) => readContainer(item, scope, spelling)));
  const isOfInterest = containers.some(({ variables }) => variables !== NO_VARIABLES);
  return {
    origin: originOf(block, instance),
    instance,
    name: property(body, 'name'),
    revisionMode: {
      path: `${around}${spelling.revisionMode}`,
      value: property(configuration, spelling.revisionMode),
    },
    revisionSuffix: {
      path: `${template.path}.${spelling.revisionSuffix}`,
      value: property(template.items[0]?.block, spelling.revisionSuffix),
    },
    // azapi sends the body's own where it is given no tags beside the body.
    tags: property(body, 'tags') ?? (spelling === ARM ? property(property(body, 'body'), 'tags') : undefined),
    hasUnreadContainers: template.hasUnread || found.some(({ hasUnread }) => hasUnread),
    lifecycle: property(body, 'lifecycle'),
    containers,
    initContainers: (isOfInterest ? template.items : []).flatMap((item) => {
      const { items, hasUnread, path } = listed(item.block, spelling.initContainer, scope, `${item.path}.`);
      return hasUnread ? [path] : items.map((one) => one.path);
    }),
    secrets: listed(configuration, spelling.secrets, scope, around),
    weights: ingress
      ? listed(ingress.block, spelling.weights, scope, `${ingress.path}.`)
      : { path: `${around}ingress`, items: [], hasUnread: false },
    weightKeys: spelling.weightKeys,
  };
}

function readContainer({ path, block, isCarriedOut }: ListedBlock, scope: Scope, { secret }: Spelling): Container {
  const common = {
    path,
    name: property(block, 'name'),
    image: property(block, 'image'),
    commands: ['command', 'args'].filter((key) => !isEmpty(property(block, key))).map((key) => `${path}.${key}`),
  };
  if (!mayBeOfInterest(block)) {
    return { ...common, variables: NO_VARIABLES, hasUnread: false };
  }
  const { items, hasUnread } = listed(block, 'env', scope, `${path}.`, isCarriedOut);
  const variables = new Map<string, ContainerVariable>();
  let hasUnreadNames = hasUnread;
  for (const item of items) {
    const name = resolveValue(property(item.block, 'name'), scope);
    const isSecret = ![undefined, null, ''].includes(property(item.block, secret) as undefined);
    if (typeof name === 'string') {
      const value = asWritten(property(item.block, 'value'), item);
      const isRepeated = variables.has(name);
      variables.set(name, { path: `${item.path}.value`, value, isSecret, isRepeated, holder: item.block });
    } else {
      hasUnreadNames = true;
    }
  }
  return { ...common, variables, hasUnread: hasUnreadNames };
}

function isEmpty(list: unknown): boolean {
  return list === undefined || list === null || (Array.isArray(list) && list.length === 0);
}

/** Most containers of a stack have nothing to do with releases, and their variables are many. */
function mayBeOfInterest(container: JsonObject): boolean {
  const given = property(container, 'env');
  return (
    typeof given === 'string' ||
    Object.hasOwn(container, 'dynamic') ||
    blocksOf(given).some(({ name }) => typeof name !== 'string' || OF_INTEREST.test(name))
  );
}

function listed(holder: JsonObject, key: string, scope: Scope, prefix: string, isCarriedOut = false): Listed {
  const path = `${prefix}${key}`;
  const written = withDynamicBlocks(holder, scope);
  const given = property(written, key);
  if (written === holder && typeof given !== 'string' && !Object.hasOwn(holder, 'dynamic')) {
    return { path, items: placedBlocks(given, path, () => isCarriedOut), hasUnread: false };
  }
  const value = typeof given === 'string' ? resolveValue(given, scope) : given;
  const hasUnread =
    value instanceof Unresolved || blocksOf(property(written, 'dynamic')).some((labels) => Object.hasOwn(labels, key));
  const own = new Set(blocksOf(property(holder, key)));
  return {
    path,
    items:
      value instanceof Unresolved
        ? []
        : placedBlocks(value, path, (block) => isCarriedOut || (!own.has(block) && !hasUnread)),
    hasUnread,
  };
}

function placedBlocks(value: unknown, path: string, isCarriedOut: (block: JsonObject) => boolean): ListedBlock[] {
  return blocksOf(value).map((block, index) => ({
    path: Array.isArray(value) ? `${path}[${index}]` : path,
    block,
    isCarriedOut: isCarriedOut(block),
  }));
}

/** The value as a configuration would write it, so that it can be read like any other. */
function asWritten(value: unknown, { isCarriedOut }: ListedBlock): unknown {
  return isCarriedOut && typeof value === 'string' ? terraformTemplate(value) : value;
}
