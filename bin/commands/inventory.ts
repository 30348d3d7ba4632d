import { Command } from 'commander';
import { STALE_AFTER_DAYS } from '../../lib/catalog/catalog-age';
import { judgementDate } from '../../lib/contracts/as-of';
import { daysBetween } from '../../lib/contracts/calendar-date';
import { readJsonFile } from '../../lib/contracts/json-file';
import { inventoryDocument, LiveInventory, readInventory } from '../../lib/inventory';
import { inventoryCsv } from '../../lib/report/inventory-csv';
import { inventoryJson } from '../../lib/report/inventory-json';
import { inventoryMarkdown } from '../../lib/report/inventory-markdown';
import { inventoryText } from '../../lib/report/inventory-text';
import { jsonText } from '../../lib/report/json-text';
import { inventoryReport } from '../../lib/review/inventory-rows';
import { isStale } from '../../lib/rules/failing';
import { resolveSettings } from '../../lib/rules/settings';
import { requireSeverities } from '../../lib/rules/severities';
import { readWaiverFile } from '../../lib/rules/waiver-file';
import { settledOptions } from '../configuration/settled-options';
import { DEPLOYMENT_INPUTS, NO_LITERALS, readDeploymentInput } from './deployment-inputs';
import { deviationsOf } from './deviations';
import { EXIT_CLEAN, EXIT_STALE, EXIT_USAGE, exitCodeOf } from './exit-code';
import { FormatOutput, writeOutputs } from './format-option';
import { requireDistinct } from './input-source';
import {
  incompleteInventory,
  inventoryNotJson,
  inventoryOfOtherCloud,
  inventoryUnreadable,
  oldInventory,
} from './inventory-errors';
import { InventoryFormat, InventoryOptions, withInventoryOptions } from './inventory-options';
import { JudgedInput } from './judged-input';
import { requireNamedFiles } from './named-files';
import { catalogOf, thresholdNames } from './options';
import { ProgressLine, standardError } from './progress-line';
import { requireDistinctOutputs } from './report-outputs';
import { terminalLook } from './terminal';
import { writeWholeFile } from './whole-file';

type Outputs = readonly FormatOutput<InventoryFormat>[];

/** `model-lifecycle inventory`: what runs on Azure, what of it ends, and what of it no code declares. */
export function inventoryCommand(): Command {
  const command = new Command('inventory')
    .description('deployments across subscriptions of Azure: what ends, and what code declares otherwise or not at all')
    .argument('[input...]', `code to compare with: ${DEPLOYMENT_INPUTS}`);
  return withInventoryOptions(command).action(
    async (inputs: string[], given: { readonly format?: Outputs }, self: Command) => {
      // The formats of a configuration file are those of reports.
      const outputs = given.format ?? [{ format: 'text' as const }];
      process.exitCode = await inventory(inputs, outputs, await settledOptions<InventoryOptions>(self));
    },
  );
}

async function inventory(sources: readonly string[], outputs: Outputs, options: InventoryOptions): Promise<number> {
  const { from, save, warnDays, failDays, severity: severities = {}, unknown, all, failOn, quiet } = options;
  const { requireFresh = false, allowIncomplete = false } = options;
  requireDistinct(sources);
  const saved = save === undefined ? [] : [{ format: 'inventory', file: save }];
  requireDistinctOutputs([...outputs, ...saved], { inputs: [...sources, ...(from === undefined ? [] : [from])] });
  const judgement = judgementDate(options.asOf, '--as-of');
  const settings = resolveSettings({ warnDays, failDays }, thresholdNames(options));
  requireSeverities(severities, '--severity');
  requireNamedFiles({ ...options, baseline: undefined });
  const catalog = catalogOf(options);
  const waivers = options.waivers.flatMap((file) => readWaiverFile(file));
  const reading = { command: 'inventory', literals: NO_LITERALS, ...(!quiet && { progress: standardError() }) };
  const inputs: JudgedInput[] = [];
  for (const source of sources) {
    inputs.push(...(await readDeploymentInput(source, reading)));
  }
  const live = from === undefined ? await askAzure(options) : savedInventory(from, options);
  if (save !== undefined) {
    writeWholeFile(save, jsonText(inventoryDocument(live)));
  }
  const found = inventoryReport({
    inventory: live,
    inputs,
    catalog,
    judgement,
    settings,
    severities,
    waivers,
    unknown,
    all,
  });
  const report = {
    ...found,
    deviations: [...deviationsOf(options), ...(allowIncomplete ? ['what cannot be read is only listed'] : [])],
  };
  const shown = quiet ? outputs.filter(({ file }) => file !== undefined) : outputs;
  writeOutputs(shown, (format, isPrinted) => {
    switch (format) {
      case 'text':
        return inventoryText(report, isPrinted ? terminalLook(options) : {});
      case 'markdown':
        return inventoryMarkdown(report);
      case 'json':
        return inventoryJson(report);
      case 'csv':
        return inventoryCsv(report);
    }
  });
  for (const { message, fix } of requireFresh && !quiet ? report.findings.filter(isStale) : []) {
    process.stderr.write(`model-lifecycle: ${message}; ${fix}\n`);
  }
  if (live.unread.length > 0 && !allowIncomplete) {
    process.stderr.write(`model-lifecycle: ${incompleteInventory(live.unread.length)}\n`);
    return EXIT_USAGE;
  }
  const readOn = live.readAt.slice(0, 10);
  const age = from === undefined ? 0 : daysBetween(readOn, judgement.asOf);
  const code = exitCodeOf(report.findings, failOn, requireFresh);
  if (from !== undefined && requireFresh && age > STALE_AFTER_DAYS) {
    process.stderr.write(`model-lifecycle: ${oldInventory(from, readOn, age)}\n`);
    return code === EXIT_CLEAN ? EXIT_STALE : code;
  }
  return code;
}

async function askAzure(options: InventoryOptions): Promise<LiveInventory> {
  const { subscription, managementGroup, cloud, resourceManager, timeout, concurrency, quiet } = options;
  /* eslint-disable @typescript-eslint/no-require-imports -- the SDK is loaded when Azure is asked, see tools/command-line-bundle.mjs */
  const { openSession } = require('../azure/azure-session') as typeof import('../azure/azure-session');
  const { readInventoryOfAzure } = require('../azure/inventory-reading') as typeof import('../azure/inventory-reading');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const progress = quiet ? undefined : new ProgressLine(standardError());
  let reached = '';
  const show = () => progress?.show(() => `asking Azure: ${reached === '' ? 'no answer yet' : reached}`);
  // By the clock as well: whoever waits because Azure is busy is told so.
  const timer = setInterval(show, 250);
  try {
    return await readInventoryOfAzure(openSession({ cloud, resourceManager, timeout }), {
      subscriptions: [...new Set(subscription)],
      managementGroups: [...new Set(managementGroup)],
      concurrency,
      onProgress: (text) => {
        reached = text;
        show();
      },
    });
  } finally {
    clearInterval(timer);
    progress?.end();
  }
}

/** @throws if the file is no inventory, or one of another cloud than the one whose dates apply */
function savedInventory(file: string, { cloud }: InventoryOptions): LiveInventory {
  const document = readJsonFile(file, { unreadable: inventoryUnreadable, notJson: inventoryNotJson });
  const saved = readInventory(document, file);
  if (saved.cloud !== cloud) {
    throw inventoryOfOtherCloud(file, saved.cloud);
  }
  return saved;
}
