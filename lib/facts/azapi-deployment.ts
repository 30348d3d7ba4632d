import { unknown } from './attribute';
import { coordinatesIn, isAction, methodOf, targetType, unreadAction } from './azapi-target';
import { Block, expressionOf } from './block';
import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { DeletionFact, DeploymentFact, OpaqueFact } from './facts';
import { Instance } from './instances';
import { isObject, JsonObject, property, propertyAt } from './json';
import { documentOf } from './json-document';
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, isDeploymentType, isType } from './resource-type';
import { Scope } from './scope';
import { SENSITIVE } from './sensitive-value';
import { deploymentsOf, unreadTypesIn } from './template-deployment';
import { Unresolved } from './unresolved';

const BODIES = ['body', 'sensitive_body'];

/** ARM resource types that deploy a template. */
const TEMPLATE_TYPES = ['Microsoft.Resources/deployments', 'Microsoft.Resources/deploymentStacks'];

/** ARM resource type of a template that is kept to be deployed later, by whoever may. */
const TEMPLATE_SPEC_TYPE = 'Microsoft.Resources/templateSpecs/versions';

/**
 * Reads `azapi_resource`, `azapi_update_resource`, `azapi_resource_action` and `azapi_data_plane_resource` that write a
 * model deployment. Bodies are objects from provider version 2 on and JSON text before; `jsonencode` is read where its
 * input is literal. An update leaves what it does not mention as it is, which is unknown here.
 * Source: https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource
 */
export function readAzapiResource(block: ConfigurationBlock): BlockReading {
  const type = targetType(block);
  if (type instanceof Unresolved) {
    return unreadable(block, 'type', type, 'the type of the resource is not known before Terraform runs');
  }
  const body = readableBody(block);
  if (TEMPLATE_TYPES.some((template) => isType(type, template))) {
    return readTemplate(block, body);
  }
  if (isType(type, TEMPLATE_SPEC_TYPE)) {
    return readTemplateSpec(block, body);
  }
  const action = unreadAction(block);
  if (action !== undefined && !isReadOnlyAction(block)) {
    return unreadable(block, 'action', action, 'what the request goes to is not known before Terraform runs');
  }
  const method = isAction(block) ? methodOf(block) : 'PUT';
  if (method === 'DELETE') {
    return { deployments: [], opaque: [], deletions: deletionsOf(block, type), body };
  }
  if (!isDeploymentType(type) || isReadOnlyAction(block)) {
    return { deployments: [], opaque: [], body };
  }
  if (method instanceof Unresolved) {
    return unreadable(block, 'method', method, 'what the request does is not known before Terraform runs');
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

function unreadable(block: ConfigurationBlock, path: string, { expression }: Unresolved, reason: string): BlockReading {
  return { deployments: [], opaque: [{ origin: block.origin, path, expression, reason }], body: block.body };
}

/** What is deleted behind the back of the resource that declares it. */
function deletionsOf(block: ConfigurationBlock, type: unknown): DeletionFact[] {
  if (!isDeploymentType(type) && !isType(type, ACCOUNT_TYPE)) {
    return [];
  }
  return block.instances.all.map((instance) => {
    const [account, deployment] = coordinatesIn(block, instance.scope);
    const when = resolveValue(property(block.body, 'when'), instance.scope);
    return { origin: originOf(block, instance), account, deployment, isAtDestroy: when === 'destroy' };
  });
}

/** Nothing is deployed by a template spec alone, and what is deployed of it need not be in this configuration. */
function readTemplateSpec(block: ConfigurationBlock, body: JsonObject): BlockReading {
  const template = propertyAt(body, 'body', 'properties', 'mainTemplate');
  const { deployments, opaque } = readTemplateIn(block, template, 'body.properties.mainTemplate');
  const reason = 'it is part of a template spec, which is deployed elsewhere';
  const held = deployments.map(({ origin, deployment }): OpaqueFact => ({
    origin,
    path: 'body.properties.mainTemplate',
    expression: deployment.state === 'known' ? deployment.value : DEPLOYMENT_TYPE,
    reason,
  }));
  return { deployments: [], opaque: [...opaque, ...held], body };
}

/** A template stands in the body, as an object or as JSON text, or somewhere else. */
function readTemplate(block: ConfigurationBlock, body: JsonObject): BlockReading {
  const opaque: OpaqueFact[] = [];
  const deployments: DeploymentFact[] = [];
  for (const key of isReadOnlyAction(block) ? [] : BODIES) {
    const properties = isUnreadable(property(body, key)) ? property(body, key) : propertyAt(body, key, 'properties');
    const link = property(properties, 'templateLink');
    const inner = isUnreadable(properties) ? properties : property(properties, 'template');
    const found = readTemplateIn(block, inner, `${key}.properties.template`);
    deployments.push(...found.deployments);
    opaque.push(...found.opaque);
    if ((inner === undefined || inner === null) && link !== undefined && link !== null) {
      const expression = key === 'body' ? addressOf(link) : SENSITIVE;
      const reason = 'the template stands elsewhere';
      opaque.push({ origin: block.origin, path: `${key}.properties.templateLink`, expression, reason });
    }
  }
  return { deployments, opaque, body };
}

function readTemplateIn(
  block: ConfigurationBlock,
  inner: unknown,
  path: string,
): Pick<BlockReading, 'deployments' | 'opaque'> {
  const template = typeof inner === 'string' ? resolveValue(inner, block.scope) : inner;
  const document = documentOf(template, block.scope);
  if (isObject(document)) {
    const origins = block.instances.all.map((instance) => originOf(block, instance));
    return {
      deployments: origins.flatMap((origin) => deploymentsOf(document, origin, block.held, undefined, 0)),
      opaque: unreadTypesIn(document, block.origin, path),
    };
  }
  const reason = 'the template is not known before Terraform runs';
  const expression = path.startsWith('body') ? expressionOf(template) : SENSITIVE;
  const isGiven = template !== undefined && template !== null;
  return { deployments: [], opaque: isGiven ? [{ origin: block.origin, path, expression, reason }] : [] };
}

/** The query of a link may hold a key (SAS token). */
function addressOf(link: unknown): string {
  return expressionOf(property(link, 'uri') ?? property(link, 'id') ?? link).split('?', 1)[0]!;
}

/** Only writing actions declare a deployment. */
function isReadOnlyAction(block: ConfigurationBlock): boolean {
  const method = isAction(block) ? methodOf(block) : 'PUT';
  return !(method instanceof Unresolved) && !['PUT', 'PATCH', 'DELETE'].includes(method);
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
  block.held.hold(body, 'type', 'name', 'parent_id', 'resource_id', 'action');
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
  const [account, deployment] = coordinatesIn(block, instance.scope);
  const fact: DeploymentFact = {
    origin: originOf(block, instance),
    declaredBy: 'azapi',
    account,
    deployment,
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
