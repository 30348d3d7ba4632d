import { Lazy } from 'cdktf';
import { DeploymentSku } from '../../lib/accounts';

test.each([
  ['globalStandard', 'GlobalStandard', 50],
  ['dataZoneStandard', 'DataZoneStandard', 1],
  ['standard', 'Standard', 10_000],
  ['globalProvisionedManaged', 'GlobalProvisionedManaged', 15],
  ['dataZoneProvisionedManaged', 'DataZoneProvisionedManaged', 20],
  ['provisionedManaged', 'ProvisionedManaged', 25],
  ['globalBatch', 'GlobalBatch', 100],
  ['dataZoneBatch', 'DataZoneBatch', 1],
] as const)('%s makes %s', (factory, name, capacity) => {
  expect(DeploymentSku[factory](capacity)).toMatchObject({ name, capacity });
  expect(DeploymentSku.of(name, capacity)).toEqual(DeploymentSku[factory](capacity));
});

test('an unknown deployment type is answered with the known ones', () => {
  expect(() => DeploymentSku.of('DeveloperTier', 1)).toThrow(
    new Error(
      "deployment type 'DeveloperTier' is not one that the azurerm provider accepts; choose one of GlobalStandard, DataZoneStandard, Standard, " +
        'GlobalProvisionedManaged, DataZoneProvisionedManaged, ProvisionedManaged, GlobalBatch, DataZoneBatch',
    ),
  );
});

test.each([
  ['GlobalProvisionedManaged', 10, 'provisioned throughput units (PTU), at least 15 in steps of 5; write 15'],
  ['GlobalProvisionedManaged', 14, 'provisioned throughput units (PTU), at least 15 in steps of 5; write 15'],
  ['DataZoneProvisionedManaged', 17, 'provisioned throughput units (PTU), at least 15 in steps of 5; write 15 or 20'],
  ['ProvisionedManaged', 24, 'provisioned throughput units (PTU), at least 25 in steps of 25; write 25'],
  ['ProvisionedManaged', 26, 'provisioned throughput units (PTU), at least 25 in steps of 25; write 25 or 50'],
  ['GlobalStandard', 0, "units of the model's rate limit, at least 1 in whole numbers; write 1"],
  ['Standard', 1.5, "units of the model's rate limit, at least 1 in whole numbers; write 1 or 2"],
  ['GlobalBatch', -3, 'thousands of enqueued tokens, at least 1 in whole numbers; write 1'],
  ['GlobalStandard', Number.NaN, "units of the model's rate limit, at least 1 in whole numbers; write 1"],
  ['GlobalStandard', Infinity, "units of the model's rate limit, at least 1 in whole numbers; write 1"],
])('%s refuses the capacity %p and names the next ones', (name, capacity, rest) => {
  expect(() => DeploymentSku.of(name, capacity)).toThrow(
    new Error(`capacity ${capacity} of ${name} is not allowed: it counts ${rest}`),
  );
});

test('a capacity that is text is refused, and the message shows that it is text', () => {
  expect(() => DeploymentSku.standard('10' as unknown as number)).toThrow(
    new Error(
      "capacity '10' of Standard is not allowed: it counts units of the model's rate limit, at least 1 in whole numbers; write 1",
    ),
  );
});

test('a capacity that Terraform computes is not checked', () => {
  const capacity = Lazy.numberValue({ produce: () => 3 });
  expect(DeploymentSku.globalProvisionedManaged(capacity).capacity).toBe(capacity);
});
