import { compareWithCSharp } from '../../support/csharp/compare-with-csharp';
import { expressionTable } from '../../support/csharp/expression-table';
import { gatewayCases } from '../../support/csharp/gateway-cases';
import { generatedExpressions } from '../../support/csharp/generated-expressions';
import { describeWithMono } from '../../support/csharp/mono-command';

const alone = (expressions: readonly string[]): { expression: string }[] =>
  expressions.map((expression) => ({ expression }));

describeWithMono('expressions worked out by real C# and by the emulator', () => {
  test.each([
    ['the table', alone(expressionTable)],
    ['generated ones', alone(generatedExpressions(400, 20_261_122))],
    ['those of gateways, in several contexts', gatewayCases],
  ])('%s come to the same values, types and exceptions', (_name, cases) => {
    expect(compareWithCSharp(cases)).toEqual([]);
  });

  test('a difference is found and told', () => {
    // The emulator does not follow the seed.
    const differing = { expression: 'new Random(7).Next(1000000)' };
    expect(compareWithCSharp([differing])).toEqual([
      {
        expression: differing.expression,
        context: undefined,
        csharp: { exception: false, type: 'Int32', text: expect.any(String) as string },
        emulator: { exception: false, type: 'Int32', text: '500000' },
      },
    ]);
  });

  test("what does not compile is told with the compiler's words", () => {
    expect(() => compareWithCSharp([{ expression: '1' }, { expression: '(int)"a"' }])).toThrow(
      /error CS0030.*`string'.*`int'/,
    );
  });
});
