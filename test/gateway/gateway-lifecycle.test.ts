import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelVersion } from '../../lib/accounts';
import { ModelGateway, RetiredRouteOptions } from '../../lib/gateway';
import { ModelLifecycleGuard } from '../../lib/guard/model-lifecycle-guard';
import { synthesised } from '../support/synthesised';
import { accountIn, deploymentOf, gatewayIn, platformStack } from './support/gateway-stack';
import { operationPolicyOf, policyOf, rowsOf } from './support/policy-of';

/** What the catalogue is told for these tests: a model with dates, and others that it names as replacements. */
function overlayWith(replacements: readonly object[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'gateway-overlay-')), 'overlay.json');
  const facts = { format: 'OpenAI', stage: 'generally-available' };
  const models = [
    {
      ...facts,
      name: 'house',
      version: '1',
      retirementDate: '2027-06-30',
      deprecationDate: '2027-03-31',
      skuRetirementDates: { Standard: '2027-01-15' },
      replacements,
    },
    { ...facts, name: 'house', version: '2' },
    { ...facts, name: 'house', version: '3' },
  ];
  writeFileSync(file, JSON.stringify({ schemaVersion: 1, asOf: '2026-11-21', models }));
  return file;
}

const house = (version: string) => ModelVersion.openAi('house', version);

interface Situation {
  readonly replacements?: readonly object[];
  readonly asOf?: string;
}

function setUp({ replacements = [], asOf = '2026-11-21' }: Situation = {}) {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack);
  const account = accountIn(stack);
  // After the gateway, because what it knows of models is asked for at synthesis.
  ModelLifecycleGuard.protect(stack, { asOf, overlayFiles: [overlayWith(replacements)] });
  return { stack, gateway, account };
}

const GLOBAL = '0:1|house_1_globalstandard|Models.Invoke';

describe('a live route', () => {
  test('has the dates of its deployment type', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account, house('1')));
    expect(rowsOf(policyOf(stack, 'v1'))).toEqual([`${GLOBAL}|@1806451200|Wed, 30 Jun 2027 00:00:00 GMT|`]);
  });

  test('ends with the first of its deployment types', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account, house('1')), {
      failover: [deploymentOf(account, house('1'), DeploymentSku.standard(1))],
    });
    expect(rowsOf(policyOf(stack, 'v1'))[0]).toContain('|Fri, 15 Jan 2027 00:00:00 GMT|');
  });

  test('of which nothing is known says nothing', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account, ModelVersion.openAi('private-model', '7')));
    expect(rowsOf(policyOf(stack, 'v1'))).toEqual(['0:1|private-model_7_globalstandard|Models.Invoke|||']);
  });

  test.each([
    ['2026-11-21', 'generally-available'],
    ['2027-03-30', 'generally-available'],
    ['2027-03-31', 'deprecated'],
    ['2027-06-29', 'deprecated'],
    ['2027-06-30', 'retired'],
  ])('is listed with its stage on %s: %s', (asOf, stage) => {
    const { stack, gateway, account } = setUp({ asOf });
    gateway.addRoute(deploymentOf(account, house('1')));
    const body = /<set-body>(\{.*\})<\/set-body>/s.exec(operationPolicyOf(stack, 'models'))![1]!;
    const { data } = JSON.parse(body.replaceAll('&quot;', '"').replaceAll('{ {', '{{')) as { data: object[] };
    expect(data).toEqual([
      {
        id: 'house@1',
        object: 'model',
        created: 0,
        owned_by: 'azure',
        lifecycle: { stage, deprecated_on: '2027-03-31', retires_on: '2027-06-30' },
      },
    ]);
  });
});

describe('the successor', () => {
  const successorOf = (replacements: readonly object[], live: readonly string[], successor?: ModelVersion) => {
    const { stack, gateway, account } = setUp({ replacements });
    gateway.addRoute(deploymentOf(account, house('1')), { successor });
    live.forEach((version) => gateway.addRoute(deploymentOf(account, house(version))));
    return rowsOf(policyOf(stack, 'v1'))[0]!.split('|').at(-1);
  };

  test.each<[string, readonly object[], readonly string[], string]>([
    ['is what the catalogue names', [{ name: 'house', version: '2' }], [], 'house@2'],
    [
      'is a live one before one that is not here',
      [
        { name: 'house', version: '3' },
        { name: 'house', version: '2' },
      ],
      ['2'],
      'house@2',
    ],
    ['is any live version where only the name is known', [{ name: 'house' }], ['2', '3'], 'house@3'],
    ['is spelled as the gateway spells it', [{ name: 'HOUSE', version: '2' }], ['2'], 'house@2'],
    ['is nothing where only the name is known and none is here', [{ name: 'house' }], [], ''],
    ['is nothing where nothing is named', [], ['2'], ''],
    ['is not the version itself', [{ name: 'house', version: '1' }], [], ''],
  ])('%s', (_name, replacements, live, expected) => {
    expect(successorOf(replacements, live)).toBe(expected);
  });

  test('is what the user says before all that', () => {
    expect(successorOf([{ name: 'house', version: '2' }], ['2'], ModelVersion.of('Other', 'next', '9'))).toBe('next@9');
  });
});

test.each<[string, (gateway: ModelGateway, account: ModelAccount) => void, string]>([
  ['a route', (gateway, account) => void gateway.addRoute(deploymentOf(account, house('2'))), 'house@2'],
  ['a retired route', (gateway) => gateway.addRetiredRoute(house('3')), 'value="retired||"'],
  ['an alias', (gateway) => gateway.addAlias('home', gateway.routes[0]!), '==&quot;home&quot;'],
  ['a grant', (gateway) => gateway.grantAccess('22222222-3333-4444-5555-666666666666'), '666666666666=*'],
])('%s that comes after a synthesis stands in the policies of the next', (_name, declare, text) => {
  const { stack, gateway, account } = setUp();
  gateway.addRoute(deploymentOf(account, house('1')));
  expect(policyOf(stack, 'v1')).not.toContain(text);
  const before = gateway.describeCapacity().largestPolicyBytes;
  declare(gateway, account);
  expect(policyOf(stack, 'v1')).toContain(text);
  expect(gateway.describeCapacity().largestPolicyBytes).toBeGreaterThan(before);
});

test('what is known later stands in the policies of the next synthesis', () => {
  const stack = platformStack(Testing.app());
  gatewayIn(stack).addRoute(deploymentOf(accountIn(stack), house('1')));
  expect(rowsOf(policyOf(stack, 'v1'))[0]).toMatch(/\|$/);
  ModelLifecycleGuard.protect(stack, {
    asOf: '2026-11-21',
    overlayFiles: [overlayWith([{ name: 'house', version: '3' }])],
  });
  expect(rowsOf(policyOf(stack, 'v1'))[0]).toMatch(/\|house@3$/);
});

describe('a version that is gone', () => {
  const retire = (gateway: ModelGateway, options?: RetiredRouteOptions) => gateway.addRetiredRoute(house('1'), options);

  test.each<[string, Situation, RetiredRouteOptions | undefined, string]>([
    ['takes its day from the catalogue', { asOf: '2027-06-30' }, undefined, 'retired|Wed, 30 Jun 2027 00:00:00 GMT|'],
    ['names no day that is still to come', { asOf: '2027-06-29' }, undefined, 'retired||'],
    [
      'has the day and successor that it is given',
      { replacements: [{ name: 'house', version: '3' }] },
      { retiredOn: '2026-02-28', successor: house('2') },
      'retired|Sat, 28 Feb 2026 00:00:00 GMT|house@2',
    ],
    ['names the replacement', { replacements: [{ name: 'house', version: '3' }] }, {}, 'retired||house@3'],
  ])('%s', (_name, situation, options, row) => {
    const { stack, gateway, account } = setUp(situation);
    gateway.addRoute(deploymentOf(account, house('2')));
    retire(gateway, options);
    for (const surface of ['dated', 'v1'] as const) {
      expect(rowsOf(policyOf(stack, surface))[1]).toBe(row);
    }
    expect(gateway.node.validate()).toEqual([]);
  });

  test('keeps its backends for one apply when its route is marked, and no policy names them', () => {
    const backends = (retired: boolean) => {
      const { stack, gateway, account } = setUp();
      const route = gateway.addRoute(deploymentOf(account, house('1')), { retired });
      gateway.addRoute(deploymentOf(account, house('2')));
      expect(route.isRetired).toBe(retired);
      const { resource } = synthesised(stack);
      const declared = Object.entries(resource.azurerm_api_management_backend!);
      const own = declared.map(([id, { name }]) => [id, name]).filter(([, name]) => String(name).startsWith('house-1'));
      return {
        own,
        policy: policyOf(stack, 'dated') + policyOf(stack, 'v1') + operationPolicyOf(stack, 'images-edits'),
      };
    };
    const [live, marked] = [backends(false), backends(true)];
    expect(marked.own).toEqual(live.own);
    expect(marked.own).toHaveLength(2);
    expect(live.policy).toContain('backend-id="house-1');
    expect(marked.policy).not.toContain('backend-id="house-1');
    expect(rowsOf(marked.policy)).toContain('retired||');
  });

  test.each<[string, (gateway: ModelGateway) => void, string]>([
    [
      'twice',
      (gateway) => [1, 2].forEach(() => retire(gateway)),
      'stack/gateway has house@1 declared retired with addRetiredRoute; declare a version once: leave out addRetiredRoute where it has deployments, or else this call',
    ],
    [
      'while it is live',
      (gateway) => gateway.addRetiredRoute(house('2')),
      'stack/gateway has the route house@2 with its deployments; first add that route with retired: true',
    ],
    [
      'on no day',
      (gateway) => retire(gateway, { retiredOn: '2026-02-29' }),
      "retiredOn '2026-02-29' of house@1 in stack/gateway is not a day; write YYYY-MM-DD, for instance '2026-03-31'",
    ],
    [
      'for itself',
      (gateway) => retire(gateway, { successor: house('1') }),
      'house@1 in stack/gateway names itself as its successor',
    ],
  ])('is refused %s', (_name, act, message) => {
    const { gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account, house('2')));
    expect(() => act(gateway)).toThrow(message);
  });

  test('has no route beside', () => {
    const { gateway, account } = setUp();
    retire(gateway);
    expect(() => gateway.addRoute(deploymentOf(account, house('1')))).toThrow(
      'stack/gateway has house@1 declared retired with addRetiredRoute; declare a version once: ',
    );
  });
});
