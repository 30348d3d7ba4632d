import { isJsonObject, JsonObject } from '../../lib/contracts/json-file';
import { compareText } from '../../lib/contracts/text-order';
import {
  AccountPlace,
  accountPlace,
  idKey,
  LiveDeployment,
  liveDeployment,
  LiveInventory,
  UnreadScope,
} from '../../lib/inventory';
import { AccountDeployments } from './account-deployments';
import { AzureSession } from './azure-session';
import { eachBounded } from './bounded';
import { AzureFailure, brokenAnswer } from './errors';
import { failureOf, Question } from './failure';
import { graphRows, GraphScope } from './graph-query';
import { ACCOUNT_GONE, nothingToSee, SUBSCRIPTION_UNSEEN } from './inventory-errors';

/** What is read, and how. */
export interface InventoryQuestion extends GraphScope {
  /** Accounts whose deployments are listed at the same time. */
  readonly concurrency: number;
  /** Told how far reading has come, as part of a sentence. */
  readonly onProgress: (reached: string) => void;
}

const ACCOUNT = 'microsoft.cognitiveservices/accounts';
const DEPLOYMENT = `${ACCOUNT}/deployments`;

/**
 * Deployments are asked for as well: they show accounts that cannot be seen, and stand in for accounts that cannot be listed.
 * Resource Graph follows changes late and deployment by deployment, so that what it knows of an account may be a part.
 *
 * @see https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
 */
const ACCOUNTS_QUERY = `resources
| where type in~ ('${ACCOUNT}', '${DEPLOYMENT}')
| project id, type, location, sku, model = properties.model, versionUpgradeOption = properties.versionUpgradeOption, provisioningState = properties.provisioningState, deploymentState = properties.deploymentState
| order by id asc`;

const SUBSCRIPTIONS_QUERY = `resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project id, subscriptionId
| order by id asc`;

/** Failures that every further request would meet as well. */
const OF_ALL: ReadonlySet<AzureFailure['reason']> = new Set(['sign-in', 'unreachable', 'untrusted', 'elsewhere']);

/** Accounts that give no whole answer in time, before nobody is waited for any more. */
const MOST_SLOW = 5;

interface Account {
  readonly place: AccountPlace;
  readonly location?: string;
}

/** What Resource Graph knows of an account by its deployments. */
interface KnownAccount {
  readonly id: string;
  readonly deployments: readonly LiveDeployment[];
}

/**
 * Every deployment of every account in the scope, as Resource Manager lists them. An account that cannot be listed is told
 * with the reason, and is shown with what Resource Graph knows of it.
 *
 * @throws an `AzureFailure` if the accounts cannot be found, nobody is signed in, or nothing answers
 */
export async function readInventoryOfAzure(session: AzureSession, question: InventoryQuestion): Promise<LiveInventory> {
  const readAt = new Date().toISOString();
  const { managementGroups, onProgress } = question;
  const { subscriptions, rows } = await seen(session, question);
  const accounts: Account[] = [];
  const known = new Map<string, KnownAccount>();
  for (const row of rows.values()) {
    if (String(row.type).toLowerCase() === ACCOUNT) {
      accounts.push(accountOf(row));
    } else {
      const id = accountIdOf(row);
      const before = known.get(idKey(id))?.deployments ?? [];
      known.set(idKey(id), { id, deployments: [...before, ...deploymentOf(row)] });
    }
  }
  accounts.push(...withoutRow(accounts, known));
  const unread = unseenSubscriptions(question, subscriptions, accounts);
  const lister = new AccountDeployments(session);
  let [reached, slow] = [0, 0];
  const lists = await eachBounded(accounts, question.concurrency, async ({ place, location }) => {
    const list = await listed(session, lister, place, location);
    onProgress(`${++reached} of ${accounts.length} accounts`);
    if (!(list instanceof AzureFailure)) {
      return list;
    }
    slow += list.reason === 'too-slow' ? 1 : 0;
    if (slow > MOST_SLOW) {
      throw list;
    }
    unread.push({ id: place.id, reason: list.reason === 'not-found' ? ACCOUNT_GONE : list.message });
    const found = known.get(idKey(place.id))?.deployments ?? [];
    return found.map((each) => (location === undefined ? each : { ...each, location }));
  });
  return {
    readAt,
    cloud: session.cloud,
    subscriptions,
    ...(managementGroups.length > 0 && { managementGroups }),
    accounts: accounts.map(({ place }) => place.id),
    deployments: lists.flat(),
    unread: unread.sort((left, right) => compareText(left.id, right.id)),
  };
}

async function seen(session: AzureSession, { subscriptions, managementGroups, onProgress }: InventoryQuestion) {
  const scope = { subscriptions, managementGroups };
  try {
    const containers = await graphRows(session, SUBSCRIPTIONS_QUERY, scope);
    const rows = await graphRows(session, ACCOUNTS_QUERY, scope, (count) => onProgress(`${count} resources`));
    if (containers.size === 0 && rows.size === 0) {
      throw nothingToSee();
    }
    return { subscriptions: [...containers.values()].map(({ subscriptionId }) => String(subscriptionId)), rows };
  } catch (error) {
    throw failureOf(error, questionOf(session, 'Microsoft.ResourceGraph/resources/read'));
  }
}

/** @throws a failure that every other account would meet as well */
async function listed(
  session: AzureSession,
  lister: AccountDeployments,
  place: AccountPlace,
  location: string | undefined,
): Promise<LiveDeployment[] | AzureFailure> {
  try {
    return await lister.of(place, location);
  } catch (error) {
    const failure = failureOf(error, questionOf(session, 'Microsoft.CognitiveServices/accounts/deployments/read'));
    if (OF_ALL.has(failure.reason)) {
      throw failure;
    }
    return failure;
  }
}

/** Accounts that cannot be seen, of deployments that can. */
function withoutRow(accounts: readonly Account[], known: ReadonlyMap<string, KnownAccount>): Account[] {
  const listed = new Set(accounts.map(({ place }) => idKey(place.id)));
  return [...known].flatMap(([key, { id }]) => {
    const place = listed.has(key) ? undefined : accountPlace(id);
    return place === undefined ? [] : [{ place }];
  });
}

/** Resource Graph answers about what can be seen, and is silent about all else. */
function unseenSubscriptions(
  { subscriptions }: GraphScope,
  answered: readonly string[],
  accounts: readonly Account[],
): UnreadScope[] {
  const seenIds = new Set(
    [...answered, ...accounts.map(({ place }) => place.subscriptionId)].map((id) => id.toLowerCase()),
  );
  return subscriptions
    .filter((id) => !seenIds.has(id.toLowerCase()))
    .map((id) => ({ id: `/subscriptions/${id}`, reason: SUBSCRIPTION_UNSEEN }));
}

function accountOf({ id, location }: JsonObject): Account {
  const place = accountPlace(String(id));
  if (place === undefined) {
    throw brokenAnswer('Resource Graph gave an account with an id that is none');
  }
  return { place, ...(typeof location === 'string' && location !== '' && { location }) };
}

function accountIdOf({ id }: JsonObject): string {
  return String(id).replace(/\/deployments\/[^/]*$/i, '');
}

/**
 * Resource Graph writes the columns of the query where Resource Manager writes properties. A row that cannot be read is no
 * reason to give up: Resource Manager is asked about its account.
 */
function deploymentOf({ id, sku, model, versionUpgradeOption, provisioningState, deploymentState }: JsonObject) {
  const properties = {
    model: isJsonObject(model) ? model : undefined,
    versionUpgradeOption,
    provisioningState,
    deploymentState,
  };
  try {
    return [liveDeployment({ id, sku, properties }, 'Resource Graph')];
  } catch {
    return [];
  }
}

function questionOf({ resourceManager }: AzureSession, permission: string): Question {
  return { resourceManager, permission, advice: 'correct --subscription or --management-group' };
}
