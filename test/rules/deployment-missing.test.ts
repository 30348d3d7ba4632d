import { known } from '../../lib/facts/attribute';
import { accountId, configurationOf, declared, found, inventoryOf, live } from '../inventory/support';

const RULE = 'deployment-missing';
const OTHERS = inventoryOf([live({ name: 'other' })]);

describe('deployment-missing', () => {
  test('names the deployment that is gone, by its address', () => {
    expect(found(RULE, configurationOf([declared()]), OTHERS)).toEqual([
      {
        rule: RULE,
        severity: 'warning',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          account: accountId('models').toLowerCase(),
          deployment: 'chat',
          input: 'main.tfstate',
        },
        message:
          "deployment 'chat' is not on account 'models' of resource group 'rg-models', and azurerm_cognitive_deployment.chat in main.tfstate has it",
        fix: 'apply the code to create it again, or remove it from the code and the state',
      },
    ]);
  });

  test('is unknown where the account is not listed either', () => {
    const facts = configurationOf([declared({ account: known(accountId('hidden')) })]);
    expect(found(RULE, facts, OTHERS, { unknown: 'fail' })).toMatchObject([
      {
        status: 'unknown',
        severity: 'error',
        message: expect.stringMatching(
          /has it; the account is not listed either: it is gone, or whoever is signed in may not see it$/,
        ) as string,
      },
    ]);
  });

  test('says nothing of what is there, and of accounts that could not be read', () => {
    expect(found(RULE, configurationOf([declared()]), inventoryOf([live()]))).toEqual([]);
    const unread = [{ id: accountId('models'), reason: 'no' }];
    expect(found(RULE, configurationOf([declared()]), { ...OTHERS, unread })).toEqual([]);
  });
});
