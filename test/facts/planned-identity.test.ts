import { ResourceChange, StateResource } from '../../lib/facts/plan-document';
import { plannedIdentity } from '../../lib/facts/planned-identity';

const APP = { id: '/apps/a', container_app_environment_id: '/environments/e', kind: 'x' };
const AZAPI = { id: '/apps/a', body: { kind: 'OpenAI', properties: { environmentId: '/environments/e' } } };

function change(type: string, before: unknown, marks: Partial<ResourceChange> = {}): ResourceChange {
  return {
    address: `${type}.x`,
    mode: 'managed',
    type,
    name: 'x',
    action: 'delete',
    before,
    after: null,
    afterUnknown: {},
    beforeSensitive: false,
    afterSensitive: false,
    replacePaths: [],
    ...marks,
  };
}

test.each<[string, string, unknown, ReturnType<typeof plannedIdentity>]>([
  ['an app', 'azurerm_container_app', APP, { id: '/apps/a', environment: '/environments/e' }],
  ['an app of azapi', 'azapi_resource', AZAPI, { id: '/apps/a', environment: '/environments/e', kind: 'OpenAI' }],
  [
    'an app whose environment has the older name',
    'azapi_resource',
    { body: { properties: { managedEnvironmentId: '/environments/e' } } },
    { environment: '/environments/e' },
  ],
  ['an account', 'azurerm_cognitive_account', { id: '/accounts/a', kind: 'Face' }, { id: '/accounts/a', kind: 'Face' }],
  ['anything else', 'azurerm_resource_group', APP, { id: '/apps/a' }],
  ['texts that are none', 'azurerm_cognitive_account', { id: ['/accounts/a'], kind: 7 }, {}],
  ['an empty id', 'azurerm_cognitive_account', { id: '' }, {}],
  ['what has only inherited one', 'azurerm_resource_group', JSON.parse('{"__proto__": {"id": "/x"}}'), {}],
  ['nothing', 'azurerm_cognitive_account', null, {}],
])('%s', (_what, type, before, found) => {
  expect(plannedIdentity(change(type, before))).toEqual(found);
});

test.each<[string, Partial<ResourceChange>, ReturnType<typeof plannedIdentity>]>([
  ['as a whole', { beforeSensitive: true }, {}],
  ['as a whole after the plan', { afterSensitive: true }, {}],
  ['in its id', { beforeSensitive: { id: true } }, { environment: '/environments/e', kind: 'OpenAI' }],
  ['in a part', { beforeSensitive: { body: { properties: true } } }, { id: '/apps/a', kind: 'OpenAI' }],
  ['in one text', { afterSensitive: { body: { kind: true } } }, { id: '/apps/a', environment: '/environments/e' }],
])('what is sensitive %s is not read', (_where, marks, found) => {
  expect(plannedIdentity(change('azapi_resource', AZAPI, marks))).toEqual(found);
});

test('what a state holds is read as well, as far as it is not sensitive', () => {
  const state: StateResource = {
    address: 'azurerm_container_app.x',
    mode: 'managed',
    type: 'azurerm_container_app',
    name: 'x',
    values: APP,
    sensitiveValues: { container_app_environment_id: true },
  };
  expect(plannedIdentity(state)).toEqual({ id: '/apps/a' });
});
