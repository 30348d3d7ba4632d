import * as fc from 'fast-check';
import { unsignedTokens } from '../../lib/emulator/access-tokens';
import { jsonText } from '../../lib/emulator/csharp/json';
import { parseJson } from '../../lib/emulator/csharp/json-parser';
import { HeaderBag, endToEnd } from '../../lib/emulator/header-bag';
import { durationSeconds } from '../../lib/emulator/iso-duration';
import { matchOperation } from '../../lib/emulator/operation-match';
import { retryAfterMilliseconds } from '../../lib/emulator/retry-after';
import { FakeClock } from './support/fake-clock';

const operations = [
  { id: 'wildcard', method: '*', urlTemplate: '/{*path}' },
  { id: 'parameter', method: 'POST', urlTemplate: '/{name}/chat' },
  { id: 'literal', method: 'POST', urlTemplate: '/special/chat' },
  { id: 'root', method: 'GET', urlTemplate: '/' },
];
const gateway = {
  apis: [
    { id: 'models', path: 'openai', operations },
    { id: 'v1', path: 'openai/v1', operations: [{ id: 'v1', method: 'POST', urlTemplate: '/{name}/chat' }] },
  ],
};

describe('the operation of a request', () => {
  test.each([
    ['POST', '/openai/special/chat', 'literal', {}],
    ['POST', '/OpenAI/Special/Chat/', 'literal', {}],
    ['POST', '/openai/a%20b/chat', 'parameter', { name: 'a b' }],
    ['GET', '/openai/special/chat', 'wildcard', { path: 'special/chat' }],
    ['GET', '/openai', 'root', {}],
    ['POST', '/openai/v1/x/chat', 'v1', { name: 'x' }],
    ['POST', '/openai/%zz/chat', 'parameter', { name: '%zz' }],
  ])('%s %s is %s', (method, path, id, parameters) => {
    const matched = matchOperation(gateway, method, path);
    expect([matched?.operation.id, Object.fromEntries(matched!.parameters)]).toEqual([id, parameters]);
  });

  test.each([
    ['POST', '/other'],
    ['POST', '/openaix/special/chat'],
    ['POST', '/'],
  ])('%s %s is none', (method, path) => {
    expect(matchOperation(gateway, method, path)).toBeUndefined();
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);
  test.each([
    ['0', 0],
    ['12', 12_000],
    [' 12 ', 12_000],
    ['Fri, 02 Jan 2026 03:04:06 GMT', 1000],
    ['Fri, 02 Jan 2026 03:04:04 GMT', 0],
    ['1.5', undefined],
    ['-1', undefined],
    ['12345678901234567890', undefined],
    ['tomorrow', undefined],
    ['2026-01-02', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMilliseconds(header, now)).toBe(expected);
  });
});

describe('durations', () => {
  test.each([
    ['PT30S', 30],
    ['PT1M', 60],
    ['PT1H30M', 5400],
    ['P1D', 86_400],
    ['P1DT1S', 86_401],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['30', undefined],
    ['P1M', undefined],
  ])('%s is %s s', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});

describe('headers', () => {
  test('names are compared without case and keep their first spelling', () => {
    const bag = HeaderBag.fromRaw(['X-A', '1', 'x-b', '2', 'x-a', '3']);
    expect(bag.joined('x-A')).toBe('1,3');
    expect(bag.entries()).toEqual([
      ['X-A', ['1', '3']],
      ['x-b', ['2']],
    ]);
    bag.delete('X-a');
    expect(bag.has('x-a')).toBe(false);
  });

  test('those of the connection are dropped from a copy', () => {
    const bag = HeaderBag.fromRaw([
      'Connection',
      'X-One , x-two',
      'x-one',
      '1',
      'X-Two',
      '2',
      'x-three',
      '3',
      'Transfer-Encoding',
      'chunked',
    ]);
    expect(endToEnd(bag).entries()).toEqual([['x-three', ['3']]]);
    expect(bag.has('x-one')).toBe(true);
  });

  test('a header named __proto__ is a header', () => {
    expect(HeaderBag.fromRaw(['__proto__', 'x']).joined('__PROTO__')).toBe('x');
  });
});

describe('JSON', () => {
  test('what JavaScript writes is read and written back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = jsonText(parseJson(JSON.stringify(value)), false);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    '01',
    '+1',
    'nul',
    '"\\q"',
    '1 2',
    '{"a" 1}',
    '[1 2]',
    '"\ud800\\u"',
  ])('%j is no JSON', (text) => {
    expect(() => parseJson(text)).toThrow(/\(character \d+\)$/);
  });

  test('integers of any size stay exact', () => {
    expect(jsonText(parseJson('[123456789012345678901234567890, 1.0, 1e2]'), false)).toBe(
      '[123456789012345678901234567890,1.0,100.0]',
    );
  });

  test('a string of a megabyte', () => {
    const text = 'x\\n'.repeat(400_000);
    expect(jsonText(parseJson(`"${text}"`), false)).toBe(`"${text}"`);
  });
});

test.each([
  '',
  'a.b',
  'a.b.c',
  'a.!.c',
  `a.${Buffer.from('[]').toString('base64url')}.c`,
  `a.${Buffer.from('{').toString('base64url')}.c`,
])('the token %j is no JWT', async (token) => {
  expect(await unsignedTokens(new FakeClock())(token, 'tenant')).toEqual({
    reason: 'JwtInvalid',
    message: 'the token is not a JWT',
  });
});
