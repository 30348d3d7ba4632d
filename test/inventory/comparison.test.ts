import { ABSENT, known, unknown } from '../../lib/facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../../lib/facts/facts';
import { PlanFacts } from '../../lib/facts/plan-facts';
import { compareInventory, LiveDeployment } from '../../lib/inventory';
import {
  accountId,
  configurationOf,
  declared,
  declaredAccount,
  found,
  inventoryOf,
  live,
  OTHER_SUBSCRIPTION,
  SUBSCRIPTION,
} from './support';

const REFERENCE = unknown('${azurerm_cognitive_account.eu.id}');
const PLACE = { input: 'plan.json', address: 'azurerm_cognitive_deployment.chat' };

function compare(facts: ConfigurationFacts, deployments: readonly LiveDeployment[] = [live()]) {
  return compareInventory(inventoryOf(deployments), [{ input: 'plan.json', facts }]);
}

function planFacts(before: readonly DeploymentFact[], created: readonly DeploymentFact[] = []): PlanFacts {
  return {
    isComplete: true,
    isErrored: false,
    resourceCount: 0,
    before: configurationOf(before),
    resources: new Map(),
    deployments: created.map((after) => ({ outcome: 'created', after })),
    drift: [],
  };
}

describe('a live deployment and the code', () => {
  test('is not compared where there is no code', () => {
    expect(compareInventory(inventoryOf([live()]), [])).toEqual({
      deployments: [{ live: live(), declared: 'not-compared', places: [], drift: [] }],
      missing: [],
    });
  });

  test.each<[string, Partial<DeploymentFact>, Partial<ConfigurationFacts>, object]>([
    ['its id', {}, {}, { declared: 'declared', matchedBy: 'id', places: [PLACE] }],
    [
      'its id in another case and with a slash behind',
      { account: known(`${accountId('MODELS').toUpperCase()}/`), deployment: known('CHAT') },
      {},
      { declared: 'declared', matchedBy: 'id' },
    ],
    [
      'a reference to an account whose id is known',
      { account: REFERENCE },
      { accounts: [declaredAccount(known('models'), known(accountId('models')))] },
      { declared: 'declared', matchedBy: 'id' },
    ],
    [
      'a reference to an account whose name is known, if only one is called so',
      { account: REFERENCE },
      { accounts: [declaredAccount(known('Models'))] },
      { declared: 'declared', matchedBy: 'name' },
    ],
    [
      'the name that a template writes',
      { declaredBy: 'template', account: unknown('models') },
      {},
      { declared: 'declared', matchedBy: 'name' },
    ],
    ['an expression', { account: unknown('${var.account}') }, {}, { declared: 'uncertain', places: [PLACE] }],
    [
      'an expression of the template',
      { declaredBy: 'template', account: unknown("[parameters('a')]") },
      {},
      { declared: 'uncertain' },
    ],
    ['a name that is an expression', { deployment: unknown('${each.key}') }, {}, { declared: 'uncertain' }],
    ['another account, by id', { account: known(accountId('others')) }, {}, { declared: 'undeclared', places: [] }],
    [
      'the same names elsewhere',
      { account: known(accountId('models', OTHER_SUBSCRIPTION)) },
      {},
      { declared: 'undeclared' },
    ],
    ['another name on the account', { deployment: known('chat-2') }, {}, { declared: 'undeclared' }],
    [
      'an expression, and another name',
      { account: unknown('${var.account}'), deployment: known('x') },
      {},
      { declared: 'undeclared' },
    ],
    [
      'a place that cannot be read',
      { deployment: known('x') },
      {
        opaque: [
          {
            origin: { address: 'azapi_resource.any', type: 'azapi_resource' },
            path: 'body',
            expression: '${var.body}',
            reason: 'unknown',
          },
        ],
      },
      { declared: 'uncertain', places: [{ input: 'plan.json', address: 'azapi_resource.any' }] },
    ],
  ])('found by %s', (_, fact, facts, expected) => {
    const { deployments } = compare(configurationOf([declared(fact)], facts));
    expect(deployments).toMatchObject([expected]);
  });

  test('is not taken for undeclared where several accounts have the name that the code gives', () => {
    const both = [live(), live({ accountId: accountId('models', SUBSCRIPTION, 'rg-other') })];
    const facts = configurationOf([declared({ account: REFERENCE })], { accounts: [declaredAccount(known('models'))] });
    expect(compare(facts, both).deployments.map((each) => each.declared)).toEqual(['uncertain', 'uncertain']);
  });

  test('that a plan ends is declared still, and is not compared any more', () => {
    const facts = configurationOf([], { plan: planFacts([declared({ capacity: known(1) })]) });
    expect(compare(facts).deployments).toMatchObject([{ declared: 'declared', isRemoved: true, drift: [] }]);
  });

  test('that a plan lets go of is declared until then, and runs on', () => {
    const before = declared();
    const plan = { ...planFacts([before]), deployments: [{ outcome: 'forgotten' as const, before }] };
    const [compared] = compare(configurationOf([], { plan })).deployments;
    expect(compared).toMatchObject({ declared: 'declared', isForgotten: true, drift: [] });
    expect(compared).not.toHaveProperty('isRemoved');
    const [finding, ...others] = found('deployment-undeclared', configurationOf([], { plan }), inventoryOf([live()]));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', status: 'violation' });
    expect(finding!.message).toBe(
      "deployment 'chat' of account 'models' runs on once azurerm_cognitive_deployment.chat in main.tfstate is applied, " +
        'which lets go of it, and nothing that was given declares it then',
    );
  });

  test('is not what a plan creates on an account of the same name that is still to be created', () => {
    const account = declaredAccount(known('models'));
    const resources = new Map([
      [account.origin.address, { ...account.origin, action: 'create' as const, replacePaths: [] }],
    ]);
    const planned = declared({ account: REFERENCE });
    const facts = configurationOf([planned], { accounts: [account], plan: { ...planFacts([], [planned]), resources } });
    expect(compare(facts).deployments).toMatchObject([{ declared: 'undeclared', places: [] }]);
  });

  test('is compared with what the plan leaves, not with what was before', () => {
    const facts = configurationOf([declared()], { plan: planFacts([declared({ capacity: known(1) })]) });
    const [compared] = compare(facts).deployments;
    expect(compared).toMatchObject({ declared: 'declared', drift: [], places: [PLACE] });
    expect(compared).not.toHaveProperty('isRemoved');
  });
});

describe('drift', () => {
  test.each<[string, Partial<LiveDeployment>, Partial<DeploymentFact>, object[]]>([
    ['nothing', {}, {}, []],
    ['a model, whatever its case', {}, { model: known('GPT-6-Sol') }, []],
    ['another model', {}, { model: known('gpt-5.1') }, [{ field: 'model', live: 'gpt-6-sol', declared: 'gpt-5.1' }]],
    ['another version', {}, { version: known('1') }, [{ field: 'version', live: '2026-09-22', declared: '1' }]],
    ['a version that the code leaves out', {}, { version: ABSENT }, []],
    ['a version that cannot be read', {}, { version: unknown('${var.version}') }, []],
    ['another SKU', {}, { sku: known('Standard') }, [{ field: 'sku', live: 'GlobalStandard', declared: 'Standard' }]],
    ['another capacity', {}, { capacity: known(20) }, [{ field: 'capacity', live: 10, declared: 20 }]],
    ["azurerm's default capacity", {}, { capacity: ABSENT }, [{ field: 'capacity', live: 10, declared: 1 }]],
    ['a capacity that azapi leaves out', {}, { declaredBy: 'azapi', capacity: ABSENT }, []],
    [
      "an option that azurerm's default writes",
      { versionUpgradeOption: 'OnceNewDefaultVersionAvailable' },
      { versionUpgradeOption: ABSENT },
      [],
    ],
    [
      'an option that both leave out',
      { versionUpgradeOption: undefined },
      { declaredBy: 'azapi', versionUpgradeOption: ABSENT },
      [],
    ],
    [
      'an option that somebody changed',
      { versionUpgradeOption: 'OnceCurrentVersionExpired' },
      {},
      [{ field: 'versionUpgradeOption', live: 'OnceCurrentVersionExpired', declared: 'NoAutoUpgrade' }],
    ],
    [
      'an option that Azure has not',
      { versionUpgradeOption: undefined },
      {},
      [{ field: 'versionUpgradeOption', live: 'OnceCurrentVersionExpired', declared: 'NoAutoUpgrade' }],
    ],
    ['an option left to a module', {}, { declaredBy: 'module', versionUpgradeOption: ABSENT, capacity: ABSENT }, []],
    [
      'a model that Azure does not say',
      { model: undefined },
      { version: ABSENT },
      [{ field: 'model', declared: 'gpt-6-sol' }],
    ],
  ])('tells %s', (_, given, fact, expected) => {
    const { deployments } = compare(configurationOf([declared(fact)]), [live(given)]);
    expect(deployments[0]!.drift).toEqual(expected);
  });
});

describe('what the code has and Azure has not', () => {
  const nothing: readonly LiveDeployment[] = [live({ name: 'other' })];
  const missingOf = (facts: ConfigurationFacts, given = {}) =>
    compareInventory(inventoryOf(nothing, given), [{ input: 'plan.json', facts }]).missing;

  test('is told once, with its account', () => {
    const facts = configurationOf([declared(), declared()]);
    expect(missingOf(facts)).toMatchObject([{ accountId: accountId('models').toLowerCase(), isAccountListed: true }]);
  });

  test('is told of an account that is not listed, where its subscription was read', () => {
    const facts = configurationOf([declared({ account: known(accountId('gone')) })]);
    expect(missingOf(facts)).toMatchObject([{ isAccountListed: false }]);
  });

  test.each<[string, Partial<DeploymentFact>, object]>([
    ['in a subscription that was not read', { account: known(accountId('models', OTHER_SUBSCRIPTION)) }, {}],
    [
      'on an account that could not be read',
      {},
      { unread: [{ id: accountId('models').toUpperCase(), reason: '403' }] },
    ],
    ['on an account that is only named', { account: REFERENCE }, {}],
    ['under a name that cannot be read', { deployment: unknown('${each.key}') }, {}],
    ['that may not exist', { mayNotExist: true }, {}],
    ['without a name', { deployment: ABSENT }, {}],
  ])('is not told %s', (_, fact, given) => {
    expect(missingOf(configurationOf([declared(fact)]), given)).toEqual([]);
  });

  test.each<[string, Partial<DeploymentFact>, number]>([
    ['another name', { deployment: known('chat2') }, 0],
    ['another account', { account: known(accountId('models2')) }, 0],
    ['its own name in another case', { deployment: known('CHAT') }, 1],
  ])('is told of what a plan replaces where it keeps its place: %s', (_, given, count) => {
    const [before, after] = [declared(), declared(given)];
    const plan = { ...planFacts([before]), deployments: [{ outcome: 'replaced' as const, before, after }] };
    expect(missingOf(configurationOf([after], { plan }))).toHaveLength(count);
  });

  test('is not told of what a plan is still to create', () => {
    const created = declared();
    expect(missingOf(configurationOf([created], { plan: planFacts([], [created]) }))).toEqual([]);
  });
});
