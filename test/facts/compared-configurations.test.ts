import { compareConfigurations } from '../../lib/facts/compared-configurations';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { JsonObject } from '../../lib/facts/json';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { accountId, azapiDeployment, deployment } from './planned-resources';

const ACCOUNT = '${azurerm_cognitive_account.a.id}';

function stack(deployments: Record<string, JsonObject>, azapi: Record<string, JsonObject> = {}): ConfigurationFacts {
  return readStackConfiguration({
    '//': { metadata: { stackName: 'production' } },
    resource: { azurerm_cognitive_deployment: deployments, azapi_resource: azapi },
  });
}

function outcomes(before: ConfigurationFacts, after: ConfigurationFacts): unknown[] {
  return compareConfigurations(before, after).plan!.deployments.map(({ outcome, before: from, after: to }) => [
    outcome,
    from?.origin.address.split('.')[1],
    to?.origin.address.split('.')[1],
  ]);
}

const chat = (values: JsonObject = {}) => deployment({ cognitive_account_id: ACCOUNT, ...values });

describe('two syntheses', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['nothing', {}, {}, 'kept'],
    ['capacity', {}, { capacity: 99 }, 'kept'],
    ['version', {}, { version: '2025-01-01' }, 'changed-in-place'],
    ['a version that is left out', {}, { version: null }, 'changed-in-place'],
    ['model', {}, { model: 'gpt-5' }, 'replaced'],
    ['SKU', {}, { sku: 'Standard' }, 'replaced'],
    ['name', {}, { name: 'other' }, 'replaced'],
    ['account', {}, { cognitive_account_id: '${azurerm_cognitive_account.b.id}' }, 'replaced'],
    ['an account that is written out', {}, { cognitive_account_id: accountId() }, 'kept'],
    ['a model that is not known any more', {}, { model: '${var.model}' }, 'changed-in-place'],
  ])('azurerm, %s', (_what, before, after, outcome) => {
    expect(outcomes(stack({ x: chat(before) }), stack({ x: chat(after) }))).toEqual([[outcome, 'x', 'x']]);
  });

  test.each<[string, JsonObject, string]>([
    ['model', { model: 'gpt-5' }, 'changed-in-place'],
    ['SKU', { sku: 'Standard' }, 'changed-in-place'],
    ['name', { name: 'other' }, 'replaced'],
    ['account', { parent_id: accountId('other') }, 'replaced'],
  ])('azapi, %s', (_what, after, outcome) => {
    expect(outcomes(stack({}, { x: azapiDeployment() }), stack({}, { x: azapiDeployment(after) }))).toEqual([
      [outcome, 'x', 'x'],
    ]);
  });

  test('a deployment is the same under another address and with another provider', () => {
    expect(outcomes(stack({ x: chat() }), stack({ y: chat() }))).toEqual([['moved', 'x', 'y']]);
    const before = stack({ x: deployment() });
    expect(outcomes(before, stack({}, { z: azapiDeployment() }))).toEqual([['moved', 'x', 'z']]);
    expect(outcomes(before, stack({}, { z: azapiDeployment({ version: '1' }) }))).toEqual([
      ['changed-in-place', 'x', 'z'],
    ]);
  });

  test('deployments come and go', () => {
    const compared = compareConfigurations(stack({ x: chat() }), stack({ y: chat({ name: 'other' }) }));
    expect(compared.plan!.deployments.map(({ outcome }) => outcome)).toEqual(['created', 'destroyed']);
    expect([...compared.plan!.resources.values()].map(({ address, action }) => [address, action])).toEqual([
      ['azurerm_cognitive_deployment.y', 'create'],
      ['azurerm_cognitive_deployment.x', 'delete'],
    ]);
  });

  test('what is compared is the later one, with the earlier one beside it', () => {
    const before = stack({ x: chat() });
    const after = stack({ x: chat({ version: '1' }) });
    const compared = compareConfigurations(before, after);
    expect(compared).toMatchObject({ stack: 'production', deployments: after.deployments });
    expect(compared.plan).toMatchObject({ isComplete: true, isErrored: false, resourceCount: 1, drift: [] });
    expect(compared.plan!.before).toBe(before);
    expect(compared.plan!.deployments[0]!.before).toBe(before.deployments[0]);
    expect(compared.plan!.deployments[0]!.after).toBe(after.deployments[0]);
  });

  test('two of the same name, and hostile ones, are all there', () => {
    const names = ['same', 'same', '${x}', '__proto__', '"]'];
    const all = Object.fromEntries(names.map((name, index) => [`d${index}`, chat({ name })]));
    expect(outcomes(stack(all), stack(all))).toEqual(names.map((_name, index) => ['kept', `d${index}`, `d${index}`]));
  });
});
