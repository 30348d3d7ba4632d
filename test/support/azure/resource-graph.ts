import { FakeAnswer, FakeRequest, FakeRoute, refusal } from './exchange';

/** A deployment as Resource Manager writes it, its id left out. */
export interface FakeDeployment {
  readonly name: string;
  readonly sku?: unknown;
  readonly properties?: unknown;
}

/** An account of an estate. */
export interface FakeAccount {
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
  readonly location?: string;
  readonly deployments: readonly FakeDeployment[];
  /** Whether Resource Graph knows its deployments, and what of their properties. @default 'none' */
  readonly indexed?: 'none' | 'whole' | 'without-model';
  /** Whether the account itself is kept from whoever asks. @default false */
  readonly isHidden?: boolean;
}

/** What Azure Resource Graph and the listing of deployments answer about some accounts. */
export interface FakeEstate {
  readonly accounts: readonly FakeAccount[];
  /** @default - those of the accounts */
  readonly subscriptions?: readonly string[];
  /** Rows on a page of Resource Graph, and deployments on one of Resource Manager. @default 1000 */
  readonly rowsAPage?: number;
}

const GRAPH = '/providers/Microsoft.ResourceGraph/resources';
const DEPLOYMENTS =
  /^(?<account>\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+)\/deployments$/i;

interface GraphQuestion {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly options?: { readonly $top?: number; readonly $skipToken?: string; readonly resultFormat?: string };
}

export function accountId({ subscription, group, name }: Pick<FakeAccount, 'subscription' | 'group' | 'name'>): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}

/** Answers queries of Resource Graph: what is asked for is read from the query, which has to be one that Azure pages. */
export function graphRoute(estate: FakeEstate): FakeRoute {
  const { accounts, rowsAPage = 1_000 } = estate;
  const subscriptions = estate.subscriptions ?? [...new Set(accounts.map(({ subscription }) => subscription))];
  const rows = accounts.flatMap(rowsOf).sort((left, right) => (left.id < right.id ? -1 : 1));
  const containers = subscriptions.map((id) => ({ id: `/subscriptions/${id}`, subscriptionId: id }));
  return (request) => {
    if (request.method !== 'POST' || request.path !== GRAPH) {
      return undefined;
    }
    if (request.query.get('api-version') !== '2021-06-01-preview') {
      return refusal(400, 'InvalidApiVersionParameter', 'The api-version is invalid.');
    }
    const question = JSON.parse(request.body) as GraphQuestion;
    const all: readonly GraphRow[] = /^resourcecontainers\b/.test(question.query) ? containers : rows;
    const { subscriptions: asked } = question;
    const inScope = all.filter(
      ({ id }) => asked === undefined || asked.some((each) => id.startsWith(`/subscriptions/${each}`)),
    );
    return pageOf(inScope, question, rowsAPage);
  };
}

/** Lists the deployments of accounts. */
export function deploymentsRoute({ accounts, rowsAPage = 1_000 }: FakeEstate): FakeRoute {
  const byId = new Map(accounts.map((account) => [accountId(account).toLowerCase(), account]));
  return ({ method, path, query, origin }) => {
    const id = DEPLOYMENTS.exec(path)?.groups!.account;
    const account = id === undefined ? undefined : byId.get(id.toLowerCase());
    if (method !== 'GET' || account === undefined) {
      return undefined;
    }
    const from = Number(query.get('$skiptoken') ?? 0);
    const value = account.deployments.slice(from, from + rowsAPage).map((deployment) => ({
      id: `${accountId(account)}/deployments/${deployment.name}`,
      type: 'Microsoft.CognitiveServices/accounts/deployments',
      ...deployment,
    }));
    const rest = from + rowsAPage < account.deployments.length;
    const link = `${origin}${path}?api-version=${query.get('api-version')}&$skiptoken=${from + rowsAPage}`;
    return { body: { value, ...(rest && { nextLink: link }) } };
  };
}

/** Answers the first that match with the answer, and lets all others pass. */
export function firstly(times: number, matches: (request: FakeRequest) => boolean, answer: FakeAnswer): FakeRoute {
  let left = times;
  return (request) => (matches(request) && left-- > 0 ? answer : undefined);
}

interface GraphRow {
  readonly id: string;
}

function rowsOf(account: FakeAccount): (GraphRow & Readonly<Record<string, unknown>>)[] {
  const id = accountId(account);
  const { location = 'swedencentral', deployments, indexed = 'none', isHidden = false } = account;
  const known = indexed === 'none' ? [] : deployments;
  return [
    ...(isHidden
      ? []
      : [{ id, type: 'microsoft.cognitiveservices/accounts', location, sku: { name: 'S0' }, model: null }]),
    ...known.map(({ name, sku, properties }) => {
      const { model, versionUpgradeOption } = (properties ?? {}) as Readonly<Record<string, unknown>>;
      return {
        id: `${id}/deployments/${name}`,
        type: 'microsoft.cognitiveservices/accounts/deployments',
        location: '',
        sku,
        model: indexed === 'whole' ? model : null,
        versionUpgradeOption,
        provisioningState: 'Succeeded',
      };
    }),
  ];
}

function pageOf(rows: readonly GraphRow[], { query, options = {} }: GraphQuestion, rowsAPage: number): FakeAnswer {
  const { $top = 100, $skipToken, resultFormat } = options;
  if (resultFormat !== 'objectArray') {
    return refusal(400, 'BadRequest', 'Please provide below info when asking for support.');
  }
  const from = $skipToken === undefined ? 0 : Number(Buffer.from($skipToken, 'base64').toString());
  const size = Math.min($top, rowsAPage);
  const data = rows.slice(from, from + size);
  const isPaged = /\| project id\b/.test(query) && /\| order by id asc$/.test(query);
  const hasMore = from + size < rows.length;
  return {
    headers: { 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' },
    body: {
      totalRecords: rows.length,
      count: data.length,
      data,
      facets: [],
      resultTruncated: String(hasMore && !isPaged),
      ...(hasMore && isPaged && { $skipToken: Buffer.from(String(from + size)).toString('base64') }),
    },
  };
}
