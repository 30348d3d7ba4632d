import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/inventory-report.schema.json';
import savedSchema from '../../lib/report/data/inventory.schema.json';
import { CommandProcess } from '../support/azure/command-process';
import { FakeRequest, FakeRoute, refusal } from '../support/azure/exchange';
import { FakeAzure } from '../support/azure/fake-azure';
import { CLIENT_SECRET } from '../support/azure/fake-entra';
import {
  accountId,
  deploymentsRoute,
  FakeAccount,
  FakeDeployment,
  FakeEstate,
  firstly,
  graphRoute,
} from '../support/azure/resource-graph';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const ONE = 'aaaaaaaa-0000-4000-8000-000000000001';
const TWO = 'aaaaaaaa-0000-4000-8000-000000000002';

let azure: FakeAzure;
let command: CommandProcess;
let folder: string;
beforeAll(async () => {
  azure = await FakeAzure.start();
  command = CommandProcess.start(azure.environment);
  folder = mkdtempSync(join(tmpdir(), 'inventory-'));
});
afterEach(() => azure.reset());
afterAll(async () => {
  await command.stop();
  await azure.stop();
  rmSync(folder, { recursive: true });
});

function deployment(name: string, model = 'gpt-6-sol', version = '2026-09-22'): FakeDeployment {
  return {
    name,
    sku: { name: 'GlobalStandard', capacity: 10 },
    properties: {
      model: { format: 'OpenAI', name: model, version },
      versionUpgradeOption: 'NoAutoUpgrade',
      provisioningState: 'Succeeded',
    },
  };
}

function account(name: string, deployments: readonly FakeDeployment[], given: Partial<FakeAccount> = {}): FakeAccount {
  return { subscription: ONE, group: 'rg-models', name, deployments, ...given };
}

function serve(estate: FakeEstate, ...before: FakeRoute[]): void {
  azure.route(...before, graphRoute(estate), deploymentsRoute(estate));
}

interface Report {
  readonly azure: {
    readonly subscriptions: readonly string[];
    readonly accountCount: number;
    readonly isComplete: boolean;
  };
  readonly rows: readonly { readonly deployment: string; readonly [key: string]: unknown }[];
  readonly unread: readonly { readonly id: string; readonly reason: string }[];
}

async function inventory(...args: string[]) {
  const given = ['inventory', '--resource-manager', azure.origin, '--as-of', '2026-11-21', '--no-config', ...args];
  const { status, stdout, stderr } = await command.run([...given, '--format', 'json']);
  for (const secret of [CLIENT_SECRET, ...azure.entra.tokens]) {
    expect(stdout + stderr).not.toContain(secret);
  }
  const report = (stdout === '' ? undefined : JSON.parse(stdout)) as Report;
  expect([report === undefined || validate(report), validate.errors ?? null]).toEqual([true, null]);
  return { status, stderr, report };
}

const namesOf = ({ rows }: Report) => rows.map((row) => row.deployment).sort();
const isGraph = ({ path }: FakeRequest) => path.startsWith('/providers/Microsoft.ResourceGraph');
const isListing = ({ path }: FakeRequest) => path.endsWith('/deployments');
const countOf = (matches: (request: FakeRequest) => boolean) => azure.requests.filter(matches).length;

describe('model-lifecycle inventory, from Azure', () => {
  test('lists accounts by Resource Graph and their deployments by Resource Manager, over pages of both', async () => {
    serve({
      rowsAPage: 2,
      accounts: [
        account('a', [deployment('one'), deployment('two'), deployment('three')]),
        account('b', [deployment('four', 'gpt-35-turbo', '0613')], { subscription: TWO, location: 'eastus2' }),
        account('empty', []),
      ],
    });
    const { status, stderr, report } = await inventory('--all');
    expect([status, stderr]).toEqual([1, '']);
    expect(namesOf(report)).toEqual(['four', 'one', 'three', 'two']);
    expect(report.azure).toMatchObject({ subscriptions: [ONE, TWO], accountCount: 3, isComplete: true });
    expect(report.rows[0]).toMatchObject({
      id: `${accountId({ subscription: TWO, group: 'rg-models', name: 'b' })}/deployments/four`,
      subscriptionId: TWO,
      account: 'b',
      region: 'eastus2',
      state: 'retired',
      model: { name: 'gpt-35-turbo', version: '0613', sku: 'GlobalStandard', capacity: 10 },
      declared: 'not-compared',
    });
  });

  test('lists every account, however much of it Resource Graph knows', async () => {
    const accounts = [
      account('whole', [deployment('one')], { indexed: 'whole' }),
      account('partly', [deployment('two')], { indexed: 'without-model' }),
      account('unknown', [deployment('three')]),
    ];
    // Made since Resource Graph looked, and upgraded since.
    const now = [deployment('one', 'gpt-35-turbo', '0613'), deployment('lost', 'gpt-35-turbo', '0613')];
    azure.route(
      graphRoute({ accounts }),
      deploymentsRoute({ accounts: [account('whole', now), ...accounts.slice(1)] }),
    );
    const { report } = await inventory('--all');
    expect(namesOf(report)).toEqual(['lost', 'one', 'three', 'two']);
    expect(report.rows.find((row) => row.deployment === 'one')).toMatchObject({
      region: 'swedencentral',
      model: { name: 'gpt-35-turbo', version: '0613' },
    });
    expect(
      azure.requests
        .filter(isListing)
        .map(({ path }) => path.split('/').at(-2))
        .sort(),
    ).toEqual(['partly', 'unknown', 'whole']);
  });

  test('shows what Resource Graph knows of an account that cannot be listed, and that it may be a part', async () => {
    const accounts = [account('a', [deployment('one')], { indexed: 'whole' })];
    serve({ accounts }, (request) => (isListing(request) ? refusal(403, 'AuthorizationFailed', 'no') : undefined));
    const { status, report } = await inventory('--all');
    expect([status, namesOf(report), report.azure.isComplete]).toEqual([2, ['one'], false]);
    expect(report.unread.map(({ id }) => id)).toEqual([accountId(accounts[0]!)]);
  });

  test('a row of Resource Graph that cannot be read keeps no account from being listed', async () => {
    const odd = { ...deployment('one'), sku: 'S0' } as unknown as FakeDeployment;
    const seen = [account('a', [odd], { indexed: 'whole', isHidden: true }), account('b', [deployment('two')])];
    const listed = [account('a', [deployment('one')]), seen[1]!];
    azure.route(graphRoute({ accounts: seen }), deploymentsRoute({ accounts: listed }));
    const { status, report } = await inventory('--all');
    expect([status, namesOf(report), report.azure.isComplete]).toEqual([0, ['one', 'two'], true]);
  });

  const stalled =
    (names: RegExp): FakeRoute =>
    (request) =>
      isListing(request) && names.test(request.path) ? { body: { value: [] }, cutAfter: 5, stalls: true } : undefined;

  test('an account that gives no whole answer in time is told, and keeps no other from being listed', async () => {
    serve({ accounts: ['a', 'b', 'c'].map((name) => account(name, [deployment(name)])) }, stalled(/\/b\/dep/));
    const { status, report } = await inventory('--all', '--timeout', '1');
    expect([status, namesOf(report)]).toEqual([2, ['a', 'c']]);
    expect(report.unread.map(({ reason }) => reason)).toEqual([
      'no whole answer within 1 second; run again, or allow more with --timeout',
    ]);
  });

  test('nobody is waited for any more where the sixth account gives none', async () => {
    const accounts = Array.from({ length: 30 }, (_, index) => account(`slow-${index}`, []));
    serve({ accounts }, stalled(/slow/));
    const { status, stderr, report } = await inventory('--timeout', '1', '--concurrency', '6');
    expect([status, report, countOf(isListing)]).toEqual([2, undefined, 6]);
    expect(stderr).toContain('no whole answer within 1 second');
  });

  test('leaves out no deployment whose account is kept from whoever asks', async () => {
    serve({ accounts: [account('a', [deployment('one')], { indexed: 'whole', isHidden: true })], subscriptions: [] });
    const { status, report } = await inventory('--all');
    expect([status, namesOf(report), report.azure.subscriptions]).toEqual([0, ['one'], []]);
  });

  test('asks about the subscriptions or management groups that it is told', async () => {
    serve({ accounts: [account('a', [deployment('one')]), account('b', [deployment('two')], { subscription: TWO })] });
    expect(namesOf((await inventory('--all', '--subscription', TWO)).report)).toEqual(['two']);
    await inventory('--management-group', 'platform', 'sandbox');
    const asked = azure.requests.filter(isGraph).map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(asked.map(({ subscriptions, managementGroups }) => subscriptions ?? managementGroups)).toEqual([
      [TWO],
      [TWO],
      ['platform', 'sandbox'],
      ['platform', 'sandbox'],
    ]);
  });

  test('a subscription that nobody sees is not taken for an empty one', async () => {
    serve({ accounts: [account('a', [deployment('one')])] });
    const { status, stderr, report } = await inventory('--subscription', ONE, TWO);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^model-lifecycle: 1 of what there is to read could not be read, and is listed in the report/,
    );
    expect(report.unread).toEqual([
      {
        id: `/subscriptions/${TWO}`,
        reason: 'whoever is signed in does not see it; correct --subscription, or assign the role Reader on it',
      },
    ]);
  });

  test.each<[string, FakeRoute, RegExp]>([
    [
      'was deleted meanwhile',
      (request) =>
        isListing(request) && /\/b\/dep/.test(request.path)
          ? refusal(404, 'ResourceNotFound', 'The Resource was not found.')
          : undefined,
      /^Azure does not find it any more \(404\): it was deleted after Resource Graph saw it; run again in some minutes$/,
    ],
    [
      'may not be read',
      (request) =>
        isListing(request) && /\/b\/dep/.test(request.path) ? refusal(403, 'AuthorizationFailed', 'no') : undefined,
      /403.*'Microsoft\.CognitiveServices\/accounts\/deployments\/read' is needed/,
    ],
    [
      'answers with a web page',
      (request) => (isListing(request) && /\/b\/dep/.test(request.path) ? { body: '<html>sign in</html>' } : undefined),
      /it is a web page, such as a proxy or a login shows/,
    ],
    [
      'lists deployments of another account',
      (request) =>
        isListing(request) && /\/b\/dep/.test(request.path)
          ? { body: { value: [{ id: `${accountId({ subscription: ONE, group: 'rg', name: 'z' })}/deployments/x` }] } }
          : undefined,
      /it lists a deployment of another account/,
    ],
    [
      'never comes to an end',
      (request) =>
        isListing(request) && /\/b\/dep/.test(request.path)
          ? { body: { value: [], nextLink: `${request.origin}${request.path}?api-version=2025-09-01&$skiptoken=x` } }
          : undefined,
      /leads back to a page that was read before/,
    ],
  ])('an account that %s is told, and its part is never silently left out', async (_, route, reason) => {
    serve({ accounts: [account('a', [deployment('one')]), account('b', [deployment('two')])] }, route);
    const { status, report } = await inventory('--all');
    expect(status).toBe(2);
    expect(namesOf(report)).toEqual(['one']);
    expect(report.azure.isComplete).toBe(false);
    expect(report.unread).toEqual([
      {
        id: accountId({ subscription: ONE, group: 'rg-models', name: 'b' }),
        reason: expect.stringMatching(reason) as string,
      },
    ]);
    expect((await inventory('--allow-incomplete')).status).toBe(0);
  });

  test('no token goes to another host that an answer leads to', async () => {
    serve({ accounts: [account('a', [])] }, (request) =>
      isListing(request) ? { body: { value: [], nextLink: 'https://localhost:1/more' } } : undefined,
    );
    const { status, stderr, report } = await inventory();
    expect([status, report]).toEqual([2, undefined]);
    expect(stderr).toContain("goes on at 'https://localhost:1'");
  });

  test('waits as Azure says where it is throttled, by both services', async () => {
    const again = refusal(429, 'TooManyRequests', 'slow down', { 'Retry-After': '0' });
    serve({ accounts: [account('a', [deployment('one')])] }, firstly(1, isGraph, again), firstly(2, isListing, again));
    const { status, report } = await inventory('--all');
    expect([status, namesOf(report)]).toEqual([0, ['one']]);
    expect([countOf(isGraph), countOf(isListing)]).toEqual([3, 3]);
  });

  test('asks for no page before there is quota again, where Azure says that it is used up', async () => {
    const estate = { rowsAPage: 1, accounts: [account('a', []), account('b', [])] };
    const whole = graphRoute(estate);
    const headers = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:00.3' };
    let allowedAt = 0;
    serve(estate, (request) => {
      const answer = whole(request);
      if (answer === undefined || !request.body.includes('cognitiveservices')) {
        return answer;
      }
      if (Date.now() < allowedAt) {
        return refusal(400, 'TooEarly', 'there is no quota yet');
      }
      allowedAt = Date.now() + 280;
      return { ...answer, headers };
    });
    const { stderr, report } = await inventory();
    expect([stderr, report.azure.accountCount]).toEqual(['', 2]);
  });

  test('gets new tokens while it reads, where they do not last', async () => {
    azure.entra.lifetime = 1;
    const before = azure.entra.tokens.length;
    serve({ accounts: ['a', 'b', 'c'].map((name) => account(name, [deployment(name)])) });
    const { status, report } = await inventory('--all', '--concurrency', '1');
    expect([status, namesOf(report)]).toEqual([0, ['a', 'b', 'c']]);
    expect(azure.entra.tokens.length - before).toBeGreaterThan(1);
  });

  test.each<[string, FakeRoute, RegExp]>([
    [
      'a query that goes round in circles',
      (request) =>
        isGraph(request)
          ? {
              body: {
                totalRecords: 9,
                count: 1,
                data: [{ id: '/x', subscriptionId: ONE }],
                resultTruncated: 'false',
                $skipToken: 'same',
              },
            }
          : undefined,
      /leads back to a page that was read before, after 2 of them/,
    ],
    [
      'a result that is cut off',
      (request) =>
        isGraph(request)
          ? { body: { totalRecords: 9, count: 1, data: [{ id: '/x' }], resultTruncated: 'true' } }
          : undefined,
      /Resource Graph cut its result off at 1 of 9 rows/,
    ],
    [
      'rows that are lost between pages',
      (request) =>
        isGraph(request)
          ? { body: { totalRecords: 9, count: 1, data: [{ id: '/x' }], resultTruncated: 'false' } }
          : undefined,
      /Resource Graph counts 9 resources and gave 1/,
    ],
    [
      'rows without ids',
      (request) =>
        isGraph(request)
          ? { body: { totalRecords: 1, count: 1, data: [{ name: 'x' }], resultTruncated: 'false' } }
          : undefined,
      /a row of Resource Graph has no id/,
    ],
    [
      'another answer',
      (request) => (isGraph(request) ? { body: { value: [] } } : undefined),
      /it is no result of Resource Graph/,
    ],
    [
      'an answer that breaks off',
      (request) => (isGraph(request) ? { body: { totalRecords: 1, data: [] }, cutAfter: 10 } : undefined),
      /the connection broke off|it is no JSON|cannot be reached/,
    ],
    [
      'too many subscriptions',
      (request) =>
        isGraph(request)
          ? {
              headers: { 'x-ms-tenant-subscription-limit-hit': 'true' },
              body: { totalRecords: 0, count: 0, data: [], resultTruncated: 'false' },
            }
          : undefined,
      /sees more than 10,000 subscriptions/,
    ],
    [
      'nothing to see',
      (request) =>
        isGraph(request) ? { body: { totalRecords: 0, count: 0, data: [], resultTruncated: 'false' } } : undefined,
      /sees no subscription there; assign the role Reader/,
    ],
    [
      'a refusal',
      (request) => (isGraph(request) ? refusal(403, 'AccessDenied', 'Access denied') : undefined),
      /may not read it \(403 AccessDenied: Access denied\)/,
    ],
  ])('ends with 2 and no report for %s', async (_, route, message) => {
    azure.route(route);
    const { status, stderr, report } = await inventory();
    expect([status, report]).toEqual([2, undefined]);
    expect(stderr).toMatch(message);
    expect(stderr.startsWith('model-lifecycle: ')).toBe(true);
  });

  test('a sign-in that is refused ends everything', async () => {
    azure.entra.expireAll();
    serve({ accounts: [account('a', [deployment('one')])] }, (request) =>
      isListing(request) ? refusal(401, 'ExpiredAuthenticationToken', 'expired') : undefined,
    );
    const { status, stderr } = await inventory();
    expect(status).toBe(2);
    expect(stderr).toContain('the token has expired');
  });

  test('what was read can be saved and judged again without Azure', async () => {
    const file = join(folder, 'saved.json');
    serve({
      accounts: [account('a', [deployment('one', 'gpt-35-turbo', '0613')], { location: 'eastus2' }), account('b', [])],
    });
    const live = await inventory('--save', file);
    const asked = azure.requests.length;
    const saved = await command.run([
      'inventory',
      '--from',
      file,
      '--as-of',
      '2026-11-21',
      '--no-config',
      '--format',
      'json',
    ]);
    expect(JSON.parse(saved.stdout)).toEqual(live.report);
    expect(azure.requests).toHaveLength(asked);
    const document = JSON.parse(readFileSync(file, 'utf8')) as { deployments: unknown[] };
    const isSaved = new Ajv2020().compile(savedSchema);
    expect([isSaved(document), isSaved.errors]).toEqual([true, null]);
    expect(document.deployments).toMatchObject([{ location: 'eastus2', sku: { capacity: 10 } }]);
  });

  test('compares with the code that is given', async () => {
    const id = accountId({ subscription: ONE, group: 'rg-models', name: 'a' });
    const state = join(folder, 'terraform.tfstate');
    const attributes = {
      name: 'one',
      cognitive_account_id: id,
      model: [{ format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22' }],
      sku: [{ name: 'GlobalStandard', capacity: 20 }],
      version_upgrade_option: 'NoAutoUpgrade',
    };
    const resource = {
      mode: 'managed',
      type: 'azurerm_cognitive_deployment',
      name: 'chat',
      instances: [{ attributes }],
    };
    writeFileSync(state, JSON.stringify({ version: 4, serial: 1, resources: [resource] }));
    serve({ accounts: [account('a', [deployment('one'), deployment('zombie')])] });
    const { report, status } = await inventory(state, '--fail-on', 'warning');
    expect(status).toBe(1);
    expect(report.rows.map(({ deployment: name, declared, drift }) => [name, declared, drift])).toEqual([
      ['one', 'declared', [{ field: 'capacity', live: 10, declared: 20 }]],
      ['zombie', 'undeclared', []],
    ]);
  });

  test('reads an estate of 300 accounts', async () => {
    const accounts = Array.from({ length: 300 }, (_, index) =>
      account(`account-${index}`, [deployment(`chat-${index}`), deployment('old', 'gpt-35-turbo', '0613')]),
    );
    serve({ rowsAPage: 100, accounts });
    const { status, report } = await inventory('--concurrency', '16');
    expect([status, report.rows.length, report.azure.accountCount]).toEqual([1, 300, 300]);
    expect(new Set(report.rows.map((row) => row.accountId)).size).toBe(300);
    expect(countOf(isListing)).toBe(300);
  });
});
