import { Command, InvalidArgumentError, Option } from 'commander';
import { AzureOptions, subscriptionId, withAzureOptions } from './azure-options';
import { formatOption } from './format-option';
import { JudgementOptions, withWeighingOptions } from './judgement-options';
import { withKnowledgeOptions } from './options';

export const INVENTORY_FORMATS = ['text', 'markdown', 'json', 'csv'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

/** Options of `inventory`. */
export interface InventoryOptions extends Omit<JudgementOptions, 'format'>, AzureOptions {
  readonly all?: boolean;
  readonly subscription: readonly string[];
  readonly managementGroup: readonly string[];
  readonly concurrency: number;
  readonly from?: string;
  readonly save?: string;
  readonly allowIncomplete?: boolean;
}

/** More at once than that is throttled: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const MOST_AT_ONCE = 32;
const AT_ONCE = 8;

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagement */
const MANAGEMENT_GROUP = /^[\w.()-]{1,90}$/;

/** Adds what can be said of what is read, what it is judged with, and what becomes of the report. */
export function withInventoryOptions(command: Command): Command {
  const reading = withAzureOptions(withKnowledgeOptions(command))
    .addOption(
      new Option('--subscription <id...>', 'subscriptions to read (default: all that the credential sees)')
        .argParser((text, before: readonly string[] = []) => [...before, subscriptionId(text)])
        .default([], 'all'),
    )
    .addOption(
      new Option('--management-group <name...>', 'management groups to read, all subscriptions below them')
        .argParser(managementGroup)
        .default([], 'none')
        .conflicts('subscription'),
    )
    .option('--concurrency <number>', `accounts to list at once, 1 to ${MOST_AT_ONCE}`, atOnce, AT_ONCE)
    .addOption(
      new Option('--from <file>', 'inventory that --save wrote, instead of Azure').conflicts([
        'subscription',
        'managementGroup',
        'resourceManager',
        'save',
      ]),
    )
    .option('--save <file>', 'write what was read of Azure, for --from')
    .option('--allow-incomplete', 'accounts that cannot be read are listed, and do not end the run with 2')
    .option(
      '--format <format[=file]>',
      `${INVENTORY_FORMATS.join(', ')}; to standard output or a file; repeatable (default: text)`,
      formatOption(INVENTORY_FORMATS),
    )
    .option('--all', 'list deployments of which there is nothing to say as well');
  return withWeighingOptions(reading).addHelpText(
    'after',
    '\nExit codes: 0 clean, 1 findings, 2 usage, input, or Azure not read in full, 3 stale catalogue under --require-fresh',
  );
}

function managementGroup(text: string, before: readonly string[] = []): string[] {
  if (!MANAGEMENT_GROUP.test(text)) {
    throw new InvalidArgumentError(
      "give the name of a management group, as 'az account management-group list' shows it.",
    );
  }
  return [...before, text];
}

function atOnce(text: string): number {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > MOST_AT_ONCE) {
    throw new InvalidArgumentError(`give a whole number, 1 to ${MOST_AT_ONCE}.`);
  }
  return number;
}
