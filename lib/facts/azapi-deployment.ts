import { known, unknown } from './attribute';
import { Block, expressionOf, textAttribute } from './block';
import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { DeploymentFact, OpaqueFact } from './facts';
import { Instance } from './instances';
import { isObject, JsonObject, property, propertyAt } from './json';
import { documentOf } from './json-document';
import { DEPLOYMENT_TYPE, isDeploymentType, isType } from './resource-type';
import { Scope } from './scope';
import { deploymentsOf } from './template-deployment';
import { Unresolved } from './unresolved';

const BODIES = ['body', 'sensitive_body'];

/** Stands for what a sensitive body holds: messages and reports are not secret. */
const SENSITIVE = 'a sensitive value';

/** ARM resource type of a template deployment. */
const TEMPLATE_TYPE = 'Microsoft.Resources/deployments';

/** ARM id of a deployment, taken apart at its parent. */
const DEPLOYMENT_ID =
  /^(?<account>.*\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+)\/deployments\/(?<name>[^/]+)$/i;

/**
 * Reads `azapi_resource`, `azapi_update_resource`, `azapi_resource_action` and `azapi_data_plane_resource` that write a
 * model deployment. Bodies are objects from provider version 2 on and JSON text before; `jsonencode` is read where its
 * input is literal. An update leaves what it does not mention as it is, which is unknown here.
 * Source: https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource
 */
export function readAzapiResource(block: ConfigurationBlock): BlockReading {
  const type = typeOf(block);
  if (type instanceof Unresolved) {
    const reason = 'the type of the resource is not known before Terraform runs';
    const opaque = { origin: block.origin, path: 'type', expression: type.expression, reason };
    return { deployments: [], opaque: [opaque], body: block.body };
  }
  const body = readableBody(block);
  if (isType(type, TEMPLATE_TYPE)) {
    return readTemplate(block, body);
  }
  if (!isDeploymentType(type) || isReadOnlyAction(block)) {
    return { deployments: [], opaque: [], body };
  }
  holdDeployment(block, body);
  const unread = BODIES.filter((key) => isUnreadable(property(body, key)));
  const opaque = unread.map((path): OpaqueFact => ({
    origin: block.origin,
    path,
    expression: path === 'body' ? expressionOf(property(body, path)) : SENSITIVE,
    reason: `the body of a ${DEPLOYMENT_TYPE} is not known before Terraform runs`,
  }));
  if (opaque.length > 0) {
    return { deployments: [], opaque, body };
  }
  const deployments = block.instances.all.map((instance) => deploymentOf(block, instance));
  return { deployments: deployments.filter((fact) => fact !== undefined), opaque, body };
}

/** The API version behind `@` does not decide what the type is, and may be unknown. */
function typeOf(block: ConfigurationBlock): unknown {
  const type = resolveValue(property(block.body, 'type'), block.instances.all[0]?.scope ?? block.scope);
  return type instanceof Unresolved && /^[^@$%]+@/.test(type.expression) ? type.expression : type;
}

/** A template stands in the body, as an object or as JSON text, or somewhere else. */
function readTemplate(block: ConfigurationBlock, body: JsonObject): BlockReading {
  const opaque: OpaqueFact[] = [];
  const deployments: DeploymentFact[] = [];
  for (const key of isReadOnlyAction(block) ? [] : BODIES) {
    const properties = isUnreadable(property(body, key)) ? property(body, key) : propertyAt(body, key, 'properties');
    const link = property(properties, 'templateLink');
    const inner = isUnreadable(properties) ? properties : property(properties, 'template');
    const template = typeof inner === 'string' ? resolveValue(inner, block.scope) : inner;
    const document = documentOf(template, block.scope);
    if (isObject(document)) {
      const origins = block.instances.all.map((instance) => originOf(block, instance));
      deployments.push(...origins.flatMap((origin) => deploymentsOf(document, origin, block.held, undefined, 0)));
    } else if (template !== undefined && template !== null) {
      const expression = key === 'body' ? expressionOf(template) : SENSITIVE;
      const reason = 'the template is not known before Terraform runs';
      opaque.push({ origin: block.origin, path: `${key}.properties.template`, expression, reason });
    } else if (link !== undefined && link !== null) {
      const expression = key === 'body' ? addressOf(link) : SENSITIVE;
      const reason = 'the template stands elsewhere';
      opaque.push({ origin: block.origin, path: `${key}.properties.templateLink`, expression, reason });
    }
  }
  return { deployments, opaque, body };
}

/** The query of a link may hold a key (SAS token). */
function addressOf(link: unknown): string {
  return expressionOf(property(link, 'uri') ?? property(link, 'id') ?? link).split('?', 1)[0]!;
}

/** Only writing actions declare a deployment; the default method is POST. */
function isReadOnlyAction(block: ConfigurationBlock): boolean {
  const method = resolveValue(property(block.body, 'method'), block.scope);
  return (
    block.origin.type === 'azapi_resource_action' && !(typeof method === 'string' && /^(put|patch)$/i.test(method))
  );
}

/** The block with bodies that are text replaced by the values they stand for. */
function readableBody(block: ConfigurationBlock): JsonObject {
  return Object.fromEntries(
    Object.entries(block.body).map(([key, value]) => [
      key,
      BODIES.includes(key) && typeof value === 'string'
        ? bodyValue(resolveValue(value, block.scope), block.scope)
        : value,
    ]),
  );
}

function bodyValue(resolved: unknown, scope: Scope): unknown {
  return documentOf(resolved, scope) ?? (typeof resolved === 'string' ? new Unresolved(resolved) : resolved);
}

function isUnreadable(body: unknown): boolean {
  return body instanceof Unresolved || (body !== undefined && body !== null && !isObject(body));
}

function holdDeployment(block: ConfigurationBlock, body: JsonObject): void {
  block.held.hold(body, 'type', 'name', 'parent_id', 'resource_id');
  if (block.instances.expanded) {
    block.held.hold(body, 'for_each');
  }
  for (const key of BODIES) {
    block.held.hold(property(body, key), 'sku');
    block.held.hold(property(property(body, key), 'properties'), 'model', 'versionUpgradeOption');
  }
}

function deploymentOf(block: ConfigurationBlock, instance: Instance): DeploymentFact | undefined {
  const read = (key: string) => resolveValue(property(block.body, key), instance.scope);
  const bodies = BODIES.map((key) => bodyValue(read(key), instance.scope)).filter(isObject);
  const properties = Block.of(bodies.map((body) => property(body, 'properties')).filter(isObject));
  const model = Block.of(properties.value('model'));
  const sku = Block.of(bodies.map((body) => property(body, 'sku')).filter(isObject));
  const option = properties.text('versionUpgradeOption');
  const isUpdate = block.origin.type === 'azapi_update_resource' || /^patch$/i.test(String(read('method')));
  if (isUpdate && !model.isPresent && option.state === 'absent') {
    return undefined;
  }
  const id = read('resource_id');
  const parts = typeof id === 'string' ? DEPLOYMENT_ID.exec(id)?.groups : undefined;
  const fact: DeploymentFact = {
    origin: originOf(block, instance),
    declaredBy: 'azapi',
    account: parts ? known(parts.account!) : textAttribute(read('parent_id') ?? id),
    deployment: parts ? known(parts.name!) : textAttribute(read('name') ?? id),
    format: model.text('format'),
    model: model.text('name'),
    version: model.text('version'),
    sku: sku.text('name'),
    capacity: sku.number('capacity'),
    versionUpgradeOption: option,
  };
  return isUpdate ? withUntouched(fact, block.origin.type) : fact;
}

function withUntouched(fact: DeploymentFact, type: string): DeploymentFact {
  const untouched = unknown(`left as it is by ${type}`);
  const keep = <T extends { state: string }>(attribute: T) => (attribute.state === 'absent' ? untouched : attribute);
  return {
    ...fact,
    format: keep(fact.format),
    model: keep(fact.model),
    version: keep(fact.version),
    sku: keep(fact.sku),
    capacity: keep(fact.capacity),
    versionUpgradeOption: keep(fact.versionUpgradeOption),
  };
}
