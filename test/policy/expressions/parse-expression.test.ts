import * as fc from 'fast-check';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { Expression } from '../../../lib/policy/expressions/syntax';

function parsed(text: string): Expression {
  return parseExpression(text).body as Expression;
}

function message(text: string): string {
  try {
    parseExpression(text);
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('what is read', () => {
  test.each([
    ['(1)', { type: 'int', value: 1 }],
    ['(0x1F)', { type: 'int', value: 31 }],
    ['(0b101)', { type: 'int', value: 5 }],
    ['(2147483647)', { type: 'int', value: 2_147_483_647 }],
    ['(2147483648)', { type: 'long', value: 2_147_483_648n }],
    ['(-2147483648)', { type: 'int', value: -2_147_483_648 }],
    ['(5L)', { type: 'long', value: 5n }],
    ['(-9223372036854775808)', { type: 'long', value: -9_223_372_036_854_775_808n }],
    ['(1_000)', { type: 'int', value: 1000 }],
    ['(1.5e3)', { type: 'double', value: 1500 }],
    ['(.5)', { type: 'double', value: 0.5 }],
    ['(2d)', { type: 'double', value: 2 }],
    ['(true)', { type: 'bool', value: true }],
    ['(null)', { type: 'null', value: null }],
    ["('x')", { type: 'char', value: 'x' }],
    ["('\\'')", { type: 'char', value: "'" }],
    ['("a\\n\\u0041\\x42")', { type: 'string', value: 'a\nAB' }],
    ['(@"a\\n""b""")', { type: 'string', value: 'a\\n"b"' }],
    ['("// no comment /*")', { type: 'string', value: '// no comment /*' }],
  ])('%s is a literal', (text, literal) => {
    expect(parsed(text)).toEqual(expect.objectContaining({ kind: 'literal', literal }));
  });

  test('operators bind as C# says', () => {
    const sum = parsed('(1 + 2 * 3 == 7 && !false)');
    expect(sum).toMatchObject({
      operator: '&&',
      left: { operator: '==', left: { operator: '+', right: { operator: '*' } } },
      right: { kind: 'unary' },
    });
  });

  test.each([
    ['(int)x', 'cast'],
    ['(string)context.Variables["a"]', 'cast'],
    ['(JObject)x', 'cast'],
    ['(int?)x', 'cast'],
    ['(x)', 'name'],
    ['(x) - 1', 'binary'],
    ['(int)-1', 'cast'],
    ['(x)(y)', 'cast'],
    ['x as string', 'as'],
    ['x is string', 'is'],
    ['x is string s', 'is'],
    ['x is null', 'is'],
    ['x is int ? 1 : 2', 'conditional'],
    ['a ?? b ?? c', 'coalesce'],
    ['a < b', 'binary'],
    ['a<b>(c)', 'postfix'],
    ['f(a < b, c > d)', 'postfix'],
    ['x => x.Length > 0', 'lambda'],
    ['(a, b) => a + b', 'lambda'],
    ['() => { return 1; }', 'lambda'],
    ['new JObject(new JProperty("a", 1))', 'new'],
    ['new Dictionary<string, List<int>> { { "a", null }, }', 'new'],
    ['new[] { 1, 2 }', 'new-array'],
    ['new string[] { }', 'new-array'],
    ['new int[3]', 'new-array'],
    ['a?.b?[0]', 'postfix'],
    ['a ? [0] : b'.replace('[0]', 'c'), 'conditional'],
    ['string.IsNullOrEmpty(x)', 'postfix'],
    ['x.GetValueOrDefault<string>("a", "")', 'postfix'],
    ['x.As<JObject>(preserveContent: true)', 'postfix'],
    ['int.TryParse(x, out var n)', 'postfix'],
    ['1 >> 2', 'binary'],
    ['@class', 'name'],
  ])('%s is a %s', (text, kind) => {
    expect(parsed(`(${text})`).kind).toBe(kind);
  });

  test('generic arguments, named arguments and out arguments are kept', () => {
    expect(parsed('(x.As<List<JObject>>(preserveContent: true, y, out var z, out w))')).toMatchObject({
      steps: [
        { name: 'As', typeArguments: [{ name: 'List', arguments: [{ name: 'JObject' }] }] },
        {
          arguments: [
            { name: 'preserveContent' },
            { value: { name: 'y' } },
            { out: { name: 'z', declares: true } },
            { out: { name: 'w', declares: false } },
          ],
        },
      ],
    });
  });

  test.each([
    '{ return 1; }',
    '@{ var a = 1; int b = 2, c; string[] d = null; List<int> e = null; return a; }',
    '{ if (a) { return 1; } else if (b) return 2; else { return 3; } }',
    '{ foreach (var x in xs) { continue; } for (int i = 0; i < 3; i++) break; for (;;) { break; } while (true) { break; } return 1; }',
    '{ try { a(); } catch (Exception e) { throw; } finally { b(); } return null; }',
    '{ switch (a) { case 1: case 2: return 1; default: break; } return 2; }',
    '{ x["a"] = 1; y += 2; z++; --z; f(); return 0; /* c */ // d\n }',
    '{ ; { } return 1; }',
  ])('%s is a body', (text) => {
    expect(parseExpression(text).body.kind).toBe('block');
  });

  test('white space and @ around an expression do not matter', () => {
    expect(parsed('\n  @( 1 ) \r\n')).toMatchObject({ literal: { value: 1 } });
  });
});

describe('what is refused', () => {
  test.each([
    ['1', "'1' is not a policy expression: write @(value) or @{ statements }"],
    ['()', "expression, line 1, column 2: expected a value, found ')'"],
    ['(1', "expression, line 1, column 3: expected ')', found the end of the expression"],
    ['(1) + 2', "expression, line 1, column 5: expected the end of the expression, found '+'"],
    ['(a.)', "expression, line 1, column 4: expected the name of a member, found ')'"],
    ['(f(1, ))', "expression, line 1, column 7: expected a value, found ')'"],
    ['(a ? b)', "expression, line 1, column 7: expected ':', found ')'"],
    ['(new Foo)', "expression, line 1, column 9: expected '(', '[' or '{', found ')'"],
    ['{ return 1 }', "expression, line 1, column 12: expected ';', found '}'"],
    ['{\n  var x 5;\n}', "expression, line 2, column 9: expected '=', ',' or ';', found '5'"],
    ['{ try { } }', "expression, line 1, column 11: expected 'catch' or 'finally', found '}'"],
    ['("abc)', 'expression, line 1, column 2: the string is not closed; add "'],
    ['("a\nb")', 'expression, line 1, column 2: the string is not closed; add "'],
    ['(@"abc)', 'expression, line 1, column 2: the string is not closed; add "'],
    ['(1 /* x)', 'expression, line 1, column 4: the comment is not closed; add */'],
    ["('ab')", 'expression, line 1, column 2: a character literal holds exactly one character; write "…" for a string'],
    [
      '("\\q")',
      'expression, line 1, column 3: \'\\q\' is no escape sequence of C#; write \\\\ for a backslash, or a verbatim string @"…"',
    ],
    ['(1 # 2)', "expression, line 1, column 4: character '#' has no meaning here; remove it or put it into a string"],
    ['(1abc)', "expression, line 1, column 2: '1abc' is not a number that int, long or double can hold"],
    [
      '(9223372036854775808)',
      "expression, line 1, column 2: '9223372036854775808' is not a number that int, long or double can hold",
    ],
    ['(1 = 2)', 'expression, line 1, column 4: only a local variable or an indexer can be assigned to'],
    ['(a.b = 2)', 'expression, line 1, column 6: only a local variable or an indexer can be assigned to'],
  ])('%j', (text, expected) => {
    expect(message(text)).toBe(expected);
  });

  test.each([
    ['($"a{b}")', 'string interpolation $"…"'],
    ['(1.5m)', 'the type decimal (1.5m)'],
    ['(1.5f)', 'the type float (1.5f)'],
    ['(1u)', 'the type uint (1u)'],
    ['(typeof(string))', "'typeof'"],
    ['(nameof(x))', "'nameof'"],
    ['(await x)', "'await'"],
    ['(default(int))', "'default'"],
    ['(from x in y select x)', "a query ('from … in …')"],
    ['((1, 2))', 'a tuple'],
    ['(new { a = 1 })', 'an anonymous type (new { … })'],
    ['(new Foo { A = 1 })', "setting the property 'A' in an initialiser"],
    ['(f(ref x))', "an argument passed by 'ref'"],
    ['(a ?? throw b)', "'throw' as an expression"],
    ['(x is 5)', "'is' with a constant other than null"],
    ['(new int[1, 2])', 'an array of several dimensions'],
    ['{ using (x) { } return 1; }', "the statement 'using'"],
    ['{ do { } while (true); }', "the statement 'do'"],
    ['{ int f() { return 1; } return 1; }', 'a local function'],
    ['{ 1 + 2; return 1; }', 'a value that is not used (only assignments and calls are statements)'],
    ['{ try { } catch (Exception e) when (true) { } }', "a filter ('catch … when')"],
  ])('%s by name', (text, what) => {
    expect(message(text)).toMatch(
      new RegExp(
        `^expression, line 1, column \\d+: ${what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} is not supported; write it with the supported part of C#$`,
      ),
    );
  });

  test.each([
    ['brackets', '('.repeat(10_000) + '1' + ')'.repeat(10_000)],
    ['unclosed brackets', '('.repeat(10_000)],
    ['signs', `(${'- '.repeat(10_000)}1)`],
    ['casts', `(${'(int)'.repeat(10_000)}1)`],
    ['calls', `(${'f('.repeat(10_000)}1${')'.repeat(10_000)})`],
    ['lambdas', `(${'x => '.repeat(10_000)}1)`],
    ['blocks', '{'.repeat(10_000)],
    ['objects', `(${'new A(('.repeat(10_000)}`],
    ['statements', `{ ${'if (a) '.repeat(10_000)} return 1; }`],
    ['indexers', `(${'a['.repeat(10_000)}`],
  ])('10,000 nested %s, with the place', (_name, text) => {
    expect(message(text)).toMatch(
      /^expression, line 1, column \d+: it nests more than 200 levels deep; split it into statements$/,
    );
  });

  test('generic types nested without end are compared or refused, not followed', () => {
    expect(message(`(${'a<'.repeat(10_000)}b)`)).toBe('no error');
    expect(message(`(x as ${'a<'.repeat(10_000)}b)`)).toContain('column');
  });

  test('more type tests in one chain than anyone writes', () => {
    expect(message(`(x${' as A'.repeat(20)})`)).toBe('no error');
    expect(message(`(x${' as A'.repeat(21)})`)).toContain('nests more than 20 levels deep');
  });

  test('an expression longer than any policy can hold', () => {
    expect(message(`(${'1+'.repeat(600_000)}1)`)).toBe(
      'expression of 1200003 characters is too long: a policy holds at most 524288; move data out of the policy',
    );
    expect(message(`("${'x'.repeat(524_284)}")`)).toBe('no error');
  });
});

describe('long chains are no deep trees', () => {
  test.each([
    ['operators', `(1${' + 1'.repeat(100_000)})`, 'binary'],
    ['members', `(a${'.b()'.repeat(100_000)})`, 'postfix'],
    ['conditions', `(${'a ? 1 : '.repeat(50_000)}0)`, 'conditional'],
    ['fallbacks', `(${'a ?? '.repeat(100_000)}b)`, 'coalesce'],
  ])('100,000 %s', (_name, text, kind) => {
    expect(parsed(text).kind).toBe(kind);
  });

  test('else if', () => {
    expect(parseExpression(`{ ${'if (a) { return 1; } else '.repeat(10_000)} return 2; }`).body).toMatchObject({
      statements: [{ kind: 'if', branches: { length: 10_000 } }],
    });
  });
});

test('any text is read or refused with an error of its own', () => {
  const piece = fc.constantFrom(
    ...'( ) { } [ ] < > ? : . , ; @ " \' \\ + - * / = ! & | ~ a int new => ?? ?. 1 1.5 var if return out $ # \n é 😀'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom('(', '{', ''), (pieces, start) => {
      expect(message(start + pieces.join(' '))).toMatch(/^(?:no error|expression,? |'.* is not a policy expression)/s);
    }),
    { numRuns: 2000 },
  );
});
