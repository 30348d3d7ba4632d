import { inferenceReach } from '../contracts/inference-roles';
import { AccessFacts, HeldIdentities, IdentityHolder, RoleAssignmentChange, RoleAssignmentFact } from './access-facts';
import { ABSENT, Attribute, known, unknown, valueOf } from './attribute';
import { isObject, parseJsonDocument, property, withValues } from './json';
import { addressOf } from './plan-configuration';
import { ResourceChange, StateResource } from './plan-document';
import { isType } from './resource-type';
import { marksOf, SensitiveMarks } from './sensitive-marks';

/** ARM resource types that azapi writes under any of its own. */
const ASSIGNMENT_TYPE = 'Microsoft.Authorization/roleAssignments';
const IDENTITY_TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** azurerm's attribute first, then where azapi has the same. */
const SCOPE = [['scope'], ['parent_id']];
const PRINCIPAL = [['principal_id'], ['body', 'properties', 'principalId']];
const PRINCIPAL_TYPE = [['principal_type'], ['body', 'properties', 'principalType']];
const ROLE = [['role_definition_name'], ['role_definition_id'], ['body', 'properties', 'roleDefinitionId']];
const CONDITION = [['condition'], ['body', 'properties', 'condition']];
const OWN_PRINCIPAL = [['principal_id'], ['output', 'properties', 'principalId']];

/** A side of a resource, with what cannot be read of it. */
interface ReadSide {
  readonly values: unknown;
  readonly unknown: unknown;
  readonly sensitive: readonly unknown[];
}

/**
 * Reads who may call models. Sources of the attributes:
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment and
 * https://learn.microsoft.com/azure/templates/microsoft.authorization/roleassignments
 */
export function plannedAccess(
  changes: readonly ResourceChange[],
  untouched: readonly StateResource[],
  marks: SensitiveMarks,
): AccessFacts {
  const assignments: RoleAssignmentChange[] = [];
  const holders: IdentityHolder[] = [];
  for (const resource of [...changes, ...untouched].filter(mayTellOfAccess)) {
    const [before, after] = sidesOf(resource, marks);
    const values = before?.values ?? after?.values;
    if (isAssignment(resource, values)) {
      assignments.push(assignmentChange(resource, before, after));
    } else if (holdsIdentity(resource.type, before) || holdsIdentity(resource.type, after)) {
      const address = addressOf(resource);
      const kept = 'action' in resource && resource.action === 'forget' ? before : after;
      holders.push({
        address: ('previousAddress' in resource && resource.previousAddress) || address,
        type: resource.type,
        ...(before && { before: heldIn(before, resource.type) }),
        ...(kept && { after: heldIn(kept, resource.type) }),
      });
    }
  }
  return { assignments, holders };
}

/** Most resources of a plan neither assign a role nor have an identity. */
function mayTellOfAccess(resource: ResourceChange | StateResource): boolean {
  const { type } = resource;
  const sides = 'values' in resource ? [resource.values] : [resource.before, resource.after, resource.afterUnknown];
  return (
    type === 'azurerm_role_assignment' ||
    type === 'azurerm_user_assigned_identity' ||
    type.startsWith('azapi_') ||
    sides.some((side) => property(side, 'identity') != null)
  );
}

function sidesOf(
  resource: ResourceChange | StateResource,
  marks: SensitiveMarks,
): [before: ReadSide | undefined, after: ReadSide | undefined] {
  const elsewhere = marks.at(resource.address);
  if ('values' in resource) {
    const side = readable(resource.values, undefined, [resource.sensitiveValues, ...elsewhere]);
    return [side, side];
  }
  const { action, before, after, afterUnknown, deposed } = resource;
  const sensitive = [...marksOf(resource), ...elsewhere];
  const isThere = isObject(before) && action !== 'create' && action !== 'read';
  const stays = action !== 'delete' && action !== 'forget' && deposed === undefined;
  return [
    isThere ? readable(before, undefined, sensitive) : undefined,
    stays ? readable(after, afterUnknown, sensitive) : undefined,
  ];
}

/** azapi before version 2 writes a body as JSON text. */
function readable(values: unknown, unread: unknown, sensitive: readonly unknown[]): ReadSide {
  const parsed = isObject(values)
    ? withValues(values, (value, key) =>
        (key === 'body' || key === 'output') && typeof value === 'string' ? parseJsonDocument(value) : value,
      )
    : values;
  return { values: parsed, unknown: unread, sensitive };
}

function isAssignment({ type, mode }: Pick<ResourceChange, 'type' | 'mode'>, values: unknown): boolean {
  return (
    mode === 'managed' &&
    (type === 'azurerm_role_assignment' ||
      (type === 'azapi_resource' && isType(property(values, 'type'), ASSIGNMENT_TYPE)))
  );
}

function assignmentChange(
  resource: ResourceChange | StateResource,
  before: ReadSide | undefined,
  after: ReadSide | undefined,
): RoleAssignmentChange {
  const { type } = resource;
  const change = 'values' in resource ? undefined : resource;
  const mayNotExist = change?.deferredReason !== undefined;
  return {
    address: addressOf(resource),
    type,
    action: change?.action ?? 'no-op',
    ...(change?.replaceOrder && { replaceOrder: change.replaceOrder }),
    ...(before && { before: assignmentOf(before, false) }),
    ...(after && { after: assignmentOf(after, mayNotExist) }),
  };
}

function assignmentOf(side: ReadSide, mayNotExist: boolean): RoleAssignmentFact {
  const roles = ROLE.map((path) => textAt(side, path)).flatMap((role) => valueOf(role) ?? []);
  const reaches = roles.map(inferenceReach);
  const condition = firstOf(side, CONDITION);
  return {
    scope: firstOf(side, SCOPE),
    principal: firstOf(side, PRINCIPAL),
    isPerson: valueOf(firstOf(side, PRINCIPAL_TYPE))?.toLowerCase() === 'user',
    reach: reaches.find((reach) => reach !== 'none') ?? (roles.length > 0 ? 'none' : 'unknown'),
    ...(condition.state !== 'absent' && { condition }),
    mayNotExist,
  };
}

function holdsIdentity(type: string, side: ReadSide | undefined): boolean {
  return (
    side !== undefined &&
    (isIdentity(type, side) || property(side.values, 'identity') != null || property(side.unknown, 'identity') != null)
  );
}

function isIdentity(type: string, { values }: ReadSide): boolean {
  return type === 'azurerm_user_assigned_identity' || isType(property(values, 'type'), IDENTITY_TYPE);
}

function heldIn(side: ReadSide, type: string): HeldIdentities {
  const id = textAt(side, ['id']);
  if (isIdentity(type, side)) {
    const principal = firstOf(side, OWN_PRINCIPAL);
    return {
      ...(valueOf(id) !== undefined && { id: valueOf(id)!.toLowerCase() }),
      principals: textsOf([principal]),
      assigned: [],
      hasUnread: principal.state === 'unknown',
    };
  }
  const blocks = property(side.values, 'identity');
  const paths = Array.isArray(blocks) ? blocks.map((_block, index) => ['identity', String(index)]) : [['identity']];
  const principals = paths.map((path) => textAt(side, [...path, 'principal_id']));
  const lists = paths.map((path) => [...path, 'identity_ids']);
  const assigned = lists.flatMap((path) => {
    const ids = at(side.values, path);
    return Array.isArray(ids) ? ids.map((_id, index) => textAt(side, [...path, String(index)])) : [];
  });
  return {
    principals: textsOf(principals),
    assigned: textsOf(assigned),
    hasUnread:
      [...principals, ...assigned].some(({ state }) => state === 'unknown') ||
      [['identity'], ...lists].some((path) => isHidden(side, path)),
  };
}

function textsOf(attributes: readonly Attribute[]): string[] {
  return attributes.flatMap((attribute) => valueOf(attribute)?.toLowerCase() || []);
}

/** What stands at the first of the places that has something. */
function firstOf(side: ReadSide, paths: readonly (readonly string[])[]): Attribute {
  return paths.map((path) => textAt(side, path)).find(({ state }) => state !== 'absent') ?? ABSENT;
}

function textAt(side: ReadSide, path: readonly string[]): Attribute {
  if (isHidden(side, path)) {
    return unknown(path.join('.'));
  }
  const value = at(side.values, path);
  return typeof value === 'string' && value.trim() !== '' ? known(value.trim()) : ABSENT;
}

/** A mark on the whole covers its parts. */
function isHidden({ unknown: unread, sensitive }: ReadSide, path: readonly string[]): boolean {
  return [unread, ...sensitive].some((mark) =>
    [...path.keys(), path.length].some((length) => at(mark, path.slice(0, length)) === true),
  );
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (Array.isArray(inner) ? (inner as unknown[])[Number(key)] : property(inner, key)),
    value,
  );
}
