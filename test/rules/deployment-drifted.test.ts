import { known } from '../../lib/facts/attribute';
import { configurationOf, declared, found, inventoryOf, live } from '../inventory/support';

const RULE = 'deployment-drifted';

describe('deployment-drifted', () => {
  test('says in one finding all that is otherwise', () => {
    const code = declared({ version: known('2026-08-01'), capacity: known(20) });
    const inventory = inventoryOf([live({ versionUpgradeOption: 'OnceNewDefaultVersionAvailable' })]);
    expect(found(RULE, configurationOf([code]), inventory)).toMatchObject([
      {
        severity: 'warning',
        status: 'violation',
        resource: { address: live().id, deployment: 'chat' },
        message:
          "deployment 'chat' of account 'models' is otherwise than azurerm_cognitive_deployment.chat in main.tfstate says: " +
          'version 2026-09-22 instead of 2026-08-01, capacity 10 instead of 20, ' +
          'version upgrade option OnceNewDefaultVersionAvailable instead of NoAutoUpgrade',
        fix: 'write down what runs if that is what should run, else apply the code',
      },
    ]);
  });

  test('says nothing where the code is as it runs, or does not declare it', () => {
    expect(found(RULE, configurationOf([declared()]), inventoryOf([live()]))).toEqual([]);
    expect(found(RULE, configurationOf([]), inventoryOf([live()]))).toEqual([]);
  });

  test('writes values of others so that they take no effect', () => {
    const inventory = inventoryOf([live({ sku: { name: 'x\u001b[0m', capacity: 10 } })]);
    const [finding] = found(RULE, configurationOf([declared()]), inventory);
    expect(finding!.message).toMatch(/: SKU x\\u\{1b\}\[0m instead of GlobalStandard$/);
  });
});
