import { disallowedUses } from '../../../lib/policy/expressions/allow-list';
import { membersCalled } from '../../../lib/policy/expressions/members-called';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';

describe('the members that an expression uses', () => {
  test('static, instance, constructed and named types, in order', () => {
    const uses = membersCalled(
      parseExpression(
        '{ var now = DateTime.UtcNow; return new JObject(new JProperty("t", (string)context.Variables["x"] + now.Year)); }',
      ),
    );
    expect(
      uses.map(({ kind, type, member }) => [kind, type, member].filter((part) => part !== undefined).join(' ')),
    ).toEqual([
      'static DateTime UtcNow',
      'constructor JObject',
      'constructor JProperty',
      'type String',
      'instance Variables',
      'instance Year',
    ]);
  });

  test.each([
    ['a local', '{ var Convert = "a"; return Convert.Length; }'],
    ['a parameter', '(xs.Select(Convert => Convert.Length))'.replace('xs', 'context')],
    ['a loop variable', '{ foreach (var Convert in context.Foo) { return Convert.Length; } return 1; }'],
    ['an out variable', '(context.Foo(out var Convert) ? Convert.Length : 0)'],
    ['a pattern variable', '(context.Foo is string Convert ? Convert.Length : 0)'],
    ['a caught exception', '{ try { } catch (Exception Convert) { return Convert.Length; } return 1; }'],
  ])('%s that is named like a type is no type', (_name, text) => {
    expect(membersCalled(parseExpression(text)).some(({ type }) => type === 'Convert')).toBe(false);
  });
});

test.each([
  '(((Jwt)context.Variables["caller"]).Claims.ContainsKey("roles") && ((Jwt)context.Variables["caller"]).Claims["roles"].Contains("Model.gpt-4o"))',
  '(((Jwt)context.Variables["caller"]).Claims.GetValueOrDefault("roles", ""))',
  '(((Jwt)context.Variables["caller"]).Subject + string.Join(",", ((Jwt)context.Variables["caller"]).Audiences))',
  '(((Jwt)context.Variables["caller"]).IssuedAt == null)',
])('%s reads a token as API Management allows', (text) => {
  expect(disallowedUses(parseExpression(text))).toEqual([]);
});

describe('what API Management does not allow', () => {
  test.each([
    [
      '(File.ReadAllText("a"))',
      ["expression, line 1, column 7: API Management does not allow the type 'File'; see its list of allowed types"],
    ],
    [
      '(new HttpClient())',
      [
        "expression, line 1, column 2: API Management does not allow the type 'HttpClient'; see its list of allowed types",
      ],
    ],
    [
      '((Thread)null)',
      ["expression, line 1, column 2: API Management does not allow the type 'Thread'; see its list of allowed types"],
    ],
    [
      '(JsonConvert.PopulateObject("a", null))',
      [
        "expression, line 1, column 14: API Management does not allow 'JsonConvert.PopulateObject'; allowed of this type: SerializeObject, DeserializeObject",
      ],
    ],
    [
      '(context.Variables.GetType())',
      [
        "expression, line 1, column 20: no type that API Management allows has a member 'GetType'; see its list of allowed types",
      ],
    ],
    [
      '(new Match())',
      [
        "expression, line 1, column 2: API Management does not allow the constructor of 'Match'; allowed of this type: Empty, Groups, Result",
      ],
    ],
    [
      '(new List<Process>())',
      ["expression, line 1, column 2: API Management does not allow the type 'Process'; see its list of allowed types"],
    ],
    [
      '("a".__proto__)',
      [
        "expression, line 1, column 6: no type that API Management allows has a member '__proto__'; see its list of allowed types",
      ],
    ],
    [
      '("a".constructor)',
      [
        "expression, line 1, column 6: no type that API Management allows has a member 'constructor'; see its list of allowed types",
      ],
    ],
  ])('%s', (text, expected) => {
    expect(disallowedUses(parseExpression(text))).toEqual(expected);
  });

  test.each([
    '(context.Request.Headers.GetValueOrDefault("x", "").Split(\',\')[0].Trim())',
    '(Regex.Match("a", "b").Groups["c"]?.Value)',
    '(context.Request.Body.As<JObject>(preserveContent: true)["model"].Value<string>())',
    '(DateTimeOffset.UtcNow.AddSeconds(5).ToString("R"))',
    '(new Random().Next(100))',
    '(new Dictionary<string, string> { { "a", "b" } }.Keys.FirstOrDefault())',
    '(((Jwt)context.Variables["jwt"]).Claims["roles"].Contains("a"))',
  ])('nothing in %s', (text) => {
    expect(disallowedUses(parseExpression(text))).toEqual([]);
  });

  test('a chain of 100,000 members is walked without nesting', () => {
    expect(membersCalled(parseExpression(`(a${'.b'.repeat(100_000)} + 1${'+1'.repeat(100_000)})`))).toHaveLength(
      100_000,
    );
  });
});
