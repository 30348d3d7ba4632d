import { DeploymentChange } from '../../lib/facts/plan-facts';
import { modelsInUse } from '../../lib/review/models-in-use';
import { configuration, TODAY } from '../rules/configuration';
import { accounts } from '../rules/gateway-stack';
import { apps, orchestrator, release } from '../rules/release-stack';
import { ACCOUNT, catalog, lark, planned, plannedDeployments, plannedResources, reported } from './planned';

const HERE = lark('chat', 'lark@2025-01-01');
const THERE = lark('chat', 'lark@2025-01-01', {
  address: 'module.models.azurerm_cognitive_deployment.this["chat"]',
  account: ACCOUNT.toUpperCase(),
});

describe('a deployment that one plan lets go of and another takes over', () => {
  test.each<[DeploymentChange['outcome'], DeploymentChange['outcome'], string, string]>([
    [
      'forgotten',
      'imported',
      'moved',
      'it moves from a.json, which forgets it, to b.json, which adopts it; nothing happens to it on Azure',
    ],
    ['destroyed', 'created', 'recreated', 'it moves from a.json, which destroys it, to b.json, which creates it again'],
    [
      'destroyed',
      'imported',
      'imported',
      'b.json adopts it while a.json destroys it; let a.json forget it with a removed block instead',
    ],
    [
      'forgotten',
      'created',
      'created',
      'a.json forgets it and b.json creates it, which Azure refuses while it exists; import it there instead',
    ],
  ])('%s and %s is one that is %s', (left, arriving, outcome, remark) => {
    const plans = [
      { ...plannedDeployments([{ outcome: left, before: HERE }]), stack: undefined },
      { ...plannedDeployments([{ outcome: arriving, after: THERE }]), stack: undefined },
    ];
    const { deployments } = reported(...plans);
    expect(deployments).toHaveLength(1);
    expect(deployments[0]).toMatchObject({
      input: 'b.json',
      address: THERE.origin.address,
      previousAddress: HERE.origin.address,
      outcome,
      from: { version: '2025-01-01' },
      to: { version: '2025-01-01' },
    });
    expect(deployments[0]!.remarks[0]).toBe(remark);
  });

  test('with another model it is a change in place', () => {
    const after = { ...THERE, version: { state: 'known', value: '2026-01-01' } } as const;
    const { deployments } = reported(
      plannedDeployments([{ outcome: 'forgotten', before: HERE }]),
      plannedDeployments([{ outcome: 'imported', after }]),
    );
    expect(deployments).toMatchObject([{ outcome: 'changed-in-place', update: { scope: 'minor-version' } }]);
  });

  test('another account is another deployment', () => {
    const elsewhere = lark('chat', 'lark@2025-01-01', { account: `${ACCOUNT}2` });
    const { deployments } = reported(
      plannedDeployments([{ outcome: 'destroyed', before: HERE }]),
      plannedDeployments([{ outcome: 'created', after: elsewhere }]),
    );
    expect(deployments.map(({ outcome, input }) => `${outcome} in ${input}`)).toEqual([
      'destroyed in a.json',
      'created in b.json',
    ]);
  });

  test('a resource id is the same account in every stack, so that one plan may hold the successor', () => {
    const { deployments } = reported(
      plannedDeployments([{ outcome: 'destroyed', before: HERE }]),
      plannedDeployments([{ outcome: 'created', after: lark('chat-2026', 'lark@2026-01-01') }]),
    );
    expect(deployments.map(({ outcome, input }) => `${outcome} in ${input}`)).toEqual([
      'created in b.json',
      'superseded in a.json',
    ]);
  });
});

describe('inputs', () => {
  test('a plan says what it is and what becomes of its deployments', () => {
    const facts = plannedDeployments(
      [
        { outcome: 'kept', before: HERE, after: HERE },
        { outcome: 'created', after: lark('x', 'owl@1') },
        { outcome: 'created', after: lark('y', 'owl@1') },
      ],
      { isComplete: false, isErrored: true, resourceCount: 41 },
    );
    expect(reported(facts).inputs).toEqual([
      {
        kind: 'plan',
        input: 'a.json',
        stack: 'production',
        terraformVersion: '1.11.4',
        resourceCount: 41,
        isComplete: false,
        isErrored: true,
        outcomes: { kept: 1, created: 2 },
      },
    ]);
  });

  test('what is no plan changes nothing and has retirements to come', () => {
    expect(reported(configuration([HERE]))).toMatchObject({
      inputs: [
        { kind: 'stack', input: 'a.json', stack: 'production', isComplete: true, isErrored: false, outcomes: {} },
      ],
      deployments: [],
      releases: [],
      traffic: [],
      upcoming: [{ model: { name: 'lark' } }],
    });
  });
});

describe('retirements to come', () => {
  test('are told once for each version and SKU, soonest first, over all plans', () => {
    const standing = [
      lark('a', 'lark@2026-01-01'),
      lark('b', 'LARK@2025-01-01', { capacity: { state: 'known', value: 10 } }),
      lark('c', 'lark@2025-01-01', { sku: 'Standard' }),
      lark('gone', 'lark@2024-01-01'),
      lark('undated', 'vector@1'),
      lark('unknown', 'roc@1'),
    ];
    const first = planned({ before: configuration(standing), after: configuration(standing) });
    const second = planned({ after: configuration([lark('d', 'lark@2025-01-01')]) });
    expect(
      reported(first, second).upcoming.map(({ model, usedBy }) => [
        `${model.version} on ${model.sku}`,
        model.retirementDate,
        model.stage,
        usedBy.map((address) => address.split('.')[1]),
      ]),
    ).toEqual([
      ['2024-01-01 on GlobalStandard', '2025-02-13', 'retired', ['gone']],
      ['2025-01-01 on Standard', '2026-12-01', 'generally-available', ['c']],
      ['2025-01-01 on GlobalStandard', '2027-01-10', 'generally-available', ['b', 'd']],
      ['2026-01-01 on GlobalStandard', '2028-06-01', 'generally-available', ['a']],
    ]);
    const [, standard, global] = reported(first, second).upcoming;
    expect(standard!.replacement).toBe('lark@2026-01-01');
    expect(global!.model).not.toHaveProperty('capacity');
  });

  test('a deployment that the plan destroys does not retire any more', () => {
    expect(reported(plannedDeployments([{ outcome: 'destroyed', before: HERE }])).upcoming).toEqual([]);
  });

  test('a release whose model is deployed elsewhere is a use as well', () => {
    const bound = release({ models: { chat: 'gpt-7-chat@2024-01-01' } });
    const app = apps({
      a: orchestrator(bound, {
        MODEL_CHAT_URL: 'https://far.openai.azure.com/openai/v1',
        MODEL_CHAT_DEPLOYMENT: 'far',
      }),
    });
    const { upcoming } = reported(plannedResources([app], [app]));
    expect(upcoming).toMatchObject([
      {
        model: { name: 'gpt-7-chat', version: '2024-01-01', retirementDate: '2026-12-24', daysLeft: 33 },
        usedBy: ['azurerm_container_app.a'],
      },
    ]);
    expect(upcoming[0]!.model).not.toHaveProperty('sku');
  });
});

describe('models in use', () => {
  test('are the deployments that stand after the plans, by address', () => {
    const facts = plannedDeployments([
      { outcome: 'destroyed', before: lark('old', 'lark@2024-01-01') },
      { outcome: 'created', after: lark('b', 'roc@1', { version: { state: 'unknown', expression: '${var.v}' } }) },
      { outcome: 'kept', before: HERE, after: lark('a', 'lark@2025-01-01', { sku: 'Standard' }) },
    ]);
    expect(modelsInUse({ inputs: [{ input: 'a.json', facts }], catalog, asOf: TODAY })).toEqual([
      {
        resource: {
          address: 'azurerm_cognitive_deployment.a',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: undefined,
          account: ACCOUNT,
          deployment: 'a',
        },
        model: { format: 'Acme', name: 'lark', version: '2025-01-01', sku: 'Standard' },
        stage: 'generally-available',
        retirementDate: '2026-12-01',
        sources: [expect.objectContaining({ asOf: '2026-11-20' })],
      },
      {
        resource: expect.objectContaining({ address: 'azurerm_cognitive_deployment.b', deployment: 'b' }),
        model: { format: 'Acme', name: 'roc', version: undefined, sku: 'GlobalStandard' },
        sources: [],
      },
    ]);
  });

  test('of a synthesised stack are its deployments', () => {
    const facts = plannedResources([], [accounts({ eu: { chat: 'gpt-7-chat@2025-01-01' } })]);
    expect(modelsInUse({ inputs: [{ input: 'x', facts }], catalog, asOf: TODAY })).toMatchObject([
      { resource: { account: '${azurerm_cognitive_account.eu.id}', deployment: 'chat' }, retirementDate: '2029-01-01' },
    ]);
  });
});
