import { CalendarDate } from '../contracts/calendar-date';
import { RetirementDay } from './retirement-days';

/** What Azure Policy sees of a deployment and a rule compares. */
export interface PolicyCondition {
  readonly allOf?: readonly PolicyCondition[];
  readonly anyOf?: readonly PolicyCondition[];
  readonly field?: string;
  readonly value?: string;
  readonly equals?: string;
  readonly notEquals?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  readonly exists?: 'true' | 'false';
  readonly greaterOrEquals?: string;
}

export interface PolicyRule {
  readonly if: PolicyCondition;
  readonly then: { readonly effect: string };
}

/** What a rule about models is made from. */
export interface ModelRuleFacts {
  readonly retirements: readonly RetirementDay[];
  /** Day of the catalogue: what retired up to it is refused without looking at the clock. */
  readonly asOf: CalendarDate;
  /** The models that may be deployed; every living one where it is absent. */
  readonly allowed?: readonly { readonly format: string; readonly name: string; readonly version: string }[];
}

/**
 * The aliases by which Azure Policy reads a deployment, as `Get-AzPolicyAlias` lists them:
 * https://github.com/maciejporebski/azure-policy-aliases/blob/e2dd98c914a180fe6b9656b458add51ff2d34d39/aliases/Microsoft.CognitiveServices/accounts-deployments.md.
 * Those of the model are in Microsoft's own example too:
 * https://learn.microsoft.com/azure/foundry-classic/foundry-models/how-to/configure-deployment-policies
 */
const TYPE = 'Microsoft.CognitiveServices/accounts/deployments';
const FORMAT = `${TYPE}/model.format`;
const NAME = `${TYPE}/model.name`;
const VERSION = `${TYPE}/model.version`;
const SKU = `${TYPE}/sku.name`;
const UPGRADE_OPTION = `${TYPE}/versionUpgradeOption`;

/** No name, format, version or SKU holds it. */
const DIVIDER = '|';

/** What stands where a version belongs and names none; an empty text is one. */
const FLOATING_VERSIONS = ['', 'latest', 'default', 'auto'];

const THEN = { effect: "[parameters('effect')]" };
const IS_DEPLOYMENT: PolicyCondition = { field: 'type', equals: TYPE };

/**
 * Whether a deployment is to be refused: no exact version, no format, not allowed, or retired by the clock of Azure. ARM lets
 * the format be left out (https://learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts/deployments), and
 * no list of models holds what has none.
 */
export function modelRule({ retirements, asOf, allowed }: ModelRuleFacts): PolicyRule {
  const refused: PolicyCondition[] = [
    { value: joined(VERSION), in: FLOATING_VERSIONS },
    { value: joined(FORMAT), equals: '' },
    ...(allowed === undefined ? [] : [{ value: joined(FORMAT, NAME, VERSION), notIn: allowed.map(versionKey) }]),
    ...daysOf(retirements).flatMap((day) => retiredFrom(day, asOf, retirements)),
  ];
  return { if: { allOf: [IS_DEPLOYMENT, { anyOf: refused }] }, then: THEN };
}

/** Whether a deployment lets Azure change its version; leaving the option out does. */
export function upgradeOptionRule(): PolicyRule {
  const upgrades = [
    { field: UPGRADE_OPTION, exists: 'false' as const },
    { field: UPGRADE_OPTION, notEquals: 'NoAutoUpgrade' },
  ];
  return { if: { allOf: [IS_DEPLOYMENT, { anyOf: upgrades }] }, then: THEN };
}

/** The days on which something retires, oldest first. */
function daysOf(retirements: readonly RetirementDay[]): readonly CalendarDate[] {
  const days = retirements.flatMap(({ day, skuDays }) => [day, ...skuDays.map((own) => own.day)]);
  return [...new Set(days.filter((day) => day !== undefined))].sort();
}

/** What retires on one day: always where that day is not after the catalogue's, otherwise once it has come. */
function retiredFrom(
  day: CalendarDate,
  asOf: CalendarDate,
  retirements: readonly RetirementDay[],
): readonly PolicyCondition[] {
  const retired = retiredOn(day, retirements);
  if (day <= asOf) {
    return retired;
  }
  return [{ allOf: [hasCome(day), retired.length === 1 ? retired[0]! : { anyOf: retired }] }];
}

/**
 * The clock of Azure Policy against a day, in the form that its built-in policy `Storage account keys should not be expired` uses:
 * https://github.com/Azure/azure-policy/blob/master/built-in-policies/policyDefinitions/Storage/StorageAccountKeysExpired_Restrict.json.
 * `addDays` makes the literal a moment as `utcNow` writes it; a literal alone might be compared as another type.
 */
function hasCome(day: CalendarDate): PolicyCondition {
  return { value: '[utcNow()]', greaterOrEquals: `[addDays('${day}T00:00:00Z', 0)]` };
}

function retiredOn(day: CalendarDate, retirements: readonly RetirementDay[]): readonly PolicyCondition[] {
  const onDay = retirements.filter((retirement) => retirement.day === day);
  const plain = onDay.filter(({ version, skuDays }) => version !== undefined && skuDays.length === 0);
  const bySku = onDay.filter(({ skuDays }) => skuDays.length > 0);
  const everyVersion = onDay.filter(({ version }) => version === undefined);
  const skus = retirements.flatMap((retirement) =>
    retirement.skuDays.filter((own) => own.day === day).map(({ sku }) => skuKey(retirement, sku)),
  );
  return [
    ...listed(plain, (each) => ({ value: joined(FORMAT, NAME, VERSION), in: each.map(versionKey) })),
    ...listed(bySku, (each) => ({
      allOf: [
        { value: joined(FORMAT, NAME, VERSION), in: each.map(versionKey) },
        {
          value: joined(FORMAT, NAME, VERSION, SKU),
          notIn: each.flatMap((one) => one.skuDays.map(({ sku }) => skuKey(one, sku))),
        },
      ],
    })),
    ...listed(skus, (each) => ({ value: joined(FORMAT, NAME, VERSION, SKU), in: each })),
    ...listed(everyVersion, everyVersionOf),
  ];
}

function everyVersionOf(retirements: readonly RetirementDay[]): PolicyCondition {
  const names = { value: joined(FORMAT, NAME), in: retirements.map(({ format, name }) => key(format, name)) };
  const others = retirements.flatMap(({ format, name, exceptVersions }) =>
    exceptVersions.map((version) => key(format, name, version)),
  );
  return others.length === 0 ? names : { allOf: [names, { value: joined(FORMAT, NAME, VERSION), notIn: others }] };
}

function listed<T>(items: readonly T[], condition: (items: readonly T[]) => PolicyCondition): PolicyCondition[] {
  return items.length === 0 ? [] : [condition(items)];
}

/** Absent fields count as empty: a function that fails in Azure Policy denies, whatever the effect is. */
function joined(...fields: readonly string[]): string {
  return `[concat(${fields.map((field) => `coalesce(field('${field}'), '')`).join(`, '${DIVIDER}', `)})]`;
}

function versionKey({ format, name, version }: { format: string; name: string; version?: string }): string {
  return key(format, name, version ?? '');
}

function skuKey({ format, name, version }: RetirementDay, sku: string): string {
  return key(format, name, version ?? '', sku);
}

/** A text in square brackets would be read as an expression: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters */
function key(...parts: readonly string[]): string {
  const text = parts.join(DIVIDER);
  return /^\[.*\]$/s.test(text) ? `[${text}` : text;
}
