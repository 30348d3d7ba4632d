import { resourceNameInvalid } from '../../lib/rules/resource-name-invalid';
import { findingsOf, Resources } from './gateway-stack';

type Body = Record<string, unknown>;

function check(type: string, body: Body) {
  return findingsOf(resourceNameInvalid, [{ [type]: { x: body } } as Resources]);
}

function inApp(container: Body, more: Body = {}): Body {
  return { name: 'app', template: { container: [container] }, ...more };
}

describe('resource-name-invalid takes', () => {
  test.each<[string, string, Body]>([
    ['the longest name of an app', 'azurerm_container_app', { name: `a${'1'.repeat(31)}` }],
    ['the longest name of an environment', 'azurerm_container_app_environment', { name: `a${'-'.repeat(58)}b` }],
    ['the longest name of a container', 'azurerm_container_app', inApp({ name: 'c'.repeat(46) })],
    ['a secret', 'azurerm_container_app', inApp({}, { secret: [{ name: 'api-key-1' }] })],
    ['the longest revision', 'azurerm_container_app', inApp({}, { template: { revision_suffix: 'r'.repeat(49) } })],
    ['a registry', 'azurerm_container_registry', { name: 'Contoso1' }],
    ['a storage container', 'azurerm_storage_container', { name: '$web' }],
    ['an identity', 'azurerm_user_assigned_identity', { name: 'a_-' }],
    ['a name that an expression makes', 'azurerm_container_app', { name: '${var.NAME}' }],
    ['a missing name', 'azurerm_container_app', {}],
    ['the names of other resources', 'azurerm_key_vault', { name: '?' }],
  ])('%s', (_what, type, body) => {
    expect(check(type, body)).toEqual([]);
  });
});

describe('resource-name-invalid reports', () => {
  test('the name, its length and what is allowed', () => {
    expect(check('azurerm_container_app', { name: 'a'.repeat(33) })).toEqual([
      {
        rule: 'resource-name-invalid',
        severity: 'error',
        status: 'violation',
        resource: { address: 'azurerm_container_app.x', type: 'azurerm_container_app', path: 'name' },
        message: `'${'a'.repeat(33)}' (33 characters) cannot be the name of a container app`,
        fix: 'use 2 to 32 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
      },
    ]);
  });

  test.each<[string, string, Body, string, string]>([
    ['an account', 'azurerm_cognitive_account', { name: 'a'.repeat(65) }, 'name', 'model account'],
    ['a deployment', 'azurerm_cognitive_deployment', { name: 'gpt 5.1' }, 'name', 'model deployment'],
    ['a service', 'azurerm_api_management', { name: 'a'.repeat(51) }, 'name', 'service of API Management'],
    ['a backend', 'azurerm_api_management_backend', { name: 'a'.repeat(81) }, 'name', 'part of API Management'],
    ['a fragment', 'azurerm_api_management_policy_fragment', { name: 'a b' }, 'name', 'part of API Management'],
    ['an endpoint', 'azurerm_private_endpoint', { name: 'a-' }, 'name', 'private endpoint'],
    ['two dashes', 'azurerm_container_app', { name: 'a--b' }, 'name', 'container app'],
    ['capitals', 'azurerm_container_app', { name: 'App' }, 'name', 'container app'],
    ['a digit in front', 'azurerm_container_app', { name: '1a' }, 'name', 'container app'],
    ['a line break at the end', 'azurerm_container_app', { name: 'app\n' }, 'name', 'container app'],
    [
      'a container',
      'azurerm_container_app',
      inApp({ name: 'c'.repeat(47) }),
      'template.container[0].name',
      'container',
    ],
    [
      'a dot in a secret',
      'azurerm_container_app',
      inApp({}, { secret: [{ name: 'a.b' }] }),
      'secret[0].name',
      'secret of a container app',
    ],
    [
      'a revision',
      'azurerm_container_app',
      inApp({}, { template: { revision_suffix: 'r'.repeat(50) } }),
      'template.revision_suffix',
      'revision of a container app',
    ],
    [
      'an environment',
      'azurerm_container_app_environment',
      { name: 'a'.repeat(61) },
      'name',
      'environment of container apps',
    ],
    ['a registry', 'azurerm_container_registry', { name: 'con-toso' }, 'name', 'container registry'],
    ['a storage container', 'azurerm_storage_container', { name: 'a--b' }, 'name', 'storage container'],
    ['an identity', 'azurerm_user_assigned_identity', { name: 'ab' }, 'name', 'user-assigned identity'],
  ])('%s', (_what, type, body, path, kind) => {
    const findings = check(type, body);
    expect(findings.map(({ message }) => message.replace(/^'[^']*' \(\d+ characters\) /, ''))).toEqual([
      `cannot be the name of a ${kind}`,
    ]);
    expect(findings[0]!.resource.path).toBe(path);
  });

  test('each instance of for_each', () => {
    const findings = check('azurerm_container_app', { for_each: ['ok', 'No'], name: 'app-${each.value}' });
    expect(findings.map(({ resource }) => resource.address)).toEqual(['azurerm_container_app.x["No"]']);
  });
});
