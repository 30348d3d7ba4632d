import { unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { modelDrifted } from '../../lib/rules/model-drifted';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment, DeploymentProps, planContext, PlanProps } from './configuration';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

const catalog = fakeKnowledge([
  { name: 'gpt-7', version: '2024-05-13', retirementDate: '2026-10-01', replacements: [{ name: 'gpt-8' }] },
  { name: 'gpt-7', version: '2024-08-06', retirementDate: '2027-04-14', replacements: [{ name: 'gpt-8' }] },
  { name: 'gpt-7', version: '2024-11-20', retirementDate: '2027-06-01' },
  { name: 'gpt-8', version: '2025-11-13', retirementDate: '2028-01-01' },
  { name: 'gpt-9', version: '2026-01-01', retirementDate: '2029-01-01' },
]);

const UPGRADING = 'OnceNewDefaultVersionAvailable';

function fact(props: DeploymentProps = {}) {
  return deployment({ account: ACCOUNT, model: 'gpt-7', versionUpgradeOption: UPGRADING, ...props });
}

/** A refresh that found another model than the last apply left, and what the plan makes of it. */
function noticed(
  found: DeploymentProps,
  planned: DeploymentProps,
  outcome: DeploymentChange['outcome'],
  recorded: DeploymentProps = planned,
): PlanProps {
  const after = fact(planned);
  return {
    deployments: [{ outcome, before: fact(found), after }],
    drift: [{ address: after.origin.address, recorded: fact(recorded), found: fact(found), planned: after }],
  };
}

function check(props: PlanProps) {
  return modelDrifted.check(planContext(props, { catalog }));
}

function messages(props: PlanProps): string[] {
  return check(props).map(({ severity, status, message }) => `${severity} ${status}: ${message}`);
}

const OLD = { version: '2024-08-06' };
const NEW = { version: '2024-11-20' };
const RETIRED = { version: '2024-05-13' };
const OTHER = { model: 'gpt-8', version: '2025-11-13' };

describe('model-drifted', () => {
  test('says what an apply would destroy after an upgrade to a model of another name, and what to write to keep it', () => {
    expect(check(noticed(OTHER, OLD, 'replaced'))).toEqual([
      {
        rule: 'model-drifted',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: 'production/chat',
          account: ACCOUNT,
          deployment: 'chat',
          path: 'model.name',
        },
        message:
          "deployment 'chat' runs gpt-8@2025-11-13, to which Azure has upgraded it from gpt-7@2024-08-06, and the configuration says gpt-7@2024-08-06: applying this plan destroys the deployment and creates it again with that one, and calls fail in between",
        fix: "to keep what runs, set model.name to 'gpt-8', model.version to '2025-11-13' and version_upgrade_option to 'NoAutoUpgrade'; to leave it, deploy another model beside it and move traffic",
        model: { format: 'OpenAI', name: 'gpt-7', version: '2024-08-06', sku: 'GlobalStandard' },
        retirementDate: undefined,
      },
    ]);
  });

  test.each<[string, PlanProps, string]>([
    [
      'an upgrade that cannot be undone, as the old model is retired',
      noticed(OTHER, RETIRED, 'replaced'),
      'applying this plan destroys the deployment, and Azure refuses to create it with a model that is retired (ServiceModelDeprecated), so that nothing is left',
    ],
    [
      'a version that is put back',
      noticed(NEW, OLD, 'changed-in-place'),
      'applying this plan puts that one back in place, under callers that have been answered by the other',
    ],
    [
      'a version that cannot be put back',
      noticed(NEW, RETIRED, 'changed-in-place'),
      'Azure refuses to go to a model that is retired (ServiceModelDeprecated), so that applying this plan fails',
    ],
    [
      'a name that azapi cannot put back',
      noticed(OTHER, { ...OLD, declaredBy: 'azapi' }, 'changed-in-place'),
      'Azure refuses to change the model of a deployment (CannotChangeDeploymentModel), so that applying this plan fails',
    ],
  ])('reports %s', (_what, props, effect) => {
    const [found] = check(props);
    expect(found).toMatchObject({ severity: 'error', status: 'violation' });
    expect(found!.message.replace(/^.*, and the configuration says \S+: /, '')).toBe(effect);
  });

  test('names the attributes of azapi', () => {
    expect(check(noticed(OTHER, { ...OLD, declaredBy: 'azapi' }, 'changed-in-place'))[0]!.fix).toBe(
      "to keep what runs, set body.properties.model.name to 'gpt-8', body.properties.model.version to '2025-11-13' and body.properties.versionUpgradeOption to 'NoAutoUpgrade'; to leave it, deploy another model beside it and move traffic",
    );
  });

  test('is a note where applying leaves what runs', () => {
    expect(messages(noticed(NEW, NEW, 'kept', OLD))).toEqual([
      "note violation: deployment 'chat' runs gpt-7@2024-11-20, to which Azure has upgraded it from gpt-7@2024-08-06: applying this plan leaves that as it is",
    ]);
  });

  test('does not blame Azure where the deployment had told it not to upgrade', () => {
    const pinned = { versionUpgradeOption: 'NoAutoUpgrade' };
    expect(messages(noticed({ ...NEW, ...pinned }, { ...OLD, ...pinned }, 'changed-in-place'))[0]).toContain(
      'runs gpt-7@2024-11-20, which something other than Terraform has changed from gpt-7@2024-08-06, and',
    );
  });

  test('does not know where the configuration cannot be read', () => {
    const props = noticed(NEW, { version: unknown('${var.version}') }, 'changed-in-place', OLD);
    expect(messages(props)).toEqual([
      "warning unknown: deployment 'chat' runs gpt-7@2024-11-20, to which Azure has upgraded it from gpt-7@2024-08-06, and what the configuration says cannot be read before Terraform runs: applying this plan may undo that",
    ]);
  });

  test.each<[string, DeploymentProps, DeploymentProps, DeploymentChange['outcome'], number]>([
    ['an older version', NEW, OLD, 'changed-in-place', 1],
    ['an older version by number', { version: '2' }, { version: '1' }, 'changed-in-place', 1],
    ['a model that the catalogue replaces by what runs', OTHER, OLD, 'replaced', 1],
    ['a model that retires sooner', { model: 'gpt-9', version: '2026-01-01' }, OTHER, 'replaced', 1],
    ['a newer version', OLD, NEW, 'changed-in-place', 0],
    ['the model that replaces what runs', OLD, OTHER, 'replaced', 0],
    ['a model that nobody knows', { model: 'mine', version: '9' }, OLD, 'replaced', 0],
    ['a version without an order', { version: 'turbo-b' }, { version: 'turbo-a' }, 'changed-in-place', 0],
    [
      'a deployment that does not upgrade',
      { ...NEW, versionUpgradeOption: 'NoAutoUpgrade' },
      OLD,
      'changed-in-place',
      0,
    ],
    [
      'a provisioned deployment, which Azure leaves alone',
      { ...NEW, sku: 'ProvisionedManaged' },
      OLD,
      'changed-in-place',
      0,
    ],
    ['a deployment of another name', NEW, { ...OLD, deployment: 'old' }, 'replaced', 0],
  ])('suspects an upgrade that an earlier refresh has written down: %s', (_what, before, after, outcome, count) => {
    const found = check({ deployments: [{ outcome, before: fact(before), after: fact(after) }] });
    expect(found.map(({ message }) => message.includes(', to which Azure has probably upgraded it, and'))).toEqual(
      Array.from({ length: count }, () => true),
    );
  });

  test('makes one finding of what the refresh noticed and the plan undoes', () => {
    expect(check(noticed(NEW, OLD, 'changed-in-place'))).toHaveLength(1);
  });

  test.each<[string, PlanProps]>([
    ['another capacity on Azure', noticed({ ...OLD, capacity: { state: 'known', value: 9 } }, OLD, 'kept')],
    ['a deployment that is gone', { drift: [{ address: 'a.b', recorded: fact(OLD), planned: fact(OLD) }] }],
    ['a deployment that the plan destroys', { drift: [{ address: 'a.b', recorded: fact(OLD), found: fact(NEW) }] }],
  ])('says nothing of %s', (_what, props) => {
    expect(check(props)).toEqual([]);
  });

  test('says nothing without a plan', () => {
    expect(modelDrifted.check(contextOf([deployment()]))).toEqual([]);
  });

  test('writes names so that they cannot disturb a terminal', () => {
    const props = noticed(
      { version: '2025\u0007\u2028' },
      { ...OLD, deployment: '\u001b]0;x' },
      'changed-in-place',
      OLD,
    );
    const [found] = check(props);
    expect(`${found!.message}${found!.fix}`).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(found!.fix).toContain("model.version to '2025\\u{7}\\u{2028}'");
  });
});
