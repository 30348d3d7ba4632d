import { evaluate } from '../../../lib/emulator/csharp/evaluate';
import { ClrException } from '../../../lib/emulator/csharp/exceptions';
import { textOf } from '../../../lib/emulator/csharp/format';
import { typeNameOf } from '../../../lib/emulator/csharp/type-names';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { expressionTable } from '../../support/csharp/expression-table';
import { generatedExpressions } from '../../support/csharp/generated-expressions';
import { CsharpOutcome, describeWithMono, runCsharp } from '../../support/csharp/mono-command';
import { sampleContext, sampleEnvironment } from '../../support/csharp/sample-context';

function emulated(expression: string): CsharpOutcome {
  const text = expression.startsWith('{') ? expression : `(${expression})`;
  try {
    const value = evaluate(parseExpression(text), sampleContext(), sampleEnvironment);
    return { exception: false, type: typeNameOf(value), text: textOf(value) };
  } catch (error) {
    if (!(error instanceof ClrException)) {
      throw new Error(`${expression}: ${(error as Error).message}`, { cause: error });
    }
    return { exception: true, type: error.type, text: '' };
  }
}

describeWithMono('expressions worked out by real C# and by the emulator', () => {
  test.each([
    ['the table', expressionTable],
    ['generated ones', generatedExpressions(400, 20_261_122)],
  ])('%s come to the same values, types and exceptions', (_name, expressions) => {
    const compiled = runCsharp(expressions);
    expect(compiled).toHaveLength(expressions.length);
    const pairs = expressions.map((expression, index) => ({ expression, ...compiled[index]! }));
    expect(expressions.map((expression) => ({ expression, ...emulated(expression) }))).toEqual(pairs);
  });
});
