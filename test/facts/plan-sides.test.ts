import { KnownTexts } from '../../lib/facts/known-texts';
import { ResourceChange } from '../../lib/facts/plan-document';
import { isReadType } from '../../lib/facts/plan-resource-types';
import { mayBeTopology } from '../../lib/facts/topology-types';
import { azapiDeployment, change, deployment, facts, plan, shown, standing } from './planned-resources';

const ADDRESS = 'azurerm_cognitive_deployment.chat';

/** A deployment that a plan leaves alone. */
function kept(parts: Partial<ResourceChange> = {}): ResourceChange {
  return change(ADDRESS, { before: deployment(), after: deployment(), ...parts });
}

function bothSides(...changes: readonly ResourceChange[]) {
  const { deployments, plan: planned } = facts(plan(changes));
  return { before: planned!.before.deployments, after: deployments };
}

describe('what stays as it is', () => {
  test.each([
    ['a change that does nothing', kept()],
    [
      'one with empty marks in the shape of its values',
      kept({ afterUnknown: { model: [{}], sku: [{ tier: false }] } }),
    ],
    ['one that names its own address as the previous one', kept({ previousAddress: ADDRESS })],
    ['one with a secret that stays one', kept({ beforeSensitive: { name: true }, afterSensitive: { name: true } })],
  ])('is one fact on both sides: %s', (_, same) => {
    const { before, after } = bothSides(same);
    expect(after).toHaveLength(1);
    expect(before[0]).toBe(after[0]);
  });

  test('is one fact where only the state holds it', () => {
    const { deployments, plan: planned } = facts(plan([], { prior: [standing(ADDRESS, deployment())] }));
    expect(deployments).toHaveLength(1);
    expect(planned!.before.deployments[0]).toBe(deployments[0]);
  });

  test('is read as a change of the same values is', () => {
    const texts = { value: 'calls gpt-4o 2024-11-20', tags: { model: 'gpt-4o' } };
    const others = (action: ResourceChange['action']) =>
      [
        change('azurerm_key_vault_secret.model', { action, before: texts, after: texts }),
        change('module.ai["eu"].azapi_resource.chat', { action, before: azapiDeployment(), after: azapiDeployment() }),
        kept({ action }),
      ].map((each) => ({ ...each, after: structuredClone(each.after) }));
    const { plan: shared, ...sharedAfter } = facts(plan(others('no-op')));
    const { plan: apart, ...apartAfter } = facts(plan(others('update')));
    expect(sharedAfter.literals.length).toBeGreaterThan(1);
    expect(sharedAfter).toEqual(apartAfter);
    expect(shared!.before).toEqual(apart!.before);
  });
});

describe('what says that it stays and does not', () => {
  test.each<[string, Partial<ResourceChange>, readonly unknown[]]>([
    ['another version afterwards', { after: deployment({ version: '2024-08-06' }) }, ['2024-11-20', '2024-08-06']],
    [
      'a version that is not known',
      { afterUnknown: { model: [{ version: true }] } },
      ['2024-11-20', '<known after apply>'],
    ],
  ])('has a fact on each side: %s', (_, parts, versions) => {
    const { before, after } = bothSides(kept(parts));
    expect([before[0], after[0]].map((fact) => shown(fact!.version))).toEqual(versions);
  });

  test('stood at its previous address', () => {
    const { before, after } = bothSides(kept({ previousAddress: 'azurerm_cognitive_deployment.old' }));
    expect([before[0], after[0]].map((fact) => fact!.origin.address)).toEqual([
      'azurerm_cognitive_deployment.old',
      ADDRESS,
    ]);
  });

  test('is no longer there once what is left over is gone', () => {
    const { before, after } = bothSides(kept({ deposed: 'a1b2' }));
    expect([before.length, after.length]).toEqual([1, 0]);
  });
});

test('every type of a gateway, a release or a router is read as part of a topology', () => {
  const types = [
    'azapi_resource',
    'azurerm_api_management_api',
    'azurerm_api_management_api_diagnostic',
    'azurerm_api_management_api_operation_policy',
    'azurerm_api_management_api_policy',
    'azurerm_api_management_backend',
    'azurerm_api_management_diagnostic',
    'azurerm_api_management_named_value',
    'azurerm_api_management_policy',
    'azurerm_api_management_policy_fragment',
    'azurerm_api_management_product_policy',
    'azurerm_container_app',
    'azurerm_resource_group_template_deployment',
    'azurerm_storage_blob',
  ];
  expect(types.filter((type) => !mayBeTopology(type))).toEqual([]);
  expect(types.filter((type) => !isReadType(type))).toEqual([]);
});

describe('texts that are known', () => {
  test('are those of their bytes, whatever was asked for before', () => {
    const known = new KnownTexts();
    const all = ['', 'a', 'ab', 'ba', 'azurerm_subnet', 'azurerm_subnez', 'azurerm_tubnet', 'ä', 'name', 'mane'];
    for (const text of [...all, ...all.reverse(), ...all]) {
      const bytes = Buffer.from(`"${text}"`);
      expect(known.of(bytes, 1, bytes.length - 1)).toBe(text);
    }
  });

  test('are not changed by what happens to the bytes afterwards', () => {
    const known = new KnownTexts();
    const bytes = Buffer.from('"type"');
    known.of(bytes, 1, 5);
    bytes.write('tope', 1);
    expect(known.of(bytes, 1, 5)).toBe('tope');
    expect(known.of(Buffer.from('"type"'), 1, 5)).toBe('type');
  });
});
