import { TerraformStack, TerraformVariable } from 'cdktf';
import { ApiManagementSku } from '../../lib/gateway/api-management-sku';
import { testStack } from '../support/synthesised';

const FAMILIES = 'Consumption, Developer, Basic, Standard, Premium, BasicV2, StandardV2, PremiumV2';

test.each([
  [ApiManagementSku.consumption(), 'Consumption_0', 'consumption'],
  [ApiManagementSku.developer(), 'Developer_1', 'classic'],
  [ApiManagementSku.basic(), 'Basic_1', 'classic'],
  [ApiManagementSku.basic(2), 'Basic_2', 'classic'],
  [ApiManagementSku.standard(), 'Standard_1', 'classic'],
  [ApiManagementSku.standard(4), 'Standard_4', 'classic'],
  [ApiManagementSku.premium(), 'Premium_1', 'classic'],
  [ApiManagementSku.premium(99), 'Premium_99', 'classic'],
  [ApiManagementSku.basicV2(), 'BasicV2_1', 'v2'],
  [ApiManagementSku.basicV2(10), 'BasicV2_10', 'v2'],
  [ApiManagementSku.standardV2(), 'StandardV2_1', 'v2'],
  [ApiManagementSku.standardV2(10), 'StandardV2_10', 'v2'],
  [ApiManagementSku.premiumV2(), 'PremiumV2_1', 'v2'],
  [ApiManagementSku.premiumV2(30), 'PremiumV2_30', 'v2'],
])('%s is named %s, belongs to the tier %s and is read back from its name', (sku, name, tier) => {
  expect([sku.name, String(sku), sku._tier]).toEqual([name, name, tier]);
  expect(ApiManagementSku.parse(name)).toEqual(sku);
});

test.each([
  ['Basic', 'a whole number from 1 to 2', (units: number) => ApiManagementSku.basic(units), [0, 3]],
  ['Standard', 'a whole number from 1 to 4', (units: number) => ApiManagementSku.standard(units), [0, 5]],
  ['Premium', 'a whole number from 1 to 99', (units: number) => ApiManagementSku.premium(units), [0, 100]],
  ['BasicV2', 'a whole number from 1 to 10', (units: number) => ApiManagementSku.basicV2(units), [0, 11]],
  ['StandardV2', 'a whole number from 1 to 10', (units: number) => ApiManagementSku.standardV2(units), [0, 11]],
  ['PremiumV2', 'a whole number from 1 to 30', (units: number) => ApiManagementSku.premiumV2(units), [0, 31]],
])('%s has %s units', (family, allowed, make, outside) => {
  for (const units of [...outside, -1, 1.5, NaN, Infinity, '1' as unknown as number, null as unknown as number]) {
    const given = typeof units === 'string' ? `'${units as string}'` : String(units);
    expect(() => make(units)).toThrow(
      new Error(`${given} units of API Management ${family} are not allowed: write ${allowed}, or choose another tier`),
    );
  }
});

test.each([
  ['BasicV2_15', 'BasicV2', '15', 'a whole number from 1 to 10'],
  ['Consumption_1', 'Consumption', '1', 'exactly 0'],
  ['Developer_2', 'Developer', '2', 'exactly 1'],
  ['Standard_0', 'Standard', '0', 'a whole number from 1 to 4'],
])('the name %s has too few or too many units', (name, family, units, allowed) => {
  expect(() => ApiManagementSku.parse(name)).toThrow(
    new Error(`${units} units of API Management ${family} are not allowed: write ${allowed}, or choose another tier`),
  );
});

test.each([
  'standardv2_1',
  'StandardV2',
  'StandardV2_',
  'StandardV2_01',
  'StandardV2_1 ',
  'StandardV2_1\n',
  'StandardV2_1_1',
  'Standard_1e0',
  'Isolated_1',
  '__proto___1',
  '',
])('the name %j is no SKU', (name) => {
  expect(() => ApiManagementSku.parse(name)).toThrow(
    new Error(
      `API Management SKU '${name.replace('\n', '\\u{a}')}' is not valid: write tier and units, ` +
        `for instance 'StandardV2_1' or 'Consumption_0'; the tiers are ${FAMILIES}`,
    ),
  );
});

test.each([[undefined], [null], [3], [{}]])('%p instead of a name is no SKU', (name) => {
  expect(() => ApiManagementSku.parse(name as unknown as string)).toThrow(/^API Management SKU .* is not valid: /);
});

test('units that only Terraform knows are refused: the limits of the tier could not be checked', () => {
  const stack: TerraformStack = testStack();
  const units = new TerraformVariable(stack, 'units', { type: 'number' });
  expect(() => ApiManagementSku.premium(units.numberValue)).toThrow(/write a whole number from 1 to 99/);
});
