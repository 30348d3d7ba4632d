import { armId, fillMissing, fitsTemplate, valuesAt } from '../support/terraform/paths';
import { ValueObject } from '../support/terraform/value-encoding';

const deployment = '{cognitive_account_id}/deployments/{name}';
const account =
  '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers/Microsoft.CognitiveServices/accounts/{name}';

test('a path visits every block on the way', () => {
  const root: ValueObject = { rules: [{ port: 1 }, { port: null }, { other: 'x' }], single: { name: 'a' } };
  expect(valuesAt(root, 'rules.port')).toEqual([
    { steps: ['rules', 0, 'port'], value: 1 },
    { steps: ['rules', 1, 'port'], value: null },
    { steps: ['rules', 2, 'port'], value: null },
  ]);
  expect(valuesAt(root, 'single.name')).toEqual([{ steps: ['single', 'name'], value: 'a' }]);
  expect(valuesAt(root, 'absent.name')).toEqual([]);
});

test('only what is missing is filled', () => {
  const root: ValueObject = { on: null, off: false, rules: [{ port: 1 }, { port: null }], none: [] };
  fillMissing(root, 'on', true);
  fillMissing(root, 'off', true);
  fillMissing(root, 'rules.port', 443);
  fillMissing(root, 'none.port', 443);
  expect(root).toEqual({ on: true, off: false, rules: [{ port: 1 }, { port: 443 }], none: [] });
});

test('an id is filled from attributes', () => {
  expect(armId(account, { name: 'a', resource_group_name: 'rg' }, 'sub')).toBe(
    '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a',
  );
});

test.each([
  [account, '/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a', true],
  [account, '/subscriptions/s/resourcegroups/rg/providers/Microsoft.CognitiveServices/accounts/a', false],
  [account, '/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a/deployments/d', false],
  [account, '/subscriptions/s/resourceGroups/rg/providers/MicrosoftXCognitiveServices/accounts/a', false],
  [deployment, '/subscriptions/s/resourceGroups/rg/providers/x/accounts/a/deployments/d', true],
  [deployment, '/subscriptions/s/resourceGroups/rg/providers/x/accounts/a/deployments/', false],
  [deployment, 'd', false],
  ['{target_resource_id}|{name}', '/subscriptions/s|n', true],
  ['{target_resource_id}|{name}', '/subscriptions/s', false],
])('%s fits %s: %p', (template, id, fits) => {
  expect(fitsTemplate(template, id)).toBe(fits);
});
