import { ModelCatalog, ModelEntry } from '../../lib/catalog';
import { BuiltCatalog, catalogFromModelLists, ModelListOptions, readModelListPage } from '../../lib/model-list';

export const BUNDLED = ModelCatalog.bundled().document();

/** Fields of a row that a test changes; those of `model` lie flat beside `kind` and `location`. */
export interface RowFields {
  readonly kind?: unknown;
  readonly location?: unknown;
  readonly [field: string]: unknown;
}

/** A row as the API writes it. */
export function row({ kind = 'OpenAI', location = 'EastUS2', ...model }: RowFields = {}) {
  return {
    kind,
    location,
    skuName: 'S0',
    model: {
      format: 'OpenAI',
      name: 'gpt-9',
      version: '2026-01-15',
      lifecycleStatus: 'GenerallyAvailable',
      deprecation: { inference: '2027-07-15T00:00:00Z' },
      skus: [{ name: 'GlobalStandard', scope: 'Base' }],
      ...model,
    },
  };
}

export function listOf(rows: readonly unknown[], options: Partial<ModelListOptions> = {}): BuiltCatalog {
  return catalogFromModelLists([readModelListPage(rows, 'list.json')], {
    listedOn: '2026-11-20',
    base: BUNDLED,
    ...options,
  });
}

const STATUSES = {
  preview: 'Preview',
  'generally-available': 'GenerallyAvailable',
  legacy: 'Legacy',
  deprecated: 'Deprecating',
  retired: 'Deprecated',
};

const instant = (date: string | undefined) => (date === undefined ? null : `${date}T00:00:00Z`);

/** The row that the API would write of an entry. */
export function rowOf(entry: ModelEntry) {
  const { format, name, version, stage, skus = [], skuRetirementDates = {}, fineTune = {}, retirementDate } = entry;
  const { replacements: [replacement] = [], autoUpgrade } = entry;
  const own = new Map(Object.entries(skuRetirementDates));
  const base = [...new Set([...skus, ...own.keys()])].map((sku) => ({
    name: sku,
    scope: 'Base',
    deprecationDate: instant(own.get(sku) ?? retirementDate),
  }));
  const tuned = Object.entries(fineTune.skuRetirementDates ?? {}).map(([sku, date]) => ({
    name: sku,
    scope: 'Finetune',
    deprecationDate: instant(date),
  }));
  return row({
    format,
    name,
    version: version ?? '1',
    lifecycleStatus: STATUSES[stage],
    isDefaultVersion: entry.defaultVersion,
    capabilities: fineTune.trainingRetirementDate === undefined ? {} : { fineTune: 'true' },
    deprecation: { inference: instant(retirementDate), fineTune: instant(fineTune.trainingRetirementDate) },
    skus: [...base, ...tuned],
    ...(replacement && {
      replacementConfig: {
        targetModelName: replacement.name,
        targetModelVersion: replacement.version,
        autoUpgradeStartDate: instant(autoUpgrade?.startDate),
        upgradeOnExpiryLeadTimeDays: autoUpgrade?.expiryLeadDays,
      },
    }),
  });
}
