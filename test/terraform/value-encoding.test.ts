import { encode, ExtData } from '@msgpack/msgpack';
import {
  canonical,
  decodeValue,
  encodeValue,
  isEmpty,
  isObject,
  UNKNOWN,
  Value,
} from '../support/terraform/value-encoding';

test.each<[string, Value]>([
  ['nothing', null],
  ['a text beyond ASCII', 'größe ✓'],
  ['an empty text', ''],
  ['a number beyond 32 bits', 5_000_000_000],
  ['a fraction', 0.5],
  ['false', false],
  ['an unknown', UNKNOWN],
  ['blocks with unknowns', { model: [{ name: 'gpt-5.1', version: UNKNOWN }], tags: { constructor: 'x' } }],
  ['a long list', Array.from({ length: 70_000 }, (_, index) => index)],
])('%s comes back as it was', (_, value) => {
  expect(decodeValue(encodeValue(value))).toEqual(value);
});

test('an unknown stays the one unknown, so that it can be compared', () => {
  expect(decodeValue(encodeValue([UNKNOWN]))).toStrictEqual([UNKNOWN]);
  expect((decodeValue(encodeValue([UNKNOWN])) as Value[])[0]).toBe(UNKNOWN);
});

test('an unknown of which Terraform knows something is an unknown as well', () => {
  const notNull = new ExtData(12, encode(new Map([[1, false]])));
  expect(decodeValue({ msgpack: encode({ id: notNull }) })).toEqual({ id: UNKNOWN });
});

test('a bare unknown is written as extension 0 with one byte, as Terraform itself writes it', () => {
  expect([...encodeValue(UNKNOWN).msgpack!]).toEqual([0xd4, 0x00, 0x00]);
});

test('a value may come as JSON instead', () => {
  expect(decodeValue({ json: Buffer.from('{"name":"a"}'), msgpack: new Uint8Array() })).toEqual({ name: 'a' });
});

test.each([[undefined], [null], [{}], [{ msgpack: new Uint8Array() }]])('no value (%p) is null', (message) => {
  expect(decodeValue(message)).toBeNull();
});

test('objects are told from lists and unknowns', () => {
  expect([{}, [], UNKNOWN, null, 'a'].map(isObject)).toEqual([true, false, false, false, false]);
});

test.each<[Value, boolean]>([
  [null, true],
  ['', true],
  [0, true],
  [false, true],
  [[], true],
  [{}, true],
  [UNKNOWN, false],
  [' ', false],
  [-1, false],
  [[null], false],
])('%p counts as empty: %p', (value, empty) => {
  expect(isEmpty(value)).toBe(empty);
});

test('the canonical text ignores order and keeps types apart', () => {
  expect(canonical({ b: [2, 1], a: UNKNOWN })).toBe(canonical({ a: UNKNOWN, b: [1, 2] }));
  expect(canonical('?')).not.toBe(canonical(UNKNOWN));
  expect(canonical(['1'])).not.toBe(canonical([1]));
  expect(canonical(null)).not.toBe(canonical('null'));
});
