import { scanExpression, wholeExpression } from '../../lib/policy/csharp-scanner';

test.each([
  ['(1)'],
  ['(a["x)"] + f(b))'],
  ['{ if (a) { return 1; } return 2; }'],
  ['("\\")")'],
  ['(@"\\" + ")")'],
  ['(@"a"")" + b)'],
  ["(')' + '\\'' + '\"' + '\\u0029')"],
  ['($"{a[")"]} {{ ) }} {b:0.0}")'],
  ['($@"\\{a}"")")'],
  ['(@$"{a + $"{b}"}")'],
  ['{ // let\'s ) "\n return 1; }'],
  ['{ /* ) " \' */ return 1 / 2; }'],
  ['(new List<int>().Count < 3)'],
])('%s ends at its own bracket', (expression) => {
  expect(scanExpression(`${expression})}"`, 0).end).toBe(expression.length);
});

test.each([['('], ['(]'], ['("'], ['("\\'], ['(@"a""'], ['($"{'], ['($"{a)'], ['{ // }'], ['{ /* }'], ["('"], ['(}']])(
  '%s never ends',
  (expression) => {
    expect(scanExpression(expression, 0).end).toBe(-1);
  },
);

test('the constant strings of an expression are found with their quotes', () => {
  const text = '(a("x\\"y") + @"v" + $"{b["hole"]}" + \'"\')';
  const strings = scanExpression(text, 0).strings.map(({ start, end }) => text.slice(start, end));
  expect(strings).toEqual(['"x\\"y"', '@"v"', '"hole"']);
});

test.each([
  ['@(1)', '(1)'],
  ['\n  @{ return 1; }\n', '{ return 1; }'],
  ['@(a) + @(b)', undefined],
  ['x @(a)', undefined],
  ['@(a', undefined],
  ['@a', undefined],
  ['', undefined],
])('%j as a whole expression is %j', (text, expression) => {
  expect(wholeExpression(text)).toBe(expression);
});
