import { ABSENT, unknown } from '../../lib/facts/attribute';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
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

  test.each([
    'a sensitive value',
    'known after apply',
    'known after apply, from module.a.var.name, local.region',
    'a value that nests too deep',
  ])('does not take two accounts or names for one because both are %j', (words) => {
    expect(check({ account: unknown(words) }, { account: unknown(words) })).toEqual([]);
    expect(check({ deployment: unknown(words) }, { deployment: unknown(words) })).toEqual([]);
  });

  test('reports all but the first of several', () => {
    expect(check({}, {}, {}).map((finding) => finding.resource.address)).toEqual([
      'azurerm_cognitive_deployment.d1',
      'azurerm_cognitive_deployment.d2',
    ]);
  });

  test('finds the two that are certain among those that may not exist', () => {
    const findings = check({ mayNotExist: true }, {}, { mayNotExist: true }, {});
    expect(findings.map(({ resource, message }) => [resource.address.at(-1), /d\d(?= too)/.exec(message)![0]])).toEqual(
      [
        ['1', 'd0'],
        ['2', 'd1'],
        ['3', 'd1'],
      ],
    );
  });

  const FLAT = { name: 'chat', model_format: 'OpenAI', model_name: 'chat', model_version: '1' };
  const AZURERM = { name: 'chat', cognitive_account_id: '${a.id}', model: { name: 'chat', version: '1' } };
  const TEMPLATE = {
    type: 'Microsoft.CognitiveServices/accounts/deployments',
    name: "[concat(parameters('a'), '/chat')]",
    properties: { model: { name: 'chat', version: '1' } },
  };
  const template_content = JSON.stringify({ resources: [TEMPLATE] });

  test.each<[string, unknown, number]>([
    ['instances of a module', { module: { m: { for_each: { eu: 1, us: 1 }, deployment: { chat: FLAT } } } }, 0],
    [
      'accounts of a module',
      { module: { m: { accounts: { eu: { deployments: { a: FLAT } }, us: { deployments: { a: FLAT } } } } } },
      0,
    ],
    ['one account of a module', { module: { m: { deployments: { a: FLAT, b: FLAT } } } }, 1],
    ['several inputs of a module', { module: { m: { a_deployment: FLAT, b_deployment: FLAT } } }, 1],
    [
      'conditions that exclude each other',
      {
        resource: {
          azurerm_cognitive_deployment: {
            a: { ...AZURERM, count: '${var.ptu ? 1 : 0}' },
            b: { ...AZURERM, count: '${var.ptu ? 0 : 1}' },
          },
        },
      },
      0,
    ],
    ['resources', { resource: { azurerm_cognitive_deployment: { a: AZURERM, b: { ...AZURERM, count: 1 } } } }, 1],
    [
      'resources, one of none',
      { resource: { azurerm_cognitive_deployment: { a: AZURERM, b: { ...AZURERM, count: '0' } } } },
      0,
    ],
    [
      'a template with other parameters',
      {
        resource: { azurerm_resource_group_template_deployment: { a: { template_content }, b: { template_content } } },
      },
      0,
    ],
    [
      'instances of a template',
      { resource: { azurerm_resource_group_template_deployment: { a: { template_content, for_each: ['x', 'y'] } } } },
      0,
    ],
  ])('judges %s', (_, json, count) => {
    const context = { ...contextOf([]), facts: readStackConfiguration(json) };
    expect(deploymentDuplicate.check(context)).toHaveLength(count);
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
    ['an instance that may not exist', {}, { mayNotExist: true }, 1],
    ['instances that may exclude each other', { mayNotExist: true }, { mayNotExist: true }, 0],
    ['one ARM template', { declaredBy: 'template', address: 't' }, { declaredBy: 'template', address: 't' }, 1],
    ['two ARM templates', { declaredBy: 'template', address: 't' }, { declaredBy: 'template', address: 'u' }, 0],
    ['no name', { deployment: ABSENT }, { deployment: ABSENT }, 0],
    ['no account', { account: ABSENT }, { account: ABSENT }, 0],
    ['an update of the other', {}, { declaredBy: 'azapi', type: 'azapi_update_resource' }, 0],
    ['an action on the other', {}, { declaredBy: 'azapi', type: 'azapi_resource_action' }, 0],
  ])('with %s', (_, left, right, count) => {
    expect(check(left, right)).toHaveLength(count);
    expect(check(right, left)).toHaveLength(count);
  });
});
