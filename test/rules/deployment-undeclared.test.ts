import { unknown } from '../../lib/facts/attribute';
import { configurationOf, declared, found, inventoryOf, live } from '../inventory/support';

const RULE = 'deployment-undeclared';

describe('deployment-undeclared', () => {
  test('names the deployment that no code declares, by its id', () => {
    expect(found(RULE, configurationOf([]), inventoryOf([live()]))).toEqual([
      {
        rule: RULE,
        severity: 'warning',
        status: 'violation',
        resource: {
          address: live().id,
          type: 'Microsoft.CognitiveServices/accounts/deployments',
          account: live().accountId,
          deployment: 'chat',
        },
        message: "deployment 'chat' of account 'models' stands on Azure, and nothing that was given declares it",
        fix: 'import it into the code that should own it, delete it once nothing calls it, or give the code that declares it',
        model: { format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22', sku: 'GlobalStandard' },
      },
    ]);
  });

  test('says nothing of what is declared', () => {
    expect(found(RULE, configurationOf([declared()]), inventoryOf([live()]))).toEqual([]);
  });

  test.each([
    ['fail', 'error'],
    ['warn', 'warning'],
    ['pass', 'note'],
  ] as const)('is unknown where code may declare it, which under %s is an %s', (policy, severity) => {
    const facts = configurationOf([declared({ account: unknown('${var.account}') })]);
    expect(found(RULE, facts, inventoryOf([live()]), { unknown: policy })).toMatchObject([
      {
        status: 'unknown',
        severity,
        message:
          "whether code declares deployment 'chat' of account 'models' cannot be told: it may be azurerm_cognitive_deployment.chat in main.tfstate, which cannot be read",
        fix: 'give the Terraform state or a plan as an input: both know the ids of accounts',
      },
    ]);
  });

  test('writes names of others so that they take no effect', () => {
    const [finding] = found(RULE, configurationOf([]), inventoryOf([live({ name: 'a\u001b[31m\n::error::b' })]));
    expect(finding!.message).toContain("deployment 'a\\u{1b}[31m\\u{a}::error::b' of account 'models'");
  });
});
