import { ABSENT, unknown } from '../../lib/facts/attribute';
import { modelAutoUpgrade } from '../../lib/rules/model-auto-upgrade';
import { contextOf, deployment } from './configuration';

function check(props: Parameters<typeof deployment>[0]) {
  return modelAutoUpgrade.check(contextOf([deployment(props)]));
}

const NEW_DEFAULT = 'Azure replaces the model within two weeks of a new default version';
const ON_EXPIRY = 'Azure replaces the model days or weeks before it retires';

describe('model-auto-upgrade: a deployment has an upgrade option other than NoAutoUpgrade, or none', () => {
  test('leaves NoAutoUpgrade alone', () => {
    expect(check({ versionUpgradeOption: 'NoAutoUpgrade' })).toEqual([]);
  });

  test.each([
    ['OnceNewDefaultVersionAvailable', NEW_DEFAULT],
    ['OnceCurrentVersionExpired', ON_EXPIRY],
    ['noautoupgrade', "allowed is 'NoAutoUpgrade', written exactly so"],
    ['NoAutoUpgrade ', "allowed is 'NoAutoUpgrade', written exactly so"],
    ['constructor', "allowed is 'NoAutoUpgrade', written exactly so"],
  ])('reports %j', (given, effect) => {
    expect(check({ versionUpgradeOption: given })).toMatchObject([
      {
        severity: 'error',
        status: 'violation',
        resource: { path: 'version_upgrade_option' },
        message: `chat@1 has the version upgrade option '${given}': ${effect}`,
        fix: "set version_upgrade_option to 'NoAutoUpgrade'",
      },
    ]);
  });

  test.each([
    ['azurerm', `azurerm then writes OnceNewDefaultVersionAvailable, and ${NEW_DEFAULT}`, 'version_upgrade_option'],
    [
      'azapi',
      `Azure takes that as OnceCurrentVersionExpired, and ${ON_EXPIRY}`,
      'body.properties.versionUpgradeOption',
    ],
    ['template', `Azure takes that as OnceCurrentVersionExpired, and ${ON_EXPIRY}`, 'properties.versionUpgradeOption'],
  ] as const)('says what a missing option means to %s', (declaredBy, effect, path) => {
    expect(check({ versionUpgradeOption: ABSENT, declaredBy })).toMatchObject([
      {
        status: 'violation',
        resource: { path },
        message: `chat@1 gives no version upgrade option: ${effect}`,
        fix: `set ${path} to 'NoAutoUpgrade'`,
      },
    ]);
  });

  test('takes an empty option for a missing one', () => {
    expect(check({ versionUpgradeOption: '' })[0]!.message).toMatch(/^chat@1 gives no version upgrade option: azurerm/);
  });

  test('mentions that Azure leaves provisioned deployments alone today', () => {
    expect(check({ versionUpgradeOption: ABSENT, sku: 'GlobalProvisionedManaged' })[0]!.message).toMatch(
      / \(it does not upgrade provisioned deployments today; the option has to say so all the same\)$/,
    );
  });

  test('is unknown when the option cannot be read', () => {
    expect(check({ versionUpgradeOption: unknown('${var.option}') })).toMatchObject([
      {
        severity: 'error',
        status: 'unknown',
        message: 'the version upgrade option of chat@1 cannot be read before Terraform runs: ${var.option}',
      },
    ]);
  });

  test('is unknown when a module decides', () => {
    expect(check({ versionUpgradeOption: ABSENT, declaredBy: 'module' })).toMatchObject([
      {
        status: 'unknown',
        resource: { path: undefined },
        message: "the version upgrade option of chat@1 is left to the module's own default, which cannot be read",
        fix: "pass 'NoAutoUpgrade' to the module if it has a variable for it, else make sure that this is what it sets",
      },
    ]);
  });
});
