import { unknown, valueOf } from './attribute';
import { Block, expressionOf } from './block';
import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { DeploymentFact, OpaqueFact } from './facts';
import { Instance } from './instances';
import { isObject, JsonObject, property, withValues } from './json';
import { isModelFormat } from './model-formats';
import { Unresolved } from './unresolved';

/** Arguments of a `module` block that are Terraform's own and not inputs. */
const MODULE_ARGUMENTS: ReadonlySet<string> = new Set([
  '//',
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'depends_on',
]);

/** How deep deployments stand in a module's inputs: `cognitive_deployments.chat.model` and somewhat more. */
const DEEPEST_INPUT = 8;

/** Names under which well known modules take the parts of a deployment. */
const NAMES = {
  model: ['model_name', 'modelName'],
  version: ['model_version', 'modelVersion'],
  format: ['model_format', 'modelFormat'],
  sku: ['sku_name', 'skuName', 'scale_type', 'scaleType', 'deployment_type'],
  capacity: ['sku_capacity', 'skuCapacity', 'scale_capacity', 'scaleCapacity', 'capacity'],
  option: ['version_upgrade_option', 'versionUpgradeOption', 'model_version_upgrade_option'],
  deployment: ['deployment_name', 'deploymentName', 'deployment_id', 'name'],
  account: ['cognitive_account_id', 'account_id', 'parent_id'],
} as const;

/** What a module's source, its name or an input is called that is about models on Azure. */
const ABOUT_MODELS = /openai|cognitive|foundry|ai[_-]?services|azure[_-]?ai/i;

/** SKUs that nothing but a model deployment has; `Standard` is everybody's. */
const OWN_SKU = /^(?:Global|DataZone)(?:Standard|Batch|Provisioned)|^ProvisionedManaged$/i;

/** Inputs that look like one deployment, and the keys that lead to them. */
interface Shape {
  readonly value: JsonObject;
  readonly path: readonly string[];
}

const HELD = ['model', 'sku', 'scale', 'format', ...Object.values(NAMES).flat()];

/**
 * Reads the deployments among the inputs of an HCL module, in the shapes that published modules take:
 * `{ model_name, model_version, model_format, scale_type }` (Azure/openai/azurerm),
 * `{ model = { format, name, version }, scale = { type, capacity } }` (Azure/avm-res-cognitiveservices-account/azurerm),
 * and `{ format, name, version }`, where something says that they are models on Azure. What the module does with other inputs cannot be seen from outside.
 */
export function readModule(block: ConfigurationBlock, mayNameModel: (text: string) => boolean): BlockReading {
  const body = withValues(block.body, (value, key) => (MODULE_ARGUMENTS.has(key) ? value : inputValue(value, block)));
  block.held.hold(body, ...MODULE_ARGUMENTS);
  const deployments: DeploymentFact[] = [];
  for (const shape of shapesIn(body)) {
    const facts = block.instances.all.map((instance) => deploymentOf(shape, block, instance));
    if (isAboutModels(shape, block) || facts.some((fact) => isModelDeployment(fact, mayNameModel))) {
      block.held.hold(shape.value, ...heldKeys(shape.value));
      deployments.push(...facts);
    }
  }
  return {
    deployments,
    opaque: opaqueInputs(block, body),
    body,
  };
}

/** An input that is an expression as the value it stands for, where that is a list or an object. */
function inputValue(value: unknown, block: ConfigurationBlock): unknown {
  const resolved = typeof value === 'string' ? resolveValue(value, block.scope) : value;
  return typeof resolved === 'object' && resolved !== null ? resolved : value;
}

function shapesIn(body: JsonObject): Shape[] {
  const found: Shape[] = [];
  const search = (value: unknown, path: readonly string[]): void => {
    const depth = path.length;
    if (depth > DEEPEST_INPUT || typeof value !== 'object' || value === null || value instanceof Unresolved) {
      return;
    }
    const isShape = isObject(value) && isDeployment(value, depth === 0);
    if (isShape) {
      found.push({ value, path });
    }
    for (const [key, inner] of Object.entries(value)) {
      if (!(depth === 0 && MODULE_ARGUMENTS.has(key)) && !(isShape && key === 'model')) {
        search(inner, [...path, key]);
      }
    }
  };
  search(body, []);
  return found;
}

function isDeployment(value: JsonObject, isModule: boolean): boolean {
  const has = (keys: readonly string[]) => keys.some((key) => property(value, key) !== undefined);
  const model = property(value, 'model');
  return (
    (has(NAMES.model) && (has(NAMES.version) || has(NAMES.format))) ||
    (isObject(model) &&
      property(model, 'name') !== undefined &&
      ['version', 'format'].some((key) => property(model, key) !== undefined)) ||
    (!isModule && ['format', 'name', 'version'].every((key) => property(value, key) !== undefined))
  );
}

/** Other modules give models of their own the same keys: `{ model_name = "fraud-detector", model_version = "3" }`. */
function isAboutModels(shape: Shape, block: ConfigurationBlock): boolean {
  const source = property(block.body, 'source');
  return [block.origin.address, typeof source === 'string' ? source : '', ...shape.path].some((text) =>
    ABOUT_MODELS.test(text),
  );
}

/** What can be read says that it is a model on Azure, or nothing can be read that speaks against it. */
function isModelDeployment(fact: DeploymentFact, mayNameModel: (text: string) => boolean): boolean {
  const model = valueOf(fact.model);
  const format = valueOf(fact.format);
  return (
    (model !== undefined && mayNameModel(model)) ||
    (format !== undefined && isModelFormat(format)) ||
    (fact.model.state === 'unknown' && format === undefined) ||
    fact.versionUpgradeOption.state !== 'absent' ||
    OWN_SKU.test(valueOf(fact.sku) ?? '')
  );
}

function heldKeys(shape: JsonObject): string[] {
  const isBare = !isObject(property(shape, 'model')) && NAMES.model.every((key) => property(shape, key) === undefined);
  return isBare ? [...HELD, 'version'] : HELD;
}

function deploymentOf(shape: Shape, block: ConfigurationBlock, instance: Instance): DeploymentFact {
  const resolved = Block.of(resolveValue(shape.value, instance.scope));
  const nested = Block.of(isObject(resolved.value('model')) ? resolved.value('model') : undefined);
  const isFlat = resolved.first(...NAMES.model) !== undefined;
  const sku = blockOrNothing(resolved.value('sku')) ?? blockOrNothing(resolved.value('scale')) ?? Block.of(undefined);
  const bare = !isFlat && !nested.isPresent;
  const ownSku = typeof resolved.value('sku') === 'string' ? (['sku'] as const) : [];
  return {
    origin: originOf(block, instance),
    declaredBy: 'module',
    account: accountOf(resolved, originOf(block, instance).address, shape.path),
    deployment: resolved.text(...NAMES.deployment),
    format: isFlat ? resolved.text(...NAMES.format) : bare ? resolved.text('format') : nested.text('format'),
    model: isFlat ? resolved.text(...NAMES.model) : bare ? resolved.text('name') : nested.text('name'),
    version: isFlat ? resolved.text(...NAMES.version) : bare ? resolved.text('version') : nested.text('version'),
    sku: sku.isPresent ? sku.text('name', 'type') : resolved.text(...ownSku, ...NAMES.sku),
    capacity: sku.isPresent ? sku.number('capacity') : resolved.number(...NAMES.capacity),
    versionUpgradeOption: resolved.text(...NAMES.option),
  };
}

function blockOrNothing(value: unknown): Block | undefined {
  return typeof value === 'object' && value !== null ? Block.of(value) : undefined;
}

/**
 * The module that makes the deployment mostly makes the account as well: one, or one for each object around the
 * deployments (`accounts = { eu = { deployments = { … } } }`).
 */
function accountOf(resolved: Block, module: string, path: readonly string[]): DeploymentFact['account'] {
  const account = resolved.text(...NAMES.account);
  const around = path.slice(0, Math.max(0, path.map((key) => /deployments?$/i.test(key)).lastIndexOf(true)));
  return account.state === 'absent' ? unknown([module, ...around].join('.')) : account;
}

/** Inputs that by their name hold deployments and cannot be read. */
function opaqueInputs(block: ConfigurationBlock, body: JsonObject): OpaqueFact[] {
  const source = property(body, 'source');
  const isModelModule = typeof source === 'string' && /openai|cognitive|foundry|\bai\b/i.test(source);
  return Object.entries(body).flatMap(([path, value]) => {
    const isDeployments =
      /(^|_)deployments?$/i.test(path) && (isModelModule || /model|cognitive|openai|(^|_)ai_/i.test(path));
    const resolved = isDeployments && typeof value === 'string' ? resolveValue(value, block.scope) : value;
    return isDeployments && resolved instanceof Unresolved
      ? [
          {
            origin: block.origin,
            path,
            expression: expressionOf(resolved),
            reason: 'the deployments given to the module are not known before Terraform runs',
          },
        ]
      : [];
  });
}
