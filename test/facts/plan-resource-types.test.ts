import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReadType } from '../../lib/facts/plan-resource-types';

const FACTS = join(__dirname, '..', '..', 'lib', 'facts');

test('every resource type that the readers of facts name is kept when a plan is read', () => {
  const sources = readdirSync(FACTS).map((file) => readFileSync(join(FACTS, file), 'utf8'));
  const named = sources.flatMap((source) => source.match(/(?<=')(?:azurerm|azapi)_[a-z_]*[a-z](?=')/g) ?? []);
  expect(named).toContain('azurerm_cognitive_deployment');
  expect([...new Set(named)].filter((type) => !isReadType(type))).toEqual([]);
});

test.each([
  ['azurerm_cognitive_account_rai_policy', true],
  ['azapi_update_resource', true],
  ['azurerm_api_management_backend', true],
  ['azurerm_container_app', true],
  ['azurerm_tenant_template_deployment', true],
  ['azurerm_subnet', false],
  ['azurerm_storage_blob_inventory_policy', false],
  ['my_azurerm_cognitive_deployment', false],
  ['constructor', false],
])('%s: %s', (type, isRead) => {
  expect(isReadType(type)).toBe(isRead);
});
