import { Attribute, known, unknown } from './attribute';
import { Block, expressionOf, textAttribute } from './block';
import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { DeploymentFact, OpaqueFact, ResourceOrigin } from './facts';
import { HeldPlaces } from './held-places';
import { DEEPEST_NESTING, isObject, JsonObject, property, propertyAt } from './json';
import { documentOf } from './json-document';
import { ACCOUNT_TYPE, isDeploymentType, isType } from './resource-type';
import { Unresolved } from './unresolved';

/** Resources that carry an ARM template, and the attribute that holds it. */
const TEMPLATE_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['azurerm_resource_group_template_deployment', 'template_content'],
  ['azurerm_subscription_template_deployment', 'template_content'],
  ['azurerm_management_group_template_deployment', 'template_content'],
  ['azurerm_tenant_template_deployment', 'template_content'],
  ['azurerm_template_deployment', 'template_body'],
]);

interface ArmParent {
  readonly type: string;
  readonly name: unknown;
}

/** Whether the Terraform type deploys an ARM template. */
export function isTemplateDeployment(type: string): boolean {
  return TEMPLATE_ATTRIBUTES.has(type);
}

/**
 * Reads the model deployments of an ARM template, child resources and nested templates included. ARM expressions
 * (`[parameters('model')]`) are unknown: their inputs may come from outside the configuration.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
 */
export function readTemplateDeployment(block: ConfigurationBlock): BlockReading {
  const attribute = TEMPLATE_ATTRIBUTES.get(block.origin.type)!;
  const content = property(block.body, attribute);
  const templateSpec = property(block.body, 'template_spec_version_id');
  if (content === undefined || content === null) {
    return templateSpec === undefined
      ? { deployments: [], opaque: [], body: block.body }
      : unreadable(block, 'template_spec_version_id', templateSpec, 'the template stands in a template spec');
  }
  const resolved = resolveValue(content, block.scope);
  const template = documentOf(resolved, block.scope);
  if (!isObject(template)) {
    const isText = typeof resolved === 'string';
    return unreadable(
      block,
      attribute,
      resolved,
      isText ? 'the template is not JSON' : 'the template is not known before Terraform runs',
    );
  }
  const deployments = block.instances.all.flatMap((instance) =>
    deploymentsOf(template, originOf(block, instance), block.held, undefined, 0),
  );
  const opaque = unreadTypesIn(template, block.origin, attribute);
  return { deployments, opaque, body: { ...block.body, [attribute]: template } };
}

/** The model deployments of an ARM template that is an object already. */
export function deploymentsOf(
  template: unknown,
  origin: ResourceOrigin,
  held: HeldPlaces,
  parent: ArmParent | undefined,
  depth: number,
): DeploymentFact[] {
  if (depth > DEEPEST_NESTING) {
    return [];
  }
  return armResources(template).flatMap((resource) => {
    const type = property(resource, 'type');
    const fullType = parent && typeof type === 'string' && !type.includes('/') ? `${parent.type}/${type}` : type;
    const own = isDeploymentType(fullType) ? [deploymentOf(resource, origin, held, parent)] : [];
    const self = { type: String(fullType), name: property(resource, 'name') };
    const nested = propertyAt(resource, 'properties', 'template');
    return [
      ...own,
      ...deploymentsOf(resource, origin, held, self, depth + 1),
      ...(nested === undefined ? [] : deploymentsOf(nested, origin, held, undefined, depth + 1)),
    ];
  });
}

/** Resources of an ARM template that may be deployments, because an expression says what they are. */
export function unreadTypesIn(template: unknown, origin: ResourceOrigin, path: string, depth = 0): OpaqueFact[] {
  if (depth > DEEPEST_NESTING) {
    return [];
  }
  const reason = 'an expression says what type the resource is';
  return armResources(template).flatMap((resource) => {
    const type = armText(textAttribute(property(resource, 'type')));
    const own = type.state === 'unknown' ? [{ origin, path, expression: type.expression, reason }] : [];
    const nested = propertyAt(resource, 'properties', 'template');
    return [...own, ...[resource, nested].flatMap((inner) => unreadTypesIn(inner, origin, path, depth + 1))];
  });
}

/** `resources` is a list, or an object of them under language version 2.0. */
function armResources(template: unknown): JsonObject[] {
  const resources = property(template, 'resources');
  return (Array.isArray(resources) ? resources : isObject(resources) ? Object.values(resources) : []).filter(isObject);
}

function deploymentOf(
  resource: JsonObject,
  origin: ResourceOrigin,
  held: HeldPlaces,
  parent: ArmParent | undefined,
): DeploymentFact {
  const properties = property(resource, 'properties');
  held.hold(resource, 'name', 'type', 'sku');
  held.hold(properties, 'model', 'versionUpgradeOption');
  const model = Block.of(property(properties, 'model'));
  const sku = Block.of(property(resource, 'sku'));
  const [account, name] = accountAndName(resource, parent);
  return {
    origin,
    declaredBy: 'template',
    account,
    deployment: name,
    format: armText(model.text('format')),
    model: armText(model.text('name')),
    version: armText(model.text('version')),
    sku: armText(sku.text('name')),
    capacity: sku.number('capacity'),
    versionUpgradeOption: armText(textAttribute(property(properties, 'versionUpgradeOption'))),
  };
}

/** A template names the account (`account/deployment`) and never gives its id. */
function accountAndName(resource: JsonObject, parent: ArmParent | undefined): [Attribute, Attribute] {
  const name = armText(textAttribute(property(resource, 'name')));
  if (parent !== undefined && isType(parent.type, ACCOUNT_TYPE)) {
    return [unknown(expressionOf(parent.name)), name];
  }
  if (name.state !== 'known' || !name.value.includes('/')) {
    return [unknown(name.state === 'unknown' ? name.expression : 'account of the template'), name];
  }
  const at = name.value.indexOf('/');
  return [unknown(name.value.slice(0, at)), known(name.value.slice(at + 1))];
}

/** `[…]` is an ARM expression, `[[` a bracket that is meant. */
function armText(attribute: Attribute): Attribute {
  if (attribute.state !== 'known' || !attribute.value.startsWith('[')) {
    return attribute;
  }
  return attribute.value.startsWith('[[') ? known(attribute.value.slice(1)) : unknown(attribute.value);
}

function unreadable(block: ConfigurationBlock, path: string, value: unknown, reason: string): BlockReading {
  const expression = value instanceof Unresolved ? value.expression : expressionOf(value);
  const opaque: OpaqueFact = { origin: block.origin, path, expression, reason };
  return { deployments: [], opaque: [opaque], body: block.body };
}
