import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { catalogProblems } from '../../lib/catalog';
import { row } from '../model-list/rows';
import { pipelineFile, scriptOf } from '../review-plans/support/pipeline-files';
import { CommandProcess, ProcessResult } from '../support/azure/command-process';
import { FakeAnswer, FakeRequest, FakeRoute, refusal } from '../support/azure/exchange';
import { FakeAzure } from '../support/azure/fake-azure';
import { CLIENT_ID, CLIENT_SECRET, TENANT } from '../support/azure/fake-entra';
import { FakeProxy } from '../support/azure/fake-proxy';
import { linkTo, modelLists, pageOf, SUBSCRIPTION } from '../support/azure/model-lists';

const folder = mkdtempSync(join(tmpdir(), 'catalog-refresh-'));
const out = join(folder, 'catalogue.json');
const today = new Date().toISOString().slice(0, 10);

let azure: FakeAzure;
/** Another computer, whose certificate is trusted as well. */
let stranger: FakeAzure;
/** Another computer, whose certificate nobody trusts. */
let untrusted: FakeAzure;
let proxy: FakeProxy;
let commands: CommandProcess;

// Every command loads nothing anew, but several wait on purpose.
jest.setTimeout(30_000);

beforeAll(async () => {
  azure = await FakeAzure.start();
  [stranger, untrusted, proxy] = await Promise.all([
    FakeAzure.start(azure.certificate),
    FakeAzure.start(),
    FakeProxy.start(),
  ]);
  commands = CommandProcess.start(azure.environment);
});
beforeEach(() => [azure, stranger].forEach((each) => each.reset()));
afterAll(async () => {
  await commands.stop();
  await Promise.all([azure.stop(), stranger.stop(), untrusted.stop(), proxy.stop()]);
  rmSync(folder, { recursive: true });
});

/** Whatever a command does, it shows no secret. */
function requireNoSecrets({ stdout, stderr }: ProcessResult): void {
  const shown = [CLIENT_SECRET, 'eyJ', 'kept-page', ...azure.entra.tokens];
  expect(shown.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
}

async function refresh(args: readonly string[], variables: Record<string, string> = {}): Promise<ProcessResult> {
  const own = args.includes('--resource-manager') ? [] : ['--resource-manager', azure.origin];
  const asked = ['catalog', 'refresh', '--subscription', SUBSCRIPTION, '--quiet', ...own, ...args];
  const result = await commands.run(asked, variables);
  requireNoSecrets(result);
  return result;
}

/** Rows as the API writes them now, each with a date of its own for one SKU. */
function rows(count: number, location = 'EastUS2'): unknown[] {
  const skus = [
    { name: 'GlobalStandard', scope: 'Base' },
    { name: 'Standard', scope: 'Base', deprecationDate: '2027-03-31T00:00:00Z' },
  ];
  return Array.from({ length: count }, (_, index) => row({ name: `gpt-9-${index}`, location, skus }));
}

/** A route that is only about one region. */
function inRegion(region: string, answer: (request: FakeRequest) => FakeAnswer | undefined): FakeRoute {
  return (request) => (request.path.includes(`/locations/${region}/`) ? answer(request) : undefined);
}

function notRead(problem: string, region = 'eastus2'): string {
  return `model-lifecycle: Azure's model list (${region}) was not read, and nothing was written: ${problem}\n`;
}

describe('catalog refresh', () => {
  test('makes a catalogue of nine pages, signed in once, and reports as catalog import does', async () => {
    azure.route(modelLists({ eastus2: rows(426), westus3: rows(3, 'westus3') }));
    const before = azure.entra.tokens.length;
    const pages = join(folder, 'pages');
    const args = ['--location', 'East US 2', 'westus3', '--location', 'eastus2', '--alone', '--out', out];
    const result = await refresh([...args, '--save-pages', pages]);
    expect(result).toEqual({
      status: 0,
      stdout: '',
      stderr: [
        `model-lifecycle: 426 model versions from 429 rows on 10 pages (eastus2, westus3), written to ${out}`,
        `  listed on ${today}`,
        '  eastus2: 426 rows on 9 pages',
        '  westus3: 3 rows on 1 page',
        '',
      ].join('\n'),
    });
    expect(azure.requests.map(pageOf).sort()).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(azure.requests.map(({ query }) => query.get('api-version')))).toEqual(new Set(['2026-09-01']));
    expect(azure.requests[0]!.headers['user-agent']).toMatch(/^model-lifecycle\/\d/);
    expect(azure.entra.scopes.slice(before)).toEqual(['https://management.azure.com/.default']);

    const document = readFileSync(out, 'utf8');
    const { models } = JSON.parse(document) as { models: Record<string, unknown>[] };
    expect([models.length, catalogProblems(JSON.parse(document))]).toEqual([426, []]);
    expect(models[2]).toMatchObject({
      retirementDate: '2027-07-15',
      // The objects of the SDK have no fields that are newer than itself.
      skuRetirementDates: { Standard: '2027-03-31' },
      regions: { GlobalStandard: ['eastus2', 'westus3'], Standard: ['eastus2', 'westus3'] },
    });

    const files = readdirSync(pages).sort();
    expect([files.length, files[0], files[9]]).toEqual([10, 'eastus2-001.json', 'westus3-001.json']);
    const again = join(folder, 'again.json');
    const from = files.map((file) => join(pages, file));
    await commands.run(['catalog', 'import', '--from', ...from, '--listed-on', today, '--alone', '--out', again]);
    expect(readFileSync(again, 'utf8')).toBe(document);
  });

  test('writes the catalogue to standard output without --out, over the facts of the bundled one', async () => {
    azure.route(modelLists({ eastus2: rows(1) }));
    const { status, stdout, stderr } = await refresh(['--location', 'eastus2'], { AZURE_SUBSCRIPTION_ID: 'not asked' });
    const { models } = JSON.parse(stdout) as { models: unknown[] };
    expect([status, models.length > 200]).toEqual([0, true]);
    expect(stderr).toContain('model-lifecycle: 1 model version from 1 row on 1 page (eastus2)\n');
  });

  test('the report as JSON obeys its schema, and --fail-on warning counts', async () => {
    azure.route(modelLists({ eastus2: [...rows(2), { model: { name: 'x' } }] }));
    const args = ['--location', 'eastus2', '--alone', '--out', out, '--format', 'json', '--fail-on', 'warning'];
    const { status, stdout } = await refresh(args);
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const schema = join(__dirname, '../../lib/report/data/catalog-import.schema.json');
    ajv.validate(JSON.parse(readFileSync(schema, 'utf8')) as object, JSON.parse(stdout));
    expect(ajv.errors).toBeNull();
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      listedOn: today,
      answers: [{ region: 'eastus2', pages: 1, rows: 3 }],
      skipped: [{ source: 'eastus2 page 1', index: 2, name: 'x' }],
    });
  });

  test('asks a sovereign cloud for its own tokens', async () => {
    azure.route(modelLists({ usgovvirginia: rows(1, 'usgovvirginia') }));
    const { status } = await refresh([
      '--location',
      'usgovvirginia',
      '--cloud',
      'usgovernment',
      '--alone',
      '--out',
      out,
    ]);
    expect([status, azure.entra.scopes.at(-1)]).toEqual([0, 'https://management.usgovcloudapi.net/.default']);
    expect((JSON.parse(readFileSync(out, 'utf8')) as { models: unknown[] }).models).toMatchObject([
      { cloud: 'usgovernment' },
    ]);
  });

  test.each([
    ['public', 'eastus2', 'login.microsoftonline.com:443', 'management.azure.com:443'],
    ['usgovernment', 'usgovvirginia', 'login.microsoftonline.us:443', 'management.usgovcloudapi.net:443'],
  ])(
    'signs in and asks where the cloud %s is, of %s, through the proxy that is set',
    async (cloud, location, authority, manager) => {
      proxy.targets.length = 0;
      const args = [
        'catalog',
        'refresh',
        '--subscription',
        SUBSCRIPTION,
        '--location',
        location,
        '--cloud',
        cloud,
        '--quiet',
      ];
      const asked = await commands.run(args, { HTTPS_PROXY: proxy.address });
      expect(asked.stderr).toBe(
        notRead(
          'the answer is not what Azure writes: 407 and no reason that Azure would give; run again, and look whether a proxy stands between',
          location,
        ),
      );
      const signedOut = await commands.run(args, { HTTPS_PROXY: proxy.address, AZURE_AUTHORITY_HOST: '' });
      expect(signedOut.stderr).toContain(`407 of ${authority.replace(':443', '')} and no JSON`);
      expect([...new Set(proxy.targets)]).toEqual([manager, authority]);
    },
  );
});

describe('what Azure asks to wait for', () => {
  test('is waited, whether it is seconds or a date', async () => {
    /** Refuses the first request, and whoever comes back before the time; timers may be early by a little. */
    const busy = (wait: () => readonly [until: number, retryAfter: string]) => {
      let told: readonly [number, string] | undefined;
      return () => {
        if (told !== undefined && Date.now() >= told[0] - 50) {
          return undefined;
        }
        told ??= wait();
        return refusal(429, 'TooManyRequests', 'busy', { 'retry-after': told[1] });
      };
    };
    azure.route(
      inRegion(
        'eastus2',
        busy(() => [Date.now() + 1000, '1']),
      ),
      inRegion(
        'westus3',
        busy(() => {
          const until = new Date(Math.ceil((Date.now() + 200) / 1000) * 1000);
          return [until.getTime(), until.toUTCString()];
        }),
      ),
      modelLists({ eastus2: rows(60), westus3: rows(2, 'westus3') }),
    );
    const { status } = await refresh(['--location', 'eastus2', 'westus3', '--alone', '--out', out]);
    expect([status, azure.requests.map(({ path }) => path.split('/')[6]).sort()]).toEqual([
      0,
      ['eastus2', 'eastus2', 'eastus2', 'westus3', 'westus3'],
    ]);
  });

  test('is not waited without end', async () => {
    azure.route(
      inRegion('eastus2', () => refusal(429, 'TooManyRequests', 'busy', { 'retry-after': '0' })),
      inRegion('westus3', () => refusal(429, 'TooManyRequests', 'busy', { 'retry-after': '3600' })),
      inRegion('westus', () => refusal(503, 'ServerBusy', 'The server is busy.', { 'retry-after': '0' })),
    );
    const { status, stderr } = await refresh(['--location', 'eastus2', 'westus3', 'westus', '--out', out]);
    expect([status, stderr]).toEqual([
      2,
      [
        "model-lifecycle: Azure's model lists of 3 of 3 regions were not read whole, and nothing was written:",
        '  eastus2: Azure refuses more requests for now (429), and does so still after the waits that it asked for; run again in some minutes, and look what else reads this subscription',
        '  westus3: Azure allows the next request only after 60 minutes of waiting, and at most 5 are waited; run again later',
        '  westus: Azure could not answer (503 ServerBusy: The server is busy.), several times; run again later',
        '',
      ].join('\n'),
    ]);
    const counts = ['eastus2', 'westus3', 'westus'].map(
      (region) => azure.requests.filter(({ path }) => path.includes(`/${region}/`)).length,
    );
    expect(counts).toEqual([6, 1, 6]);
  });

  test('is called that while it lasts, and an answer without an end is given up', async () => {
    const whole = gzipSync(JSON.stringify({ value: rows(200) }));
    azure.route(
      inRegion('eastus2', () => ({ body: { value: rows(1) }, stalls: true })),
      inRegion('westus3', () => ({
        body: whole,
        headers: { 'content-encoding': 'gzip' },
        cutAfter: whole.length - 20,
      })),
    );
    // prettier-ignore
    const { status, stderr } = await commands.run([
      'catalog', 'refresh', '--subscription', SUBSCRIPTION, '--resource-manager', azure.origin, '--timeout', '2',
      '--location', 'eastus2', 'westus3',
    ]);
    expect([status, stderr]).toEqual([
      2,
      `asking Azure: 0 pages of 2 regions\n${notRead('no whole answer within 2 seconds; run again, or allow more with --timeout', 'eastus2, westus3')}`,
    ]);
  });
});

describe('a refusal', () => {
  const tooLate = 'The access token expiry UTC time is earlier than now.';

  test.each<[string, string[], FakeRoute[], string]>([
    [
      'of the sign-in',
      [],
      [() => refusal(401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.')],
      "Azure does not accept the sign-in (401 InvalidAuthenticationTokenTenant: The access token is from the wrong issuer.); sign in to the tenant of the subscription with 'az login --tenant TENANT', or correct AZURE_TENANT_ID and --cloud",
    ],
    [
      'for want of a permission',
      [],
      [() => refusal(403, 'AuthorizationFailed', "The client 'x' does not have authorization to perform action 'y'.")],
      "whoever is signed in may not read it (403 AuthorizationFailed: The client 'x' does not have authorization to perform action 'y'.); 'Microsoft.CognitiveServices/locations/models/read' is needed, which the role Reader of the subscription has",
    ],
    [
      'of a subscription that is not there',
      ['--subscription', '00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee'],
      [modelLists({})],
      "Azure does not find it (404 SubscriptionNotFound: The subscription '00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee' could not be found.); there is no subscription '00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee' in the tenant that is signed in to: correct --subscription, or sign in to its tenant",
    ],
    [
      'of a location',
      [],
      [modelLists({ westus3: [] })],
      "Azure refused (400 NoRegisteredProviderFound: No registered resource provider found for location 'eastus2' and API version '2026-09-01' for type 'locations/models'. The supported api-versions are '2026-09-01, 2024-10-01'. The supported locations are 'westus3'.); correct --location ('eastus2') or --api-version ('2026-09-01')",
    ],
    [
      'of an api-version, with those that there are',
      ['--api-version', '2031-01-01-preview'],
      [modelLists({ eastus2: [] })],
      "Azure refused (400 NoRegisteredProviderFound: No registered resource provider found for location 'eastus2' and API version '2031-01-01-preview' for type 'locations/models'. The supported api-versions are '2026-09-01, 2024-10-01'. The supported locations are 'eastus2'.); correct --location ('eastus2') or --api-version ('2031-01-01-preview')",
    ],
    [
      'of a resource provider that is not registered',
      [],
      [() => ({ status: 409, body: { code: 'MissingSubscriptionRegistration', message: 'Not registered.' } })],
      "Azure refused (409 MissingSubscriptionRegistration: Not registered.); run 'az provider register --namespace Microsoft.CognitiveServices' for the subscription",
    ],
    [
      'with control characters and more words than anybody reads',
      [],
      [() => refusal(400, 'Bad\u001b[31m', `line\n\u0007${'y'.repeat(5000)}`)],
      `Azure refused (400 Bad\\u{1b}[31m: line \\u{7}${'y'.repeat(794)}…); correct --location ('eastus2') or --api-version ('2026-09-01')`,
    ],
    [
      'by a proxy',
      [],
      [() => ({ status: 403, headers: { 'content-type': 'text/html' }, body: '<html>Blocked</html>' })],
      'the answer is not what Azure writes: 403 and no reason that Azure would give; run again, and look whether a proxy stands between',
    ],
    [
      'that repeats the request with its token and its secret',
      [],
      [
        ({ headers }) =>
          refusal(403, 'AuthorizationFailed', `You sent ${String(headers.authorization)} made of ${CLIENT_SECRET}.`),
      ],
      "whoever is signed in may not read it (403 AuthorizationFailed: You sent Bearer *** made of ***.); 'Microsoft.CognitiveServices/locations/models/read' is needed, which the role Reader of the subscription has",
    ],
    [
      'in the middle of the list because the token has expired',
      [],
      [
        (request) => (pageOf(request) === 2 ? refusal(401, 'ExpiredAuthenticationToken', tooLate) : undefined),
        modelLists({ eastus2: rows(426) }),
      ],
      `page 3: Azure does not accept the sign-in (401 ExpiredAuthenticationToken: ${tooLate}); the token has expired; sign in again with 'az login', or give the job a new one`,
    ],
  ])('%s: ends with 2 and says what to do', async (_, args, routes, problem) => {
    azure.route(...routes);
    const { status, stdout, stderr } = await refresh(['--location', 'eastus2', ...args]);
    expect([status, stdout, stderr]).toEqual([2, '', notRead(problem)]);
  });

  test('of one region leaves the catalogue and its folder as they were, and the others are asked all the same', async () => {
    writeFileSync(out, 'the old catalogue');
    const before = readdirSync(folder);
    const regions = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];
    azure.route(
      inRegion('b2', () => refusal(403, 'AuthorizationFailed', 'No.')),
      modelLists(Object.fromEntries(regions.map((region) => [region, rows(51, region)]))),
    );
    const { status, stderr } = await refresh(['--location', ...regions, '--out', out]);
    expect(stderr).toBe(
      [
        "model-lifecycle: Azure's model lists of 1 of 6 regions were not read whole, and nothing was written:",
        '  a1: 51 rows on 2 pages',
        "  b2: whoever is signed in may not read it (403 AuthorizationFailed: No.); 'Microsoft.CognitiveServices/locations/models/read' is needed, which the role Reader of the subscription has",
        ...['c3', 'd4', 'e5', 'f6'].map((region) => `  ${region}: 51 rows on 2 pages`),
        '',
      ].join('\n'),
    );
    expect([status, readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual([2, 'the old catalogue', before]);
  });

  test('of the sign-in is not repeated for every region', async () => {
    azure.entra.refusal = {
      status: 401,
      body: {
        error: 'invalid_client',
        error_description: `AADSTS7000222: The provided client secret keys for app '${CLIENT_ID}' are expired (${CLIENT_SECRET}). Trace ID: 1 Correlation ID: 2`,
      },
    };
    const { status, stderr } = await refresh(['--location', 'a1', 'b2', 'c3', 'd4', 'e5', 'f6']);
    expect([status, azure.requests.length]).toEqual([2, 0]);
    expect(stderr).toContain(
      `Azure's model list (a1, b2, c3, d4, e5, f6) was not read, and nothing was written: Microsoft Entra ID gives no token: `,
    );
    expect(stderr).toContain(
      `AADSTS7000222: The provided client secret keys for app '${CLIENT_ID}' are expired (***).`,
    );
    expect(stderr).toContain(
      "; correct AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or certificate, or run 'az login'\n",
    );
  });

  test('is a list of what was tried where nobody is signed in', async () => {
    const { status, stderr } = await refresh(['--location', 'eastus2'], { AZURE_TOKEN_CREDENTIALS: 'dev', PATH: '' });
    expect(status).toBe(2);
    expect(stderr).toContain(
      "nobody is signed in to Azure; run 'az login', or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; tried:\n    ",
    );
    expect(stderr).toContain('\n    Azure CLI could not be found.');
    expect(stderr).not.toContain('    at ');
  });
});

test('a token that is about to expire is renewed in the middle of the list', async () => {
  azure.entra.lifetime = 1;
  azure.route(modelLists({ eastus2: rows(150) }));
  const before = azure.entra.tokens.length;
  const { status } = await refresh(['--location', 'eastus2', '--alone', '--out', out]);
  expect([status, azure.requests.length]).toEqual([0, 3]);
  expect(azure.entra.tokens.length - before).toBeGreaterThan(1);
});

describe('an answer that is no list', () => {
  const broken = 'run again, and look whether a proxy stands between';

  test.each<[string, FakeAnswer | ((request: FakeRequest) => FakeAnswer), string]>([
    [
      'that breaks off',
      { body: { value: rows(20) }, cutAfter: 500 },
      `the answer is not what Azure writes: the connection broke off in the middle of it; ${broken}`,
    ],
    [
      'that is cut and closed in good order',
      { body: '{"value":[{"model":' },
      `the answer is not what Azure writes: it is no JSON (the text ends too early, at line 1, column 20); ${broken}`,
    ],
    [
      'that is empty',
      { body: '' },
      `the answer is not what Azure writes: it is no JSON (the text ends too early, at line 1, column 1); ${broken}`,
    ],
    [
      'that is a web page',
      { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><p>Sign in' },
      `the answer is not what Azure writes: it is a web page, such as a proxy or a login shows; ${broken}`,
    ],
    [
      'that is a web page called JSON',
      { body: '<html>' },
      `the answer is not what Azure writes: it is a web page, such as a proxy or a login shows; ${broken}`,
    ],
    [
      'that redirects to another host',
      () => ({ status: 302, headers: { location: `${stranger.origin}/models?api-version=1` }, body: '' }),
      `the answer is not what Azure writes: it leads to another address (302); ${broken}`,
    ],
    [
      'that goes on at another host',
      () => ({ body: { value: rows(1), nextLink: `${stranger.origin}/models?api-version=1&$skiptoken=kept-page-1` } }),
      'page 2: the answer says that it goes on at STRANGER, which is not AZURE: nothing was sent there; look who answers for Azure (a proxy, --resource-manager)',
    ],
    [
      'that goes on without encryption',
      ({ origin }) => ({ body: { value: rows(1), nextLink: `${origin.replace('https', 'http')}/x?api-version=1` } }),
      'page 2: the answer says that it goes on at HTTP, which is not AZURE: nothing was sent there; look who answers for Azure (a proxy, --resource-manager)',
    ],
    [
      'that leads back to itself',
      (request) => ({ body: { value: rows(1), nextLink: linkTo(request, 0) } }),
      'page 3: the list goes on and on, or leads back to a page that was read before, after 2 of them; run again, and report it to Azure if it stays so',
    ],
    [
      'that goes on and on',
      (request) => ({ body: { value: rows(1), nextLink: linkTo(request, pageOf(request) + 1) } }),
      'page 201: the list goes on and on, or leads back to a page that was read before, after 200 of them; run again, and report it to Azure if it stays so',
    ],
  ])('%s: ends with 2, and no token goes anywhere else', async (_, answer, problem) => {
    azure.route((request) => (typeof answer === 'function' ? answer(request) : answer));
    const { status, stdout, stderr } = await refresh(['--location', 'eastus2']);
    const expected = problem
      .replace('STRANGER', `'${stranger.origin}'`)
      .replace('HTTP,', `'${azure.origin.replace('https', 'http')}',`)
      .replace('AZURE', `'${azure.origin}'`);
    expect([status, stdout, stderr]).toEqual([2, '', notRead(expected)]);
    expect(stranger.requests).toEqual([]);
  });

  test.each([
    ['an object', { error: 'none' }, "'eastus2 page 1' is no page of Azure's model list: it is an object with 'error'"],
    [
      'a list of something else',
      { value: [{ id: 'x' }] },
      "'eastus2 page 1' is no page of Azure's model list: it is a list whose items have no model",
    ],
    ['text', '"text"', "'eastus2 page 1' is no page of Azure's model list: it is 'text'"],
    ['a page that goes on at a number', { value: rows(1), nextLink: 7 }, 'it is a page whose nextLink is 7'],
    [
      'rows of another region',
      { value: rows(1, 'westus') },
      "'eastus2 page 1' is given as the list of 'eastus2', and its rows are of 'westus'",
    ],
    ['no row at all', { value: [] }, "1 page of Azure's model list and not one model on it"],
  ])('%s: ends with 2', async (_, body, problem) => {
    azure.route(() => ({ body }));
    const { status, stdout, stderr } = await refresh(['--location', 'eastus2']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
  });

  test('is kept by --save-pages, behind the pages before it', async () => {
    azure.route(
      (request) => (pageOf(request) === 1 ? { body: '{"value": [tr' } : undefined),
      modelLists({ eastus2: rows(60) }),
    );
    const pages = join(folder, 'broken-pages');
    const { status } = await refresh(['--location', 'eastus2', '--save-pages', pages]);
    expect([status, readdirSync(pages).sort()]).toEqual([2, ['eastus2-001.json', 'eastus2-002.json']]);
    expect(readFileSync(join(pages, 'eastus2-002.json'), 'utf8')).toBe('{"value": [tr');
    azure.requests.length = 0;
    const again = await refresh(['--location', 'eastus2', '--save-pages', pages]);
    expect([again.stderr, azure.requests]).toEqual([
      `model-lifecycle: '${pages}' is not empty, and pages of another list would be read as pages of this one; name a new folder with --save-pages\n`,
      [],
    ]);
  });
});

describe('nobody, or somebody else,', () => {
  test('where Resource Manager should be', async () => {
    const port = await closedPort();
    const gone = await refresh(['--location', 'eastus2', '--resource-manager', `https://localhost:${port}`]);
    expect(gone.stderr).toBe(
      notRead(
        `'localhost:${port}' cannot be reached (ECONNREFUSED); look at the network, at HTTPS_PROXY, and at the address if you gave it`,
      ),
    );
    const other = await refresh(['--location', 'eastus2', '--resource-manager', untrusted.origin]);
    expect(other.stderr).toBe(
      notRead(
        `'${new URL(untrusted.origin).host}' answers with a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); if a proxy of yours answers for it, name the file with its certificate in NODE_EXTRA_CA_CERTS`,
      ),
    );
    expect([gone.status, other.status, untrusted.requests]).toEqual([2, 2, []]);
  });

  test('where Microsoft Entra ID should be', async () => {
    const host = `localhost:${await closedPort()}`;
    const gone = await refresh(['--location', 'eastus2'], { AZURE_AUTHORITY_HOST: `https://${host}` });
    expect(gone.stderr).toBe(
      notRead(
        `'${host}' cannot be reached (ECONNREFUSED); look at the network, at HTTPS_PROXY, and at the address if you gave it`,
      ),
    );
    const other = await refresh(['--location', 'eastus2'], { AZURE_AUTHORITY_HOST: untrusted.origin });
    expect(other.stderr).toContain(
      `'${new URL(untrusted.origin).host}' answers with a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`,
    );
    const plain = await refresh(['--location', 'eastus2'], { AZURE_AUTHORITY_HOST: 'http://localhost' });
    expect(plain.stderr).toBe(
      "model-lifecycle: AZURE_AUTHORITY_HOST is 'http://localhost'; give an address that begins with https://, or leave the variable out\n",
    );
  });
});

test('the workflow that proposes a catalogue asks for its regions, over the catalogue of the package', async () => {
  const place = mkdtempSync(join(folder, 'workflow-'));
  const [bin, reviewer] = [join(place, 'bin'), join(place, 'runner/reviewer/node_modules/.bin')];
  for (const [at, name, script] of [
    [bin, 'npm', ''],
    [reviewer, 'model-lifecycle', `process.stdout.write(JSON.stringify(process.argv.slice(2)))`],
  ] as const) {
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, name), `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  }
  azure.route(modelLists({ eastus2: rows(1), swedencentral: rows(1, 'swedencentral') }));
  await refresh(['--location', 'eastus2', '--alone', '--out', join(place, 'old.json')]);

  const script = scriptOf(pipelineFile('github-catalog-refresh.yml'), 'Make the catalogue');
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    RUNNER_TEMP: join(place, 'runner'),
    CATALOG: join(place, 'old.json'),
  };
  const regions = 'eastus2 swedencentral';
  const args = JSON.parse(
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], { env: { ...env, REGIONS: regions }, encoding: 'utf8' }),
  ) as string[];
  const result = await commands.run([...args, '--resource-manager', azure.origin], {
    AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
  });
  expect(result).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('1 model version from 2 rows on 2 pages (eastus2, swedencentral)') as string,
  });
  // Its own last result is no base: what a newer package knows would never get past it.
  expect(args).not.toContain('--catalog');
  expect(existsSync(join(place, 'runner/catalogue/catalog.json'))).toBe(true);
});

test('what the SDK logs when it is asked to has no secret in it', async () => {
  const talking = commands.another({ ...azure.environment, AZURE_LOG_LEVEL: 'verbose' });
  try {
    azure.route(modelLists({ eastus2: rows(60) }));
    const result = await talking.run([
      ...['catalog', 'refresh', '--subscription', SUBSCRIPTION, '--location', 'eastus2'],
      ...['--resource-manager', azure.origin, '--out', out],
    ]);
    expect(result.stderr).toContain(TENANT);
    requireNoSecrets(result);
  } finally {
    await talking.stop();
  }
});

test.each([
  [
    'a name of a subscription',
    ['--subscription', 'My subscription'],
    "error: option '--subscription <id>' argument 'My subscription' is invalid. give its id, which 'az account show --query id' prints, and not its name.",
  ],
  [
    'no region',
    ['--location', '../eastus2'],
    "error: option '--location <region...>' argument '../eastus2' is invalid. write a region as Azure names it, for instance eastus2.",
  ],
  [
    'no encryption',
    ['--resource-manager', 'http://management.azure.com'],
    "give an address that begins with https:// and has no path, for instance 'https://management.azure.com'.",
  ],
  [
    'a path',
    ['--resource-manager', 'https://management.azure.com/subscriptions'],
    'give an address that begins with https:// and has no path',
  ],
  ['no api-version', ['--api-version', 'latest'], 'write an api-version as Azure does, for instance 2026-09-01.'],
  ['no time', ['--timeout', '0'], 'give a whole number of seconds, from 1 to 9999.'],
  [
    'a region of another cloud',
    ['--cloud', 'usgovernment', '--location', 'usgovvirginia', 'eastus2'],
    "error: option '--location <region...>' names 'eastus2', which --cloud usgovernment does not have; give --cloud public for it",
  ],
  [
    'a region of Azure Government',
    ['--location', 'usgovvirginia'],
    "names 'usgovvirginia', which --cloud public does not have; give --cloud usgovernment for it",
  ],
  ['no region at all', [], "error: required option '--location <region...>' not specified"],
  [
    'a folder that is not there',
    ['--location', 'eastus2', '--out', '/dev/null/none/x.json'],
    "'/dev/null/none/x.json' cannot be written (ENOTDIR); name a file in a folder that exists",
  ],
  [
    'JSON and the catalogue into one stream',
    ['--location', 'eastus2', '--format', 'json'],
    '--format json writes the report to standard output, where the catalogue goes; give --out FILE',
  ],
  [
    'over its overlay',
    ['--location', 'eastus2', '--overlay', 'x.json', '--out', 'x.json'],
    "'x.json' is to be written, and it is an input as well; name another file",
  ],
])('%s: ends with 2 before Azure is asked', async (_, args, message) => {
  const { status, stderr } = await commands.run(['catalog', 'refresh', '--subscription', SUBSCRIPTION, ...args]);
  expect([status, azure.requests]).toEqual([2, []]);
  expect(stderr).toContain(message);
});

test('a region without a single model is no part of a catalogue, and said to be none', async () => {
  azure.route(modelLists({ eastus2: rows(3), westus3: [] }));
  const { status, stderr } = await refresh(['--location', 'eastus2', 'westus3', '--out', join(folder, 'empty.json')]);
  expect([status, existsSync(join(folder, 'empty.json'))]).toEqual([2, false]);
  expect(stderr).toContain('  westus3: Azure lists no model there, which would pass for a region that has none');
  expect(stderr).toContain('  eastus2: 3 rows on 1 page\n');
});

test('all that is missing is named at once, with where to get it', async () => {
  const { status, stderr } = await commands.run(['catalog', 'refresh']);
  expect([status, azure.requests]).toEqual([2, []]);
  expect(stderr).toContain(
    "error: required options '--subscription <id>' and '--location <region...>' not specified; set AZURE_SUBSCRIPTION_ID or " +
      "give what 'az account show --query id --output tsv' prints; name the regions that you deploy in, for instance eastus2\n",
  );
});

test('a folder that is not there is named before Azure is asked', async () => {
  azure.route(modelLists({ eastus2: rows(1) }));
  const { status } = await refresh(['--location', 'eastus2', '--out', join(folder, 'none', 'x.json')]);
  expect([status, azure.requests]).toEqual([2, []]);
});

test('a folder that is not there is named before anything is left behind', async () => {
  azure.route(modelLists({ eastus2: rows(1) }));
  const missing = join(folder, 'none');
  const { status, stderr } = await refresh(['--location', 'eastus2', '--out', join(missing, 'x.json')]);
  expect([status, existsSync(missing)]).toEqual([2, false]);
  expect(stderr).toContain(
    `'${join(missing, 'x.json')}' cannot be written (ENOENT); make the folder first: mkdir -p '${missing}'\n`,
  );
});

/** A port of this computer on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
