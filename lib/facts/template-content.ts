import { DEEPEST_NESTING, isObject, JsonObject, parseJsonDocument, property, propertyAt } from './json';
import { ACCOUNT_TYPE, isType } from './resource-type';

/** Accounts that a template declares. */
export interface TemplateContent {
  /** Names, in lower case. */
  readonly accounts: readonly string[];
  /** True where a part of the template cannot be read, so that it may declare others. */
  readonly mayDeclareMore: boolean;
}

/** Where a template is deployed. */
export interface TemplatePlace {
  readonly depth: number;
  /** Name of the resource group, in lower case; absent where it cannot be read. */
  readonly group?: string;
  /** Whether Azure leaves alone what a condition keeps from being deployed; absent where that cannot be told. */
  readonly keepsUndeployed?: boolean | undefined;
}

export const DEPLOYMENT_TYPE = 'Microsoft.Resources/deployments';
export const UNREAD: TemplateContent = { accounts: [], mayDeclareMore: true };
const NOTHING: TemplateContent = { accounts: [], mayDeclareMore: false };

/** What may stand as JSON text. */
export function readText(value: unknown): unknown {
  return typeof value === 'string' ? parseJsonDocument(value) : value;
}

/** The accounts that a template declares in the resource group that it is deployed to. */
export function declaredIn(template: JsonObject, place: TemplatePlace): TemplateContent {
  const resources = property(template, 'resources');
  if (place.depth > DEEPEST_NESTING || typeof resources === 'string') {
    return UNREAD;
  }
  const listed = (Array.isArray(resources) ? resources : isObject(resources) ? Object.values(resources) : []).filter(
    isObject,
  );
  const contents = listed.map((resource) => declaredBy(resource, place));
  return {
    accounts: contents.flatMap(({ accounts }) => accounts),
    mayDeclareMore: contents.some(({ mayDeclareMore }) => mayDeclareMore),
  };
}

function declaredBy(resource: JsonObject, place: TemplatePlace): TemplateContent {
  const type = property(resource, 'type');
  if (typeof type !== 'string' || type.startsWith('[')) {
    return UNREAD;
  }
  const content = isType(type, ACCOUNT_TYPE)
    ? accountIn(resource)
    : isType(type, DEPLOYMENT_TYPE)
      ? nestedIn(resource, place)
      : // Whether Azure takes what is declared below an account for the account itself, its documentation does not say.
        type.toLowerCase().startsWith(`${ACCOUNT_TYPE.toLowerCase()}/`)
        ? UNREAD
        : NOTHING;
  return content === NOTHING ? NOTHING : asDeployed(resource, content, place);
}

/**
 * What is not deployed is not declared, and Azure deletes it.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes#complete-mode
 */
function asDeployed(
  resource: JsonObject,
  content: TemplateContent,
  { keepsUndeployed }: TemplatePlace,
): TemplateContent {
  const condition = property(resource, 'condition') ?? true;
  const count = propertyAt(resource, 'copy', 'count') ?? 1;
  if (count === 0) {
    return NOTHING;
  }
  if (condition === false && keepsUndeployed === false) {
    return NOTHING;
  }
  const isDeclared = condition === true || (condition === false && keepsUndeployed === true);
  // What the template only refers to, or puts elsewhere, the documentation of the mode does not tell of.
  const isElsewhere = property(resource, 'existing') === true || property(resource, 'scope') != null;
  return isDeclared && typeof count === 'number' && !isElsewhere ? content : UNREAD;
}

function accountIn(resource: JsonObject): TemplateContent {
  const name = property(resource, 'name');
  return typeof name === 'string' && !name.startsWith('[')
    ? { accounts: [name.toLowerCase()], mayDeclareMore: false }
    : UNREAD;
}

/** Azure deletes nothing in other groups than that of the outer template, and so what is declared there does not count. */
function nestedIn(resource: JsonObject, place: TemplatePlace): TemplateContent {
  const [group, subscription] = [property(resource, 'resourceGroup'), property(resource, 'subscriptionId')];
  const isHere = group == null || (typeof group === 'string' && group.toLowerCase() === place.group);
  if (typeof group === 'string' && !group.startsWith('[') && !isHere && place.group !== undefined) {
    return NOTHING;
  }
  const inner = readText(propertyAt(resource, 'properties', 'template'));
  return isHere && subscription == null && isObject(inner)
    ? declaredIn(inner, { ...place, depth: place.depth + 1 })
    : UNREAD;
}
