import { parsePolicy } from '../../lib/policy/parse-policy';
import { variableProblems } from '../../lib/policy/variable-problems';

function problems(sections: Record<string, string>, elsewhere?: string[]): string[] {
  const body = Object.entries(sections).map(([name, content]) => `<${name}>${content}</${name}>`);
  const reading = parsePolicy(`<policies>${body.join('')}</policies>`);
  return 'problems' in reading ? reading.problems.slice() : variableProblems(reading.document, elsewhere);
}

const inbound = (text: string, elsewhere?: string[]) => problems({ inbound: text }, elsewhere);
const unset = (place: string, name = 'x') =>
  `${place} reads the variable ${name}, which nothing sets before; set it earlier, or name it among the variables set elsewhere`;
const maybe = (place: string, name = 'x') =>
  `${place} reads the variable ${name}, which is not set on every way there, and fails without it; read it with GetValueOrDefault, or set it on every way`;

const setX = '<set-variable name="x" value="@(context.RequestId)" />';
const soft = '<set-header name="h"><value>@(context.Variables.GetValueOrDefault<string>("x", ""))</value></set-header>';
const hard = '<set-header name="h"><value>@((string)context.Variables["x"])</value></set-header>';
const when = (body: string, condition = '@(a)') => `<when condition="${condition}">${body}</when>`;

describe('set before they are read', () => {
  test.each([
    ['set, then read', setX + soft + hard, []],
    ['read, then set', soft + setX, [unset('inbound/set-header[0]')]],
    ['never set', hard, [unset('inbound/set-header[0]')]],
    ['set on one way, read with a default', `<choose>${when(setX)}</choose>${soft}`, []],
    ['set on one way, read without', `<choose>${when(setX)}</choose>${hard}`, [maybe('inbound/set-header[0]')]],
    ['set on every way', `<choose>${when(setX)}<otherwise>${setX}</otherwise></choose>${hard}`, []],
    [
      'set on the only way that goes on',
      `<choose>${when(setX)}<otherwise><return-response /></otherwise></choose>${hard}`,
      [],
    ],
    [
      'asked for first',
      `<choose>${when(setX)}</choose><choose>${when(hard, '@(context.Variables.ContainsKey("x"))')}</choose>`,
      [],
    ],
    [
      'asked for in the same expression',
      `<choose>${when(setX)}</choose><set-body>@(context.Variables.ContainsKey("x") ? (string)context.Variables["x"] : "")</set-body>`,
      [],
    ],
    [
      'read in a condition',
      `<choose>${when('', '@(context.Variables["x"] == null)')}</choose>`,
      [unset('inbound/choose[0]/when[0]')],
    ],
    ['read in the round after it is set', `<retry condition="true" count="1" interval="1">${soft}${setX}</retry>`, []],
    [
      'set by the retry whose condition reads it',
      `<retry condition="@((bool)context.Variables["x"])" count="1" interval="1">${setX}</retry>`,
      [],
    ],
    ['a token', `<authentication-managed-identity resource="r" output-token-variable-name="x" />${hard}`, []],
    ['a cached value', `<cache-lookup-value key="k" variable-name="x" />${hard}`, [maybe('inbound/set-header[0]')]],
    ['a cached value with a default', `<cache-lookup-value key="k" variable-name="x" default-value="" />${hard}`, []],
    ['a response', `<send-request response-variable-name="x"><set-method>GET</set-method></send-request>${hard}`, []],
    [
      'a response that is returned',
      '<return-response response-variable-name="x" />',
      [unset('inbound/return-response[0]')],
    ],
  ])('%s', (_, text, expected) => {
    expect(inbound(text)).toEqual(expected);
  });

  test('sections follow each other, and on-error follows any of them', () => {
    expect(problems({ inbound: setX, backend: hard, outbound: hard })).toEqual([]);
    expect(problems({ backend: soft, outbound: setX })).toEqual([unset('backend/set-header[0]')]);
    expect(problems({ inbound: setX, 'on-error': soft })).toEqual([]);
    expect(problems({ inbound: setX, 'on-error': hard })).toEqual([maybe('on-error/set-header[0]')]);
  });

  test('a variable that another scope sets is known', () => {
    expect(inbound(hard, ['x'])).toEqual([]);
    expect(problems({ 'on-error': hard }, ['x'])).toEqual([]);
  });

  test('each place is named once for a variable', () => {
    expect(inbound('<set-body>@(context.Variables["x"] + context.Variables["x"])</set-body>')).toEqual([
      unset('inbound/set-body[0]'),
    ]);
  });

  test.each(['__proto__', 'constructor', 'ünïcode', 'a.b'])('a variable may be called %s', (name) => {
    const read = `<set-body>@(context.Variables["${name}"])</set-body>`;
    expect(inbound(read)).toEqual([unset('inbound/set-body[0]', name)]);
    expect(inbound(`<set-variable name="${name}" value="1" />${read}`)).toEqual([]);
  });
});

describe('types', () => {
  const mismatch = (read: string, given: string, fix: string) =>
    `inbound/set-body[0] reads the variable x as ${read}, but inbound/set-variable[0] makes it a ${given}; ${fix}`;
  const literal = (value: string) => `a literal is always a string, write an expression such as @(${value})`;

  test.each([
    ['0', 'context.Variables.GetValueOrDefault<int>("x")', [mismatch('int', 'string', literal('0'))]],
    ['0', '(int)context.Variables["x"]', [mismatch('int', 'string', literal('0'))]],
    ['0', '((Int32)context.Variables["x"])', [mismatch('int', 'string', literal('0'))]],
    ['0', 'context.Variables.GetValueOrDefault<System.Int32>("x", 1)', [mismatch('int', 'string', literal('0'))]],
    ['0', 'context.Variables.GetValueOrDefault<int?>("x")', [mismatch('int', 'string', literal('0'))]],
    ['true', '(bool)context.Variables["x"]', [mismatch('bool', 'string', literal('false'))]],
    ['@(0)', '(string)context.Variables["x"]', [mismatch('string', 'int', 'read it as int')]],
    ['@(true)', 'context.Variables.GetValueOrDefault<int>("x")', [mismatch('int', 'bool', 'read it as bool')]],
    ['@(0)', 'context.Variables.GetValueOrDefault<int>("x")', []],
    ['@(0)', 'context.Variables.GetValueOrDefault("x", 0)', []],
    ['0', '(string)context.Variables["x"]', []],
    ['0', 'Convert.ToInt32(context.Variables["x"])', []],
    ['0', 'int.Parse((string)context.Variables["x"])', []],
    ['0', '(object)context.Variables["x"]', []],
    ['@(context.Response.StatusCode)', '(string)context.Variables["x"]', []],
  ])('a variable set to %s and read by %s', (value, read, expected) => {
    expect(inbound(`<set-variable name="x" value="${value}" /><set-body>@(${read})</set-body>`)).toEqual(expected);
  });
});
