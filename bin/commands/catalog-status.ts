import { Command, Option } from 'commander';
import { CatalogDocument, LIFECYCLE_STAGES, ModelCatalog } from '../../lib/catalog';
import { soldBy, stalenessOf } from '../../lib/catalog/catalog-age';
import { judgementDate } from '../../lib/contracts/as-of';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { printable } from '../../lib/contracts/printable';
import { jsonText } from '../../lib/report/json-text';
import { KNOWLEDGE_KEYS, settledOptions } from '../configuration/settled-options';
import { requireNamedFiles } from './named-files';
import {
  catalogOf,
  ConfigurationOptions,
  KnowledgeOptions,
  withConfigurationOptions,
  withKnowledgeOptions,
} from './options';

interface StatusOptions extends KnowledgeOptions, ConfigurationOptions {
  readonly format: 'text' | 'json';
}

/** `model-lifecycle catalog status`: how old a catalogue is, where it comes from and what it covers. */
export function catalogStatusCommand(): Command {
  const command = new Command('status').description('age, sources, coverage, conflicts and layers of the catalogue');
  return withConfigurationOptions(withKnowledgeOptions(command))
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (_: unknown, self: Command) => {
      const options = await settledOptions<StatusOptions>(self, KNOWLEDGE_KEYS);
      requireNamedFiles(options);
      const on = judgementDate(options.asOf, '--as-of').asOf;
      const status = statusOf(catalogOf(options), on);
      process.stdout.write(options.format === 'json' ? jsonText(status) : `${statusText(status)}\n`);
    });
}

type CatalogStatus = ReturnType<typeof statusOf>;

function statusOf(catalog: ModelCatalog, on: CalendarDate) {
  const { sources, models, conflicts = [] } = catalog.document();
  const cloud = catalog.cloud;
  const known = models.filter((model) => (model.cloud ?? 'public') === cloud);
  return {
    schemaVersion: 1,
    asOf: on,
    cloud,
    ages: catalog.ages().map(({ asOf, ...about }) => ({ ...about, ...stalenessOf(asOf, on) })),
    layers: layersOf(catalog),
    coverage: coverageOf(known),
    // A catalogue's conflicts are about the public cloud.
    conflicts: cloud === 'public' ? conflicts.length : 0,
    sources: sources.map(({ name, asOf, kind, region, url }) => ({ name, asOf, kind, region, url })),
  };
}

/** The layers that an entry's last word is from. */
function layersOf(catalog: ModelCatalog) {
  const entries = new Map<string, number>();
  for (const { layer } of catalog.records()) {
    entries.set(layer, (entries.get(layer) ?? 0) + 1);
  }
  return [...entries].map(([layer, count]) => ({ layer, entries: count }));
}

function coverageOf(models: CatalogDocument['models']) {
  const isDated = ({ retirementDate, retirementNotBefore, skuRetirementDates }: CatalogDocument['models'][number]) =>
    [retirementDate, retirementNotBefore, skuRetirementDates].some((date) => date !== undefined);
  const regions = new Set(models.flatMap(({ regions: bySku = {} }) => Object.values(bySku).flat()));
  return {
    models: new Set(models.map(({ format, name }) => JSON.stringify([format, name]))).size,
    versions: models.length,
    byStage: Object.fromEntries(
      LIFECYCLE_STAGES.map((stage) => [stage, models.filter((model) => model.stage === stage).length]),
    ),
    withDate: models.filter(isDated).length,
    withSkus: models.filter(({ skus }) => skus !== undefined).length,
    withRegions: models.filter(({ regions: bySku }) => bySku !== undefined).length,
    regions: [...regions].sort(),
  };
}

function statusText({ cloud, ages, layers, coverage, conflicts, sources }: CatalogStatus): string {
  const stages = Object.entries(coverage.byStage).map(([stage, count]) => `${count} ${stage}`);
  const lines = [
    `Catalogue of the ${cloud === 'public' ? 'public cloud' : 'cloud Azure Government'}`,
    ...ages.map(
      ({ cloud: of, seller, asOf, days, stale }) =>
        `  known as of   ${asOf}, ${days} days ago${stale ? ': stale' : ''} (${of}, ${soldBy(seller)})`,
    ),
    ...layers.map(({ layer, entries }) => `  layer         ${layer}: ${entries} entries`),
    `  models        ${coverage.models}, in ${coverage.versions} entries: ${stages.join(', ')} by the stated stage`,
    `  with a date   ${coverage.withDate} of ${coverage.versions}`,
    `  with SKUs     ${coverage.withSkus} of ${coverage.versions}`,
    `  with regions  ${coverage.withRegions} of ${coverage.versions}${coverage.regions.length === 0 ? '' : `: ${coverage.regions.join(', ')}`}`,
    `  conflicts     ${conflicts}`,
    ...sources.map(({ name, asOf }) => `  source        ${asOf} ${name}`),
  ];
  return lines.map(printable).join('\n');
}
