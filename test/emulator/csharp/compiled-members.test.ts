import { disallowedUses } from '../../../lib/policy/expressions/allow-list';
import { contextTypes } from '../../../lib/policy/expressions/allowed-members';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { compiledObjections } from '../../support/csharp/compiled-objections';
import { expressionTable } from '../../support/csharp/expression-table';
import { gatewayCases } from '../../support/csharp/gateway-cases';
import { generatedExpressions } from '../../support/csharp/generated-expressions';
import { describeWithCecil } from '../../support/csharp/mono-command';

const parsed = (expression: string): string => (expression.startsWith('{') ? expression : `(${expression})`);

describeWithCecil('members in compiled code', () => {
  test('of the expressions of gateways are all on the list of what API Management allows', () => {
    const expressions = [...new Set(gatewayCases.map(({ expression }) => expression))];
    expect(expressions.flatMap((expression) => disallowedUses(parseExpression(parsed(expression))))).toEqual([]);
    expect(compiledObjections(expressions)).toEqual([]);
  });

  test('of the table and of generated ones are allowed wherever the check by text allows them', () => {
    const expressions = [...expressionTable, ...generatedExpressions(100, 7)].filter(
      (expression) => disallowedUses(parseExpression(parsed(expression))).length === 0,
    );
    expect(expressions.length).toBeGreaterThan(300);
    // The list has Regex.Matches, and not the type of what it gives.
    const matches = 'Regex.Matches("a1b2", @"\\d").Count';
    expect(compiledObjections(expressions)).toEqual([
      { expression: matches, calls: 'System.Text.RegularExpressions.MatchCollection get_Count' },
    ]);
  });

  test('are found in lambdas, and the check by text finds what the compiled code shows', () => {
    const expressions = [
      'new[] { 1, 2 }.Select(n => Environment.MachineName + n).First()',
      'System.IO.File.Exists("a")',
      'Regex.Escape("a")',
      'new DateTime(2026, 1, 2).ToFileTime()',
    ];
    const found = compiledObjections(expressions);
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        { expression: expressions[0], calls: 'System.Environment get_MachineName' },
        { expression: expressions[1], calls: 'System.IO.File Exists' },
        { expression: expressions[2], calls: 'System.Text.RegularExpressions.Regex Escape' },
        { expression: expressions[3], calls: 'System.DateTime ToFileTime' },
      ]),
    );
    expect(expressions.map((expression) => disallowedUses(parseExpression(parsed(expression))).length > 0)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('show what takes a compiler to know: an extension of another type, operators of dates', () => {
    const claims = '((Jwt)context.Variables["caller"]).Claims.GetValueOrDefault("roles", new string[0]).Contains("a")';
    const dates = 'new DateTime(2026, 1, 2) > new DateTime(2026, 1, 1)';
    expect(contextTypes.has('Jwt')).toBe(true);
    expect(compiledObjections([claims, dates])).toEqual([
      { expression: claims, calls: 'System.Collections.Generic.CollectionExtensions GetValueOrDefault' },
      { expression: dates, calls: 'System.DateTime op_GreaterThan' },
    ]);
  });
});
