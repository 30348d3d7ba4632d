import { evaluate } from '../../../lib/emulator/csharp/evaluate';
import { ClrException } from '../../../lib/emulator/csharp/exceptions';
import { textOf } from '../../../lib/emulator/csharp/format';
import { typeNameOf } from '../../../lib/emulator/csharp/type-names';
import { Sequence, Value } from '../../../lib/emulator/csharp/values';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { ContextSpecification } from './context-specification';
import { CsharpOutcome, ExpressionCase, runCsharp } from './mono-command';
import { sampleContext, sampleEnvironment, sampleState } from './sample-context';

/** A case in which the emulator and real C# do not come to the same. */
export interface Difference {
  readonly expression: string;
  readonly context: ContextSpecification | undefined;
  readonly csharp: CsharpOutcome;
  /** A text if the emulator refuses the expression. */
  readonly emulator: CsharpOutcome | string;
}

/** What the emulator makes of an expression; a text if it refuses it. */
export function runEmulator({ expression, context }: ExpressionCase): CsharpOutcome | string {
  const text = expression.startsWith('{') ? expression : `(${expression})`;
  try {
    const value = evaluate(parseExpression(text), sampleContext(sampleState(context), context?.url), sampleEnvironment);
    return { exception: false, type: typeNameOf(value), text: shown(value) };
  } catch (error) {
    return error instanceof ClrException
      ? { exception: true, type: error.type, text: '' }
      : `refused: ${(error as Error).message}`;
  }
}

/**
 * Works out each expression in its context with the emulator and with a real C# compiler, and gives the cases in which value, type or
 * exception differ; an empty list is what a test wants. Call it within `describeWithMono`. Expressions may stand with their
 * brackets, as policies have them after the `@`.
 *
 * @throws if an expression does not compile, with the compiler's words
 */
export function compareWithCSharp(cases: readonly ExpressionCase[]): Difference[] {
  const outcomes = runCsharp(cases);
  return cases.flatMap((each, index) => {
    const { expression, context } = each;
    const csharp = outcomes[index]!;
    const emulator = runEmulator(each);
    return JSON.stringify(emulator) === JSON.stringify(ordered(csharp))
      ? []
      : [{ expression, context, csharp, emulator }];
  });
}

/** The items of an array, for `ToString()` of one says only what it is. */
function shown(value: Value): string {
  return value instanceof Sequence && value.kind === 'array' ? value.items.map(textOf).join('\u001f') : textOf(value);
}

function ordered({ exception, type, text }: CsharpOutcome): CsharpOutcome {
  return { exception, type, text };
}
