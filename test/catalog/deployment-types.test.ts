import { DEPLOYMENT_TYPES, allowsCapacity, capacityRule, deploymentType } from '../../lib/catalog/deployment-types';

test('the deployment types are those that the azurerm provider accepts', () => {
  expect(DEPLOYMENT_TYPES.map((type) => type.name).sort()).toEqual([
    'DataZoneBatch',
    'DataZoneProvisionedManaged',
    'DataZoneStandard',
    'GlobalBatch',
    'GlobalProvisionedManaged',
    'GlobalStandard',
    'ProvisionedManaged',
    'Standard',
  ]);
});

test.each(['DeveloperTier', 'globalstandard', '', 'constructor', '__proto__'])('%p is no deployment type', (name) => {
  expect(deploymentType(name)).toBeUndefined();
});

test.each([
  ['GlobalStandard', undefined, 'rate-limit-units', 1, 1],
  ['DataZoneStandard', 'gpt-4o', 'rate-limit-units', 1, 1],
  ['Standard', undefined, 'rate-limit-units', 1, 1],
  ['GlobalBatch', undefined, 'enqueued-thousand-tokens', 1, 1],
  ['DataZoneBatch', undefined, 'enqueued-thousand-tokens', 1, 1],
  ['GlobalProvisionedManaged', 'gpt-4o', 'provisioned-throughput-units', 15, 5],
  ['DataZoneProvisionedManaged', 'gpt-4o', 'provisioned-throughput-units', 15, 5],
  ['ProvisionedManaged', undefined, 'provisioned-throughput-units', 25, 25],
  ['ProvisionedManaged', 'gpt-4o-mini', 'provisioned-throughput-units', 25, 25],
  ['ProvisionedManaged', 'gpt-4o', 'provisioned-throughput-units', 50, 50],
  ['ProvisionedManaged', 'GPT-4o', 'provisioned-throughput-units', 50, 50],
  ['ProvisionedManaged', 'gpt-4', 'provisioned-throughput-units', 100, 100],
  ['ProvisionedManaged', 'constructor', 'provisioned-throughput-units', 25, 25],
  ['ProvisionedManaged', '__proto__', 'provisioned-throughput-units', 25, 25],
])('%s of model %p counts %s, at least %d in steps of %d', (name, model, unit, minimum, step) => {
  expect(capacityRule(deploymentType(name)!, model)).toEqual({ unit, minimum, step });
});

test.each([
  [14, false],
  [15, true],
  [16, false],
  [19, false],
  [20, true],
  [21, false],
  [100_000, true],
  [0, false],
  [-15, false],
  [15.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
  [Number.MAX_SAFE_INTEGER + 1, false],
])('a provisioned deployment across regions with %d PTU is allowed: %p', (capacity, allowed) => {
  expect(allowsCapacity(capacityRule(deploymentType('GlobalProvisionedManaged')!), capacity)).toBe(allowed);
});

test.each([
  ['gpt-4o', 25, false],
  ['gpt-4o', 50, true],
  ['gpt-4o', 75, false],
  ['gpt-4o', 100, true],
  ['gpt-4o-mini', 24, false],
  ['gpt-4o-mini', 25, true],
  ['gpt-4o-mini', 50, true],
])('a regional provisioned deployment of %s with %d PTU is allowed: %p', (model, capacity, allowed) => {
  expect(allowsCapacity(capacityRule(deploymentType('ProvisionedManaged')!, model), capacity)).toBe(allowed);
});
