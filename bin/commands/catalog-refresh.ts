import { Command, InvalidArgumentError, Option } from 'commander';
import { calendarDateOf } from '../../lib/contracts/calendar-date';
import { counted } from '../../lib/contracts/counted';
import { regionOf } from '../../lib/model-list';
import type { RegionAnswer } from '../azure/model-lists';
import { AzureOptions, subscriptionId, withAzureOptions } from './azure-options';
import { RegionCount } from './catalog-import-report';
import { makeCatalog, MakingOptions, requireOutputs, withMakingOptions, withOutOption } from './catalog-making';
import { listsNotRead } from './errors';
import { requireEmptyFolder, savePages } from './list-pages';
import { ProgressLine, standardError } from './progress-line';
import { requireFolderOf } from './whole-file';

/** The newest api-version whose answers were seen; it says scope and stage of every SKU. */
const API_VERSION = '2026-09-01';

interface RefreshOptions extends MakingOptions, AzureOptions {
  readonly subscription: string;
  readonly location: readonly string[];
  readonly apiVersion: string;
  readonly savePages?: string;
  readonly quiet?: boolean;
}

/** `model-lifecycle catalog refresh`: a catalogue from what Azure lists now. */
export function catalogRefreshCommand(): Command {
  const command = new Command('refresh')
    .description('a catalogue from what Azure lists now')
    .addOption(
      new Option('--subscription <id>', 'subscription that is asked')
        .env('AZURE_SUBSCRIPTION_ID')
        .argParser(subscriptionId),
    )
    .addOption(
      new Option('--location <region...>', 'regions whose models are listed').argParser(
        (text, before: readonly string[] = []) => [...new Set([...before, region(text)])],
      ),
    );
  withOutOption(command)
    .option('--save-pages <folder>', 'new folder for the answers as they come')
    .option('--api-version <version>', 'of the list', apiVersion, API_VERSION)
    .option('--quiet', 'no progress on standard error');
  withAzureOptions(command);
  return withMakingOptions(command, 'cloud that is asked').action((options: Partial<RefreshOptions>, self: Command) => {
    requireQuestion(options, self);
    return runRefresh(options as RefreshOptions);
  });
}

/** Names all that is missing at once; commander would name one option at a time, and not where to get it. */
function requireQuestion({ subscription, location = [], cloud }: Partial<RefreshOptions>, command: Command): void {
  const missing = [
    ...(subscription === undefined
      ? [
          [
            '--subscription <id>',
            "set AZURE_SUBSCRIPTION_ID or give what 'az account show --query id --output tsv' prints",
          ],
        ]
      : []),
    ...(location.length === 0
      ? [['--location <region...>', 'name the regions that you deploy in, for instance eastus2']]
      : []),
  ];
  const stranger = location.find((name) => isOfGovernment(name) !== (cloud === 'usgovernment'));
  if (stranger !== undefined) {
    const others = cloud === 'public' ? '--cloud usgovernment' : '--cloud public';
    command.error(
      `error: option '--location <region...>' names '${stranger}', which --cloud ${cloud} does not have; give ${others} for it`,
    );
  }
  if (missing.length > 0) {
    const names = missing.map(([name]) => `'${name}'`).join(' and ');
    const advice = missing.map(([, what]) => what).join('; ');
    command.error(`error: required option${missing.length === 1 ? '' : 's'} ${names} not specified; ${advice}`);
  }
}

async function runRefresh(options: RefreshOptions): Promise<void> {
  requireOutputs(options);
  if (options.out !== undefined) {
    requireFolderOf(options.out);
  }
  if (options.savePages !== undefined) {
    requireEmptyFolder(options.savePages);
  }
  const listedOn = calendarDateOf(new Date());
  const answers = await askAzure(options);
  if (options.savePages !== undefined) {
    savePages(options.savePages, answers);
  }
  const isAnyListed = answers.some((answer) => countOf(answer).rows > 0);
  const outcomes = answers.map((answer) => ({ ...countOf(answer), problem: problemOf(answer, isAnyListed) }));
  if (outcomes.some(({ problem }) => problem !== undefined)) {
    throw listsNotRead(outcomes);
  }
  const pages = answers.flatMap((answer) => answer.pages);
  makeCatalog(pages, { listedOn, isAssumed: false }, options, answers.map(countOf));
}

async function askAzure(options: RefreshOptions): Promise<RegionAnswer[]> {
  const { subscription, location, apiVersion, cloud, resourceManager, timeout, quiet } = options;
  /* eslint-disable @typescript-eslint/no-require-imports -- the SDK is loaded when Azure is asked, see tools/command-line-bundle.mjs */
  const { openSession } = require('../azure/azure-session') as typeof import('../azure/azure-session');
  const { askModelLists } = require('../azure/model-lists') as typeof import('../azure/model-lists');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const progress = quiet ? undefined : new ProgressLine(standardError());
  let pages = 0;
  const show = () =>
    progress?.show(() => `asking Azure: ${counted(pages, 'page')} of ${counted(location.length, 'region')}`);
  // By the clock as well: whoever waits because Azure is busy is told so.
  const timer = setInterval(show, 250);
  try {
    const session = openSession({ cloud, resourceManager, timeout });
    return await askModelLists(session, {
      subscription,
      regions: location,
      apiVersion,
      onPage: (all) => {
        pages = all;
      },
    });
  } finally {
    clearInterval(timer);
    progress?.end();
  }
}

function countOf({ region: name, pages }: RegionAnswer): RegionCount {
  return {
    region: name,
    pages: pages.length,
    rows: pages.reduce((sum, page) => sum + page.models.length + page.skipped.length, 0),
  };
}

/** @param isAnyListed whether another region lists models; where none does, whoever makes the catalogue refuses */
function problemOf(answer: RegionAnswer, isAnyListed: boolean): string | undefined {
  const { pages, failure } = answer;
  if (failure === undefined && isAnyListed && countOf(answer).rows === 0) {
    return 'Azure lists no model there, which would pass for a region that has none; correct --location, or leave the region out';
  }
  return failure && `${pages.length === 0 ? '' : `page ${pages.length + 1}: `}${failure.message}`;
}

function region(text: string): string {
  const name = regionOf(text);
  if (name === undefined) {
    throw new InvalidArgumentError('write a region as Azure names it, for instance eastus2.');
  }
  return name;
}

/** What a list of such a region says is filed under that cloud, whichever was asked. */
function isOfGovernment(name: string): boolean {
  return name.startsWith('usgov') || name.startsWith('usdod');
}

function apiVersion(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}(?:-preview)?$/.test(text)) {
    throw new InvalidArgumentError(`write an api-version as Azure does, for instance ${API_VERSION}.`);
  }
  return text;
}
