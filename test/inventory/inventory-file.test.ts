import fc from 'fast-check';
import { accountPlace, inventoryDocument, liveDeployment, readInventory } from '../../lib/inventory';
import { accountId, inventoryOf, live, SUBSCRIPTION } from './support';

const ID = `${accountId('models')}/deployments/chat`;

describe('a deployment as Azure writes it', () => {
  test('is read with all that is asked of it', () => {
    const value = {
      id: `${ID}/`,
      name: 'not looked at',
      sku: { name: 'GlobalStandard', capacity: 10 },
      properties: {
        model: { format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22', callRateLimit: null },
        versionUpgradeOption: 'NoAutoUpgrade',
        provisioningState: 'Succeeded',
        rateLimits: [],
      },
    };
    expect(liveDeployment(value, 'Azure', 'swedencentral')).toEqual(live());
  });

  test('leaves out what Azure leaves out, writes as null or as an empty text', () => {
    const value = {
      id: ID,
      sku: null,
      properties: { model: { name: '' }, versionUpgradeOption: null, provisioningState: '' },
    };
    expect(liveDeployment(value, 'Azure')).toEqual({
      id: ID,
      subscriptionId: SUBSCRIPTION,
      accountId: accountId('models'),
      account: 'models',
      name: 'chat',
    });
  });

  test.each<[unknown, string]>([
    [undefined, 'its id is undefined'],
    [{ id: 7 }, 'its id is 7'],
    [{ id: accountId('models') }, "its id is '/subscriptions/"],
    [{ id: ID, properties: [] }, "properties of 'models/chat' is [], not an object"],
    [{ id: ID, properties: { model: 'gpt' } }, "properties.model of 'models/chat' is 'gpt', not an object"],
    [{ id: ID, properties: { model: { name: 4 } } }, "properties.model.name of 'models/chat' is 4, not a text"],
    [{ id: ID, sku: { name: 'S', capacity: '10' } }, "sku.capacity of 'models/chat' is '10', not a number"],
    [
      { id: ID, properties: { versionUpgradeOption: {} } },
      "properties.versionUpgradeOption of 'models/chat' is {}, not a text",
    ],
  ])('%j is refused', (value, problem) => {
    expect(() => liveDeployment(value, 'Azure')).toThrow(`Azure gave a deployment that cannot be read: ${problem}`);
  });

  test.each([
    '',
    '/subscriptions/x',
    '/subscriptions/x/resourceGroups/y/providers/Microsoft.Web/sites/z',
    `${accountId('a')}/projects/b`,
    '${azurerm_cognitive_account.eu.id}',
  ])('%j is no account', (text) => {
    expect(accountPlace(text)).toBeUndefined();
  });
});

describe('a saved inventory', () => {
  const whole = inventoryOf(
    [live(), live({ name: 'paused', deploymentState: 'Paused', sku: undefined, model: undefined })],
    {
      accounts: [accountId('models'), accountId('empty')],
      managementGroups: ['platform'],
      unread: [{ id: accountId('empty'), reason: 'no' }],
    },
  );

  test('is read back as it was', () => {
    expect(readInventory(JSON.parse(JSON.stringify(inventoryDocument(whole))), 'saved.json')).toEqual({
      ...whole,
      deployments: whole.deployments.map((each) => JSON.parse(JSON.stringify(each)) as object),
    });
  });

  test.each<[string, object, string]>([
    ['another version', { schemaVersion: 2 }, 'schemaVersion is 2; this version reads 1'],
    [
      'no time',
      { readAt: 'yesterday' },
      "readAt is 'yesterday'; allowed is a time in UTC such as 2026-11-21T09:00:00Z",
    ],
    ['another cloud', { cloud: 'china' }, "cloud is 'china'; allowed are public and usgovernment"],
    ['no accounts', { accounts: undefined }, 'accounts is undefined; give a list of texts'],
    ['accounts that are none', { accounts: [accountId('models'), 'x'] }, "accounts holds 'x', no account id"],
    ['no deployments', { deployments: {} }, 'deployments is {}; give a list'],
    ['deployments of other accounts', { accounts: [] }, 'deployments[0] is of an account that is not listed'],
    ['a deployment twice', { deployments: [{ id: ID }, { id: ID.toUpperCase() }] }, 'deployments[1] is there twice'],
    [
      'a deployment that is none',
      { deployments: [{ id: 'x' }] },
      "deployments[0] of 'saved.json' gave a deployment that cannot be read: its id is 'x'",
    ],
    ['reasons that are none', { unread: ['x'] }, "unread[0] is 'x'; give id and reason"],
    ['no subscriptions', { subscriptions: 'all' }, "subscriptions is 'all'; give a list of texts"],
  ])('with %s is refused', (_, change, problem) => {
    expect(() => readInventory({ ...inventoryDocument(inventoryOf([live()])), ...change }, 'saved.json')).toThrow(
      `'saved.json' is no saved inventory:\n  ${problem}`,
    );
  });

  test('whatever it holds, it is refused in words or read', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('accounts', 'deployments', 'unread', 'subscriptions', 'readAt'),
        (value, key) => {
          const document = { ...inventoryDocument(inventoryOf([live()])), [key]: value };
          try {
            expect(readInventory(document, 'saved.json').cloud).toBe('public');
          } catch (error) {
            expect((error as Error).message).toMatch(/^'saved\.json' is no saved inventory:\n/);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
