import { Command, Option } from 'commander';
import { DeploymentScope, LifecycleAnswer, LifecycleQuery, ModelCatalog, Replacement } from '../../lib/catalog';
import { unknownRegionHint } from '../../lib/catalog/azure-regions';
import { unknownSkuHint } from '../../lib/catalog/known-skus';
import { adviseReplacement, ReplacementAdvice } from '../../lib/catalog/replacement-advice';
import { judgementDate } from '../../lib/contracts/as-of';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { printable } from '../../lib/contracts/printable';
import { jsonText } from '../../lib/report/json-text';
import { KNOWLEDGE_KEYS, settledOptions } from '../configuration/settled-options';
import { adviceLines } from './advice-text';
import { modelArgument } from './model-argument';
import { requireNamedFiles } from './named-files';
import {
  catalogOf,
  ConfigurationOptions,
  KnowledgeOptions,
  withConfigurationOptions,
  withKnowledgeOptions,
} from './options';
import { unknownModel } from './unknown-model';

interface ExplainOptions extends KnowledgeOptions, ConfigurationOptions {
  readonly modelFormat?: string;
  readonly sku?: string;
  readonly region?: string;
  readonly scope: DeploymentScope;
  readonly format: 'text' | 'json';
}

/** Version of the JSON's format, described by `explain.schema.json`. */
const EXPLAIN_SCHEMA_VERSION = 1;

/** `model-lifecycle explain`: what the catalogue knows of a model, and from where. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('what the catalogue knows of a model, with its sources')
    .argument('<model>', 'name, or name@version');
  return withConfigurationOptions(withKnowledgeOptions(command))
    .option('--model-format <format>', 'publisher of the model, where several use the name')
    .option('--sku <sku>', 'deployment type, for instance GlobalStandard')
    .option('--region <region>', 'region that the advice is for, where the catalogue knows what is offered there')
    .addOption(new Option('--scope <scope>', 'base model or fine-tuned').choices(['base', 'fine-tune']).default('base'))
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (model: string, _: unknown, self: Command) =>
      explain(model, await settledOptions<ExplainOptions>(self, KNOWLEDGE_KEYS)),
    );
}

function explain(model: string, options: ExplainOptions): void {
  const { name, version } = modelArgument(model);
  requireNamedFiles(options);
  const catalog = catalogOf(options);
  const on = judgementDate(options.asOf, '--as-of').asOf;
  const query = { name, format: options.modelFormat, sku: options.sku, scope: options.scope };
  const versions = version === undefined ? versionsOf(catalog, query, on) : [version];
  requireKnownSku(options.sku, catalog);
  const regionHint = options.region && unknownRegionHint(options.region);
  if (regionHint) {
    process.stderr.write(`model-lifecycle: ${printable(regionHint)}\n`);
  }
  const answers = versions.map((each) => requireAnswer(catalog, { ...query, version: each }, on));
  if (options.format === 'json') {
    const details = answers.map((answer) => ({
      ...answer,
      ...historyOf(catalog, answer, options),
      advice: adviceFor(answer, options, catalog, on),
    }));
    process.stdout.write(jsonText({ schemaVersion: EXPLAIN_SCHEMA_VERSION, asOf: on, answers: details }));
  } else {
    process.stdout.write(`${answers.map((answer) => describe(answer, options, catalog, on)).join('\n')}`);
  }
}

function versionsOf(
  catalog: ModelCatalog,
  query: Omit<LifecycleQuery, 'version'>,
  on: CalendarDate,
): readonly string[] {
  // No version is spelled so: the answer lists those that exist, or the nearest names.
  const lookup = catalog.lookup({ ...query, version: '?' }, on);
  if (lookup.kind === 'unknown-model') {
    throw unknownModel(query.name, lookup.nearest);
  }
  return lookup.kind === 'unknown-version' ? lookup.versions : [lookup.answer.version];
}

function requireAnswer(catalog: ModelCatalog, query: LifecycleQuery, on: CalendarDate): LifecycleAnswer {
  const lookup = catalog.lookup(query, on);
  switch (lookup.kind) {
    case 'known':
      return lookup.answer;
    case 'unknown-version':
      throw new Error(
        `the catalogue knows no version '${query.version}' of ${lookup.name}; it knows ${lookup.versions.join(', ') || 'none'}`,
      );
    case 'unknown-model':
      throw unknownModel(query.name, lookup.nearest);
  }
}

/** @throws for a SKU that no model has: an answer would be about none */
function requireKnownSku(sku: string | undefined, catalog: ModelCatalog): void {
  const hint = sku === undefined ? undefined : unknownSkuHint(sku, catalog);
  if (hint !== undefined) {
    throw new Error(printable(hint));
  }
}

function historyOf(
  catalog: ModelCatalog,
  { format, name, version }: LifecycleAnswer,
  { scope }: Pick<ExplainOptions, 'scope'>,
) {
  const details = catalog.details({ format, name, version });
  const { regions, fineTune, skuRetirementDates: ofBase } = details?.record.facts ?? {};
  const skuRetirementDates = scope === 'base' ? ofBase : fineTune?.skuRetirementDates;
  return {
    ...(skuRetirementDates !== undefined && { skuRetirementDates }),
    ...(regions !== undefined && { regions }),
    conflicts: details?.conflicts ?? [],
    dateHistory: details?.dateHistory ?? [],
  };
}

function adviceFor(
  { format, name, version }: LifecycleAnswer,
  { sku, region, scope }: ExplainOptions,
  catalog: ModelCatalog,
  on: CalendarDate,
): ReplacementAdvice {
  return adviseReplacement({ format, name, version, sku, region, scope }, catalog, on);
}

function describe(answer: LifecycleAnswer, options: ExplainOptions, catalog: ModelCatalog, on: CalendarDate): string {
  const { sku, scope } = options;
  const { regions = {}, skuRetirementDates = {}, conflicts, dateHistory } = historyOf(catalog, answer, options);
  const asked = [sku, scope === 'fine-tune' ? 'fine-tuned' : undefined].filter((word) => word !== undefined).join(', ');
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['stage', answer.confidence === 'stated' ? answer.stage : `${answer.stage} (${answer.confidence})`],
    ['retires', retirement(answer)],
    ...Object.keys(sku === undefined ? skuRetirementDates : {}).map(
      (name) => ['SKU', skuText(name, answer, options, catalog, on)] as const,
    ),
    ['deprecated', answer.deprecationDate],
    ['replacement', answer.replacements.map((replacement) => replacementText(replacement, catalog, on)).join(', ')],
    ...adviceLines(adviceFor(answer, options, catalog, on), options).map((line) => ['advice', line] as const),
    ['SKU', sku === undefined ? undefined : skuRemark(sku, answer)],
    ['SKUs', answer.skus.join(', ')],
    ...Object.entries(regions).map(([name, seenIn]) => ['regions', `${name}: ${seenIn.join(', ')}`] as const),
    ['known as of', `${answer.asOf} (${answer.layer})`],
    ...answer.sources.map((source) => ['source', `${source.name}, ${source.asOf}`] as const),
    ...conflicts.map((conflict) => ['conflict', conflict] as const),
    ...dateHistory.map(
      ({ asOf, retirement: date, notBefore, sku: only }) =>
        ['history', `${asOf}: ${notBefore ? 'not before ' : ''}${date}${only ? ` (${only})` : ''}`] as const,
    ),
  ];
  const lines = rows.filter(([, value]) => value).map(([label, value]) => `  ${label.padEnd(12)} ${value}`);
  return [`${answer.name}@${answer.version} (${answer.format})${asked ? `, ${asked}` : ''}`, ...lines, ''].join('\n');
}

/** When a SKU ends that has a date of its own. */
function skuText(
  sku: string,
  { format, name, version }: LifecycleAnswer,
  { scope }: ExplainOptions,
  catalog: ModelCatalog,
  on: CalendarDate,
): string {
  const answer = requireAnswer(catalog, { format, name, version, sku, scope }, on);
  return `${sku}: ${answer.stage === 'retired' ? 'retired' : 'retires'} ${retirement(answer)}`;
}

function skuRemark(sku: string, { skuListed }: LifecycleAnswer): string | undefined {
  switch (skuListed) {
    case 'listed':
      return undefined;
    case 'unlisted':
      return `${sku} is not listed for this model: stage and date are those of its other SKUs`;
    case 'unknown':
      return `whether the model is offered under ${sku} is not known: stage and date are those of the model`;
  }
}

/** Vendors' tables name replacements that have retired since; the reader should see it. */
function replacementText({ name, version }: Replacement, catalog: ModelCatalog, on: CalendarDate): string {
  if (version === undefined) {
    return name;
  }
  const lookup = catalog.lookup({ name, version }, on);
  const remark = lookup.kind === 'known' ? `, ${lookup.answer.stage}, retires ${retirement(lookup.answer)}` : '';
  return `${name}@${version}${remark}`;
}

function retirement({ retirementDate, retirementIsEarliest, daysLeft }: LifecycleAnswer): string {
  if (retirementDate === undefined) {
    return 'no date known';
  }
  const when =
    daysLeft === undefined
      ? 'which has passed'
      : daysLeft > 0
        ? `in ${daysLeft} days`
        : daysLeft === 0
          ? 'today'
          : `${-daysLeft} days ago`;
  return `${retirementIsEarliest ? 'not before ' : ''}${retirementDate}, ${when}`;
}
