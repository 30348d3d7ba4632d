import { setTimeout as wait } from 'node:timers/promises';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { isJsonObject, JsonObject } from '../../lib/contracts/json-file';
import { AzureSession } from './azure-session';
import { brokenAnswer, neverEnds } from './errors';
import { notAllSubscriptions, resultTruncated } from './inventory-errors';
import { jsonOf } from './json-answer';

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data */
const ROWS_A_PAGE = 1_000;

/** Groups of fewer than 300 are advised: https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
const SUBSCRIPTIONS_A_QUERY = 250;

/** https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
const GROUPS_A_QUERY = 10;

/** Ten million rows; what has more goes on for ever. */
const MOST_PAGES = 10_000;

/** Longest wait for the quota of queries, which is counted in windows of five seconds. */
const LONGEST_WAIT = 60;

/** Rows can be lost between two pages while resources come and go; then all is asked for once more. */
const ATTEMPTS = 2;

/** What of Azure is asked for: all that the credential sees where both are empty. */
export interface GraphScope {
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
}

interface GraphPage {
  readonly rows: readonly JsonObject[];
  readonly total: number;
  readonly skipToken?: string;
}

/**
 * All rows of a query of Azure Resource Graph, each id once.
 *
 * @param query has to give the column `id` and to be ordered by it: without that, Azure does not page
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/paging-results
 */
export async function graphRows(
  { credential, clientOptions, resourceManager }: AzureSession,
  query: string,
  scope: GraphScope,
  onRows: (rows: number) => void = () => {},
): Promise<ReadonlyMap<string, JsonObject>> {
  const client = new ResourceGraphClient(credential, { ...clientOptions, $host: resourceManager });
  const rows = new Map<string, JsonObject>();
  for (const part of partsOf(scope)) {
    for (const [id, row] of await rowsOf(client, query, part, (count) => onRows(rows.size + count))) {
      rows.set(id, row);
    }
  }
  return rows;
}

/** As many at once as a query takes. */
function partsOf({ subscriptions, managementGroups }: GraphScope): Partial<GraphScope>[] {
  if (subscriptions.length > 0) {
    return chunks(subscriptions, SUBSCRIPTIONS_A_QUERY).map((part) => ({ subscriptions: part }));
  }
  return managementGroups.length === 0
    ? [{}]
    : chunks(managementGroups, GROUPS_A_QUERY).map((part) => ({ managementGroups: part }));
}

async function rowsOf(
  client: ResourceGraphClient,
  query: string,
  scope: Partial<GraphScope>,
  onRows: (rows: number) => void,
): Promise<ReadonlyMap<string, JsonObject>> {
  for (let attempt = 1; ; attempt++) {
    const rows = new Map<string, JsonObject>();
    let total = 0;
    for await (const page of pagesOf(client, query, scope)) {
      page.rows.forEach((row) => rows.set(String(row.id).toLowerCase(), row));
      total = page.total;
      onRows(rows.size);
    }
    if (rows.size >= total) {
      return rows;
    }
    if (attempt === ATTEMPTS) {
      throw brokenAnswer(`Resource Graph counts ${total} resources and gave ${rows.size}`);
    }
  }
}

async function* pagesOf(client: ResourceGraphClient, query: string, scope: Partial<GraphScope>) {
  const seen = new Set<string>();
  let skipToken: string | undefined;
  do {
    const page: GraphPage = await pageOf(client, query, scope, skipToken);
    yield page;
    skipToken = page.skipToken;
    if (skipToken !== undefined && (seen.has(skipToken) || seen.size >= MOST_PAGES)) {
      throw neverEnds(seen.size + 1);
    }
    seen.add(skipToken ?? '');
  } while (skipToken !== undefined);
}

async function pageOf(
  client: ResourceGraphClient,
  query: string,
  { subscriptions, managementGroups }: Partial<GraphScope>,
  skipToken: string | undefined,
): Promise<GraphPage> {
  let answer: unknown;
  let pause = 0;
  await client.resources(
    {
      query,
      ...(subscriptions && { subscriptions: [...subscriptions] }),
      ...(managementGroups && { managementGroups: [...managementGroups] }),
      options: { resultFormat: 'objectArray', top: ROWS_A_PAGE, ...(skipToken !== undefined && { skipToken }) },
    },
    {
      // The SDK takes the rows for a dictionary, as its description of the service does.
      requestOptions: { shouldDeserialize: ({ status }) => status !== 200 },
      onResponse: ({ status, bodyAsText, headers }) => {
        if (status === 200) {
          answer = jsonOf(bodyAsText ?? '');
          pause = pauseOf(headers.get('x-ms-user-quota-remaining'), headers.get('x-ms-user-quota-resets-after'));
          if (headers.get('x-ms-tenant-subscription-limit-hit')?.toLowerCase() === 'true') {
            throw notAllSubscriptions();
          }
        }
      },
    },
  );
  const page = pageIn(answer);
  if (page.skipToken !== undefined && pause > 0) {
    await wait(1_000 * pause);
  }
  return page;
}

function pageIn(answer: unknown): GraphPage {
  const { data, totalRecords, resultTruncated: truncated, $skipToken: next } = isJsonObject(answer) ? answer : {};
  if (!Array.isArray(data) || typeof totalRecords !== 'number') {
    throw brokenAnswer('it is no result of Resource Graph');
  }
  const rows = data.filter((row): row is JsonObject => isJsonObject(row) && typeof row.id === 'string');
  if (rows.length < data.length) {
    throw brokenAnswer('a row of Resource Graph has no id');
  }
  const skipToken = typeof next === 'string' && next !== '' ? next : undefined;
  // Written as a text by the service, as a boolean in its documentation.
  if (String(truncated).toLowerCase() === 'true' && skipToken === undefined) {
    throw resultTruncated(rows.length, totalRecords);
  }
  return { rows, total: totalRecords, ...(skipToken !== undefined && { skipToken }) };
}

/** Seconds until there is quota again, where the last of it is used up; the header is `hh:mm:ss`. */
function pauseOf(remaining: string | undefined, resetsAfter: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(resetsAfter ?? '') ?? [];
  return remaining !== '0' || hours === undefined
    ? 0
    : Math.min(LONGEST_WAIT, 3_600 * Number(hours) + 60 * Number(minutes) + Number(seconds));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
