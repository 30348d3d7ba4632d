import { AutoUpgrade } from '../catalog/catalog-document';
import { isJsonObject, JsonObject } from '../contracts/json-file';
import { printable, quoted } from '../contracts/printable';
import { dateOf, regionOf, RowProblem, stageOf } from './arm-words';
import { ListedModel, ListedSku, StatedDate } from './listed-model';

const LONGEST_NAME = 200;
const SKU_NAME = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;
const LINE = /^\S(.*\S)?$/u;
const DATED_VERSION = /^\d{4}-\d{2}-\d{2}/;

/** One row of a page. @throws RowProblem for a row that cannot be used, or that no model can have */
export function listedRow(row: unknown, index: number, location: string | undefined): ListedModel {
  if (!isJsonObject(row) || !isJsonObject(row.model)) {
    throw new RowProblem(`the row is ${quoted(row)}; expected is an object with model`);
  }
  const { model } = row;
  const version = line(model.version, 'version');
  const deprecation = table(model.deprecation, 'deprecation');
  const listed: ListedModel = {
    index,
    ...optional({
      kind: row.kind === undefined ? undefined : line(row.kind, 'kind'),
      region: rowRegion(row, location),
    }),
    format: line(model.format, 'format'),
    name: line(model.name, 'name'),
    version,
    stage: stageOf(model.lifecycleStatus, 'lifecycleStatus'),
    skus: skusOf(model.skus),
    ...optional({
      inference: dateOf(deprecation.inference, 'deprecation.inference'),
      training: isFineTuned(model) ? dateOf(deprecation.fineTune, 'deprecation.fineTune') : undefined,
      defaultVersion: typeof model.isDefaultVersion === 'boolean' ? model.isDefaultVersion : undefined,
    }),
    ...replacementOf(table(model.replacementConfig, 'replacementConfig')),
    isMarketplace: model.isMarketplaceRequired === true,
    hasSkuStages: list(model.skus).some((sku) => isJsonObject(sku) && ('scope' in sku || 'lifecycleStatus' in sku)),
  };
  requirePossible(listed);
  return listed;
}

/** The name that a row may have, to say which one was skipped. */
export function rowName(row: unknown): string | undefined {
  const model = isJsonObject(row) ? row.model : undefined;
  if (!isJsonObject(model) || typeof model.name !== 'string') {
    return undefined;
  }
  return typeof model.version === 'string' ? `${model.name}@${model.version}` : model.name;
}

function rowRegion(row: JsonObject, location: string | undefined): string | undefined {
  if (row.location === undefined || row.location === null) {
    return location;
  }
  const region = regionOf(String(row.location));
  if (region === undefined) {
    throw new RowProblem(`location is ${quoted(row.location)}; expected is a region, for instance eastus2`);
  }
  if (region.startsWith('china')) {
    throw new RowProblem(
      `location is ${quoted(row.location)}; the catalogue knows the public cloud and Azure Government`,
    );
  }
  return region;
}

function skusOf(skus: unknown): ListedSku[] {
  return list(skus).map((sku, position) => {
    const at = `skus[${position}]`;
    if (!isJsonObject(sku) || typeof sku.name !== 'string' || !SKU_NAME.test(sku.name)) {
      throw new RowProblem(`${at} is ${quoted(sku)}; expected is an object with the name of a deployment type`);
    }
    const stage = sku.lifecycleStatus == null ? undefined : stageOf(sku.lifecycleStatus, `${at}.lifecycleStatus`);
    const date = dateOf(sku.deprecationDate, `${at}.deprecationDate`);
    // Most SKUs of older api-versions have null for "as the model".
    return {
      name: sku.name,
      scope: scopeOf(sku, at),
      ...optional({ stage, date: sku.deprecationDate === null ? undefined : date }),
    };
  });
}

function scopeOf({ scope, usageName }: JsonObject, at: string): ListedSku['scope'] {
  switch (scope ?? undefined) {
    case undefined:
      // Older api-versions tell the SKUs of fine-tuned models by their quota only, as OpenAI.Standard.gpt-4o-finetune.
      return typeof usageName === 'string' && /-finetune$/i.test(usageName) ? 'fine-tune' : 'base';
    case 'Base':
      return 'base';
    case 'Finetune':
      return 'fine-tune';
    case 'All':
      return 'all';
    default:
      throw new RowProblem(`${at}.scope is ${quoted(scope)}; known are Base, Finetune and All`);
  }
}

/** Capabilities are tables of texts: `"fineTune": "true"`. A SKU for fine-tuned models says the same. */
function isFineTuned({ capabilities, finetuneCapabilities, skus }: JsonObject): boolean {
  const flags = isJsonObject(capabilities) ? Object.entries(capabilities) : [];
  return (
    flags.some(([name, value]) => /fine-?tune/i.test(name) && String(value).toLowerCase() === 'true') ||
    (isJsonObject(finetuneCapabilities) && Object.keys(finetuneCapabilities).length > 0) ||
    list(skus).some((sku) => isJsonObject(sku) && sku.scope === 'Finetune')
  );
}

function replacementOf(config: JsonObject): Pick<ListedModel, 'replacement' | 'autoUpgrade'> {
  const { targetModelName: name, targetModelVersion: version, upgradeOnExpiryLeadTimeDays: lead } = config;
  const startDate = dateOf(config.autoUpgradeStartDate, 'replacementConfig.autoUpgradeStartDate');
  if (lead != null && (!Number.isInteger(lead) || (lead as number) < 0 || (lead as number) > 3650)) {
    throw new RowProblem(
      `replacementConfig.upgradeOnExpiryLeadTimeDays is ${quoted(lead)}; expected is a whole number of days`,
    );
  }
  const autoUpgrade: AutoUpgrade | undefined =
    startDate == null ? undefined : { startDate, ...(lead != null && { expiryLeadDays: lead as number }) };
  if (name == null) {
    return optional({ autoUpgrade });
  }
  const target = {
    name: line(name, 'replacementConfig.targetModelName'),
    ...(version != null && { version: line(version, 'replacementConfig.targetModelVersion') }),
  };
  return { replacement: target, ...optional({ autoUpgrade }) };
}

/** Dates that contradict each other or the day in the version: whatever is wrong there, none of them can be relied on. */
function requirePossible({ version, inference, training, skus }: ListedModel): void {
  const tuned = latest(skus.filter(({ scope }) => scope !== 'base').map(({ date }) => date));
  if (training != null && tuned !== undefined && training > tuned) {
    throw new RowProblem(`fine-tuning ends on ${training}, after the last day of what was fine-tuned, ${tuned}`);
  }
  const [made] = DATED_VERSION.exec(version) ?? [];
  const dates = [
    ['deprecation.inference', inference] as const,
    ['deprecation.fineTune', training] as const,
    ...skus.map(({ name, date }) => [`deprecationDate of ${name}`, date] as const),
  ];
  for (const [field, date] of dates) {
    if (made !== undefined && date != null && date < made) {
      throw new RowProblem(`${field} is ${date}, before the day of the version, ${made}`);
    }
  }
}

function latest(dates: readonly (StatedDate | undefined)[]): string | undefined {
  return dates
    .filter((date) => date != null)
    .sort()
    .at(-1);
}

function line(value: unknown, field: string): string {
  if (typeof value !== 'string' || !LINE.test(value) || printable(value) !== value || value.length > LONGEST_NAME) {
    throw new RowProblem(`${field} is ${quoted(value)}; expected is a text on one line without control characters`);
  }
  return value;
}

function table(value: unknown, field: string): JsonObject {
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    throw new RowProblem(`${field} is ${quoted(value)}; expected is an object`);
  }
  return (value ?? {}) as JsonObject;
}

function list(value: unknown): readonly unknown[] {
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    throw new RowProblem(`skus is ${quoted(value)}; expected is a list`);
  }
  return (value ?? []) as readonly unknown[];
}

function optional<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
