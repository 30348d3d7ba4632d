import { isJsonObject, JsonObject } from '../contracts/json-file';
import { quoted } from '../contracts/printable';
import { accountPlace, idKey } from './account-id';
import { liveDeployment } from './arm-deployment';
import { badInventory } from './errors';
import { LiveDeployment, LiveInventory, UnreadScope } from './live-deployment';

const SCHEMA_VERSION = 1;

const READ_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** An inventory as a document that `readInventory` reads back; deployments in ARM's own shape. */
export function inventoryDocument(inventory: LiveInventory): JsonObject {
  const { deployments, ...rest } = inventory;
  return { schemaVersion: SCHEMA_VERSION, ...rest, deployments: deployments.map(armShape) };
}

/** @param source what errors call the document. @throws if it is no inventory; every problem is named at once */
export function readInventory(document: unknown, source: string): LiveInventory {
  if (!isJsonObject(document) || document.schemaVersion !== SCHEMA_VERSION) {
    const given = isJsonObject(document) ? quoted(document.schemaVersion) : 'missing';
    throw badInventory(source, [`schemaVersion is ${given}; this version reads ${SCHEMA_VERSION}`]);
  }
  const problems: string[] = [];
  const { readAt, cloud } = document;
  if (typeof readAt !== 'string' || !READ_AT.test(readAt)) {
    problems.push(`readAt is ${quoted(readAt)}; allowed is a time in UTC such as 2026-11-21T09:00:00Z`);
  }
  if (cloud !== 'public' && cloud !== 'usgovernment') {
    problems.push(`cloud is ${quoted(cloud)}; allowed are public and usgovernment`);
  }
  const subscriptions = texts(document, 'subscriptions', problems) ?? [];
  const managementGroups = texts(document, 'managementGroups', problems);
  const accounts = texts(document, 'accounts', problems) ?? [];
  problems.push(
    ...accounts
      .filter((id) => accountPlace(id) === undefined)
      .map((id) => `accounts holds ${quoted(id)}, no account id`),
  );
  const known = new Set(accounts.map(idKey));
  const deployments = deploymentsOf(document, source, known, problems);
  const unread = unreadOf(document, problems);
  if (problems.length > 0) {
    throw badInventory(source, problems.slice(0, 20));
  }
  return {
    readAt: readAt as string,
    cloud: cloud as LiveInventory['cloud'],
    subscriptions,
    ...(managementGroups && { managementGroups }),
    accounts,
    deployments,
    unread,
  };
}

function armShape({
  id,
  location,
  model,
  sku,
  versionUpgradeOption,
  provisioningState,
  deploymentState,
}: LiveDeployment) {
  return {
    id,
    ...(location !== undefined && { location }),
    ...(sku && { sku }),
    properties: {
      ...(model && { model }),
      ...(versionUpgradeOption !== undefined && { versionUpgradeOption }),
      ...(provisioningState !== undefined && { provisioningState }),
      ...(deploymentState !== undefined && { deploymentState }),
    },
  };
}

function deploymentsOf(
  document: JsonObject,
  source: string,
  accounts: ReadonlySet<string>,
  problems: string[],
): LiveDeployment[] {
  const seen = new Set<string>();
  return listOf(document, 'deployments', problems).flatMap((value, index) => {
    try {
      const location = isJsonObject(value) && typeof value.location === 'string' ? value.location : undefined;
      const live = liveDeployment(value, `deployments[${index}] of ${quoted(source)}`, location);
      const key = idKey(live.id);
      if (!accounts.has(idKey(live.accountId)) || seen.has(key)) {
        problems.push(`deployments[${index}] is ${seen.has(key) ? 'there twice' : 'of an account that is not listed'}`);
      }
      seen.add(key);
      return [live];
    } catch (error) {
      problems.push((error as Error).message.replace(/; ask again[^;]*$/, ''));
      return [];
    }
  });
}

function unreadOf(document: JsonObject, problems: string[]): UnreadScope[] {
  return listOf(document, 'unread', problems).flatMap((value, index) => {
    const { id, reason } = isJsonObject(value) ? value : ({} as JsonObject);
    if (typeof id !== 'string' || typeof reason !== 'string') {
      problems.push(`unread[${index}] is ${quoted(value)}; give id and reason`);
      return [];
    }
    return [{ id, reason }];
  });
}

function texts(document: JsonObject, key: string, problems: string[]): readonly string[] | undefined {
  const value = document[key];
  if (value === undefined && key === 'managementGroups') {
    return undefined;
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    problems.push(`${key} is ${quoted(value)}; give a list of texts`);
    return undefined;
  }
  return value;
}

function listOf(document: JsonObject, key: string, problems: string[]): readonly unknown[] {
  const value = document[key];
  if (!Array.isArray(value)) {
    problems.push(`${key} is ${quoted(value)}; give a list`);
    return [];
  }
  return value;
}
