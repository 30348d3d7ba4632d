import { Command, InvalidArgumentError } from 'commander';

/** Options that say which Azure is asked, besides the cloud. */
export interface AzureOptions {
  readonly resourceManager?: string;
  readonly timeout: number;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Adds the options that say which Azure is asked, besides the cloud. */
export function withAzureOptions(command: Command): Command {
  return command
    .option(
      '--resource-manager <url>',
      'address of another Azure Resource Manager (default: that of the cloud)',
      resourceManager,
    )
    .option('--timeout <seconds>', 'time that one answer of Azure may take', seconds, 60);
}

/** The id of a subscription. */
export function subscriptionId(text: string): string {
  if (!GUID.test(text)) {
    throw new InvalidArgumentError("give its id, which 'az account show --query id' prints, and not its name.");
  }
  return text.toLowerCase();
}

function resourceManager(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new InvalidArgumentError(
      "give an address that begins with https:// and has no path, for instance 'https://management.azure.com'.",
    );
  }
  return url.origin;
}

function seconds(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new InvalidArgumentError('give a whole number of seconds, from 1 to 9999.');
  }
  return Number(text);
}
