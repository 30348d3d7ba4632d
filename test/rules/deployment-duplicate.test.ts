import { ABSENT, unknown } from '../../lib/facts/attribute';
import { deploymentDuplicate } from '../../lib/rules/deployment-duplicate';
import { contextOf, deployment, DeploymentProps } from './configuration';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

function check(...both: DeploymentProps[]) {
  return deploymentDuplicate.check(
    contextOf(both.map((props, index) => deployment({ address: `azurerm_cognitive_deployment.d${index}`, ...props }))),
  );
}

describe('deployment-duplicate: two resources declare one deployment', () => {
  test('reports the second and names the first', () => {
    expect(check({ account: ACCOUNT, version: '1' }, { account: ACCOUNT, version: '2' })).toMatchObject([
      {
        rule: 'deployment-duplicate',
        severity: 'error',
        status: 'violation',
        resource: { address: 'azurerm_cognitive_deployment.d1', path: 'name' },
        message:
          `deployment 'chat' on account ${ACCOUNT} is declared by azurerm_cognitive_deployment.d0 too: ` +
          'Azure keeps one, and each apply overwrites the other',
        fix: 'give each deployment a name of its own, or remove one of the two',
      },
    ]);
  });

  test('reports all but the first of several', () => {
    expect(check({}, {}, {}).map((finding) => finding.resource.address)).toEqual([
      'azurerm_cognitive_deployment.d1',
      'azurerm_cognitive_deployment.d2',
    ]);
  });

  test.each<[string, DeploymentProps, DeploymentProps, number]>([
    ['the same literal account in another case', { account: ACCOUNT }, { account: ACCOUNT.toUpperCase() }, 1],
    ['the same name in another case', { deployment: 'chat' }, { deployment: 'CHAT' }, 1],
    ['the same account expression', { account: unknown('${a.id}') }, { account: unknown('${a.id}') }, 1],
    ['the same name expression', { deployment: unknown('${var.n}') }, { deployment: unknown('${var.n}') }, 1],
    ['azurerm and azapi', {}, { declaredBy: 'azapi', type: 'azapi_resource' }, 1],
    ['another account', { account: unknown('${a.id}') }, { account: unknown('${b.id}') }, 0],
    ['an account that only looks like an expression', { account: '${a.id}' }, { account: unknown('${a.id}') }, 0],
    ['another name', { deployment: 'chat' }, { deployment: 'small' }, 0],
    ['a name for each instance', { deployment: unknown('${each.key}') }, { deployment: unknown('${each.key}') }, 0],
    [
      'an account for each instance',
      { account: unknown('${a[count.index].id}') },
      { account: unknown('${a[count.index].id}') },
      0,
    ],
    ['no name', { deployment: ABSENT }, { deployment: ABSENT }, 0],
    ['no account', { account: ABSENT }, { account: ABSENT }, 0],
    ['an update of the other', {}, { declaredBy: 'azapi', type: 'azapi_update_resource' }, 0],
    ['an action on the other', {}, { declaredBy: 'azapi', type: 'azapi_resource_action' }, 0],
  ])('with %s', (_, left, right, count) => {
    expect(check(left, right)).toHaveLength(count);
    expect(check(right, left)).toHaveLength(count);
  });
});
