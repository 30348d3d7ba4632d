import { isObject, parseJsonDocument, property, propertyAt } from './json';
import { addressOf } from './plan-configuration';
import { ResourceChange } from './plan-document';
import { isType } from './resource-type';
import { marksOf, SensitiveMarks } from './sensitive-marks';
import { declaredIn, DEPLOYMENT_TYPE, readText, TemplateContent, UNREAD } from './template-content';

/** A template that a plan deploys in mode `Complete`, or may: Azure deletes the accounts of its group that it does not name. */
export interface CompleteDeployment {
  readonly address: string;
  readonly type: string;
  /** Name of the resource group, in lower case; absent where it cannot be read. */
  readonly group?: string;
  /** In lower case; absent where it cannot be read. */
  readonly subscription?: string;
  /** Names of the accounts that it declares, in lower case. */
  readonly accounts: readonly string[];
  /** True where a part of the template cannot be read, so that it may declare others. */
  readonly mayDeclareMore: boolean;
  /** False where it cannot be read whether the mode is `Complete`. */
  readonly isCertain: boolean;
}

const FIRST_DELETING = '2019-05-10';
const DEPLOYING: ReadonlySet<ResourceChange['action']> = new Set(['create', 'update', 'replace']);
const GROUP_ID = /^\/?subscriptions\/(?<subscription>[^/]+)\/resourcegroups\/(?<group>[^/]+)/i;

/**
 * Addresses of template deployments that delete what they no longer list: in the mode `Complete`, and stacks that delete
 * what they stop to manage. All others leave it alone.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes
 */
export function completeTemplates(changes: readonly ResourceChange[]): ReadonlySet<string> {
  return new Set(changes.filter(({ after }) => isComplete(after)).map(addressOf));
}

function isComplete(values: unknown): boolean {
  const body = property(values, 'body');
  const properties = property(typeof body === 'string' ? parseJsonDocument(body) : body, 'properties');
  const modes = [property(values, 'deployment_mode'), property(properties, 'mode')];
  return (
    modes.some((mode) => isText(mode, 'complete')) ||
    isText(propertyAt(properties, 'actionOnUnmanage', 'resources'), 'delete')
  );
}

function isText(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text;
}

/**
 * Templates that the plan deploys and that delete what else is in their resource group. Accounts are deleted there, and
 * with an account all that it holds; what an account holds is left alone where the template declares the account. Nested
 * templates cannot have the mode, and what they declare in the same group counts as declared.
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes and
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-complete-mode-deletion
 */
export function completeDeployments(changes: readonly ResourceChange[], marks: SensitiveMarks): CompleteDeployment[] {
  return changes.flatMap((change): CompleteDeployment[] => {
    const { type, action, after, afterUnknown, deposed } = change;
    if (!DEPLOYING.has(action) || deposed !== undefined || !isDeployment(type, after)) {
      return [];
    }
    const hidden = [afterUnknown, ...marksOf(change), ...marks.at(change.address)];
    const mayBeComplete = modePaths(type).some((path) => isHidden(hidden, path));
    if (!isComplete(after) && !mayBeComplete) {
      return [];
    }
    const place = placeOf(change, hidden);
    return place === undefined
      ? []
      : [
          {
            address: change.address,
            type,
            ...place,
            ...contentOf(change, hidden, place.group),
            isCertain: !mayBeComplete,
          },
        ];
  });
}

function isDeployment(type: string, values: unknown): boolean {
  return (
    type === 'azurerm_resource_group_template_deployment' ||
    type === 'azurerm_template_deployment' ||
    (type.startsWith('azapi_') && isType(property(values, 'type'), DEPLOYMENT_TYPE))
  );
}

function modePaths(type: string): readonly (readonly string[])[] {
  return type.startsWith('azapi_') ? [['body', 'properties', 'mode']] : [['deployment_mode']];
}

/** The group that is deployed to, as far as it can be read; `undefined` where it is known to be none. */
function placeOf(
  { type, before, after }: ResourceChange,
  hidden: readonly unknown[],
): Pick<CompleteDeployment, 'group' | 'subscription'> | undefined {
  const read = (values: unknown, key: string) => {
    const value = isHidden(hidden, [key]) ? undefined : property(values, key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().toLowerCase() : undefined;
  };
  const ids = ['parent_id', 'resource_id', 'id'].flatMap((key) =>
    [after, before].flatMap((side) => read(side, key) ?? []),
  );
  const parts = ids.map((id) => GROUP_ID.exec(id)?.groups).find((found) => found !== undefined);
  const [group, subscription] = [parts?.group, parts?.subscription];
  const named = read(after, 'resource_group_name');
  if (named !== undefined) {
    return { group: named, ...(named === group && subscription !== undefined && { subscription }) };
  }
  return group !== undefined
    ? { group, ...(subscription !== undefined && { subscription }) }
    : type.startsWith('azapi_') && ids.length > 0
      ? undefined
      : {};
}

function contentOf(
  { type, after }: ResourceChange,
  hidden: readonly unknown[],
  group: string | undefined,
): TemplateContent {
  const path = type.startsWith('azapi_')
    ? ['body', 'properties', 'template']
    : [type === 'azurerm_template_deployment' ? 'template_body' : 'template_content'];
  const written = path.reduce<unknown>((value, key) => property(readText(value), key), after);
  const template = readText(written);
  return isHidden(hidden, path) || holdsMark(hidden, path) || !isObject(template)
    ? UNREAD
    : declaredIn(template, {
        depth: 0,
        keepsUndeployed: keepsUndeployed(type, after),
        ...(group !== undefined && { group }),
      });
}

/**
 * Whether Azure leaves alone what a template declares with a condition that is false. The API's version decides; which one
 * the older resource of azurerm takes depends on the provider's version.
 */
function keepsUndeployed(type: string, values: unknown): boolean | undefined {
  const text = property(values, 'type');
  const version = typeof text === 'string' ? text.split('@')[1] : undefined;
  return type === 'azurerm_template_deployment' ? undefined : version !== undefined && version < FIRST_DELETING;
}

/** A mark on the whole covers its parts. */
function isHidden(marks: readonly unknown[], path: readonly string[]): boolean {
  return marks.some((mark) =>
    [...path.keys(), path.length].some((length) => propertyAt(mark, ...path.slice(0, length)) === true),
  );
}

/** Whether a part of what stands at the path is marked. */
function holdsMark(marks: readonly unknown[], path: readonly string[]): boolean {
  return marks.some((mark) => JSON.stringify(propertyAt(mark, ...path))?.includes('true'));
}
