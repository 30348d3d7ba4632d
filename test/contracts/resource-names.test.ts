import { isResourceName, NameKind } from '../../lib/contracts/resource-names';

test.each<[NameKind, string, string]>([
  ['container app', `a${'b'.repeat(31)}`, `a${'b'.repeat(32)}`],
  ['container app', 'a-b', 'a--b'],
  ['container', '0.a-', '-a'],
  ['secret of a container app', 'a'.repeat(253), 'a'.repeat(254)],
  ['revision of a container app', 'app--a-b', 'app--a--b'],
  ['environment of container apps', `a${'1'.repeat(58)}b`, `a${'1'.repeat(59)}`],
  ['environment of container apps', `a${'1'.repeat(58)}`, 'a-'],
  ['container registry', 'five5', 'with-dash'],
  ['storage container', '$web', '$webs'],
  ['user-assigned identity', 'a_b', 'ab'],
  ['model account', 'a'.repeat(64), 'a'.repeat(65)],
  ['model deployment', 'gpt-5.1_2025-11-13_globalstandard', 'gpt 5.1'],
  ['service of API Management', 'a'.repeat(50), '1service'],
  ['part of API Management', 'a'.repeat(80), 'a'.repeat(81)],
  ['network security group', 'a_', 'a-'],
  ['log workspace', 'logs', 'log'],
  ['private endpoint', 'a'.repeat(80), 'endpoint-'],
])('a %s may be called %s, and not %s', (kind, allowed, refused) => {
  expect(isResourceName(kind, allowed)).toBe(true);
  expect(isResourceName(kind, refused)).toBe(false);
  expect(isResourceName(kind, `${allowed}\n`)).toBe(false);
});

test.each([undefined, null, 7, ['name']])('%p is no name', (value) => {
  expect(isResourceName('container', value)).toBe(false);
});
