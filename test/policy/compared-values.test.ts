import { comparedValues, subjectOf } from '../../lib/policy/compared-values';
import { expression, statements } from '../../lib/policy/policy-value';

const VARIABLE = '(string)context.Variables["route"]';
const HEADER = 'context.Request.Headers.GetValueOrDefault("X-Model","")';

/** `header x-model=a & variable route=b | …` */
function brief(condition: string): string {
  return comparedValues(expression(condition))
    .map((terms) => terms.map(({ subject, value }) => `${subject.kind} ${subject.name}=${value}`).join(' & '))
    .join(' | ');
}

describe('comparedValues reads', () => {
  test.each<[string, string, string]>([
    ['a variable', `${VARIABLE}=="a"`, 'variable route=a'],
    ['the text first', `"a"==${VARIABLE}`, 'variable route=a'],
    ['a variable with a default', 'context.Variables.GetValueOrDefault<string>("route")=="a"', 'variable route=a'],
    ['a header', `${HEADER}=="a"`, 'header x-model=a'],
    [
      'a header by index, in lower case',
      'context.Request.Headers["X-Model"].First().ToLower()=="a"',
      'header x-model=a',
    ],
    ['Equals of a subject', `${HEADER}.Equals("a", StringComparison.OrdinalIgnoreCase)`, 'header x-model=a'],
    ['Equals of string', `string.Equals(${HEADER}, "a", StringComparison.Ordinal)`, 'header x-model=a'],
    ['both of two', `${HEADER}=="a" && ${VARIABLE}=="b"`, 'header x-model=a & variable route=b'],
    ['either of two', `${VARIABLE}=="a" || ${VARIABLE}=="b"`, 'variable route=a | variable route=b'],
    [
      'alternatives beside a comparison',
      `(${VARIABLE}=="a"||${VARIABLE}=="b")&&${HEADER}=="c"`,
      'variable route=a & header x-model=c | variable route=b & header x-model=c',
    ],
    ['what is beside anything else', `${VARIABLE}=="a" && context.Response.StatusCode==200`, 'variable route=a'],
  ])('%s', (_what, condition, expected) => {
    expect(brief(condition)).toBe(expected);
  });
});

describe('comparedValues finds nothing in', () => {
  test.each<[string, string]>([
    ['a difference', `${VARIABLE}!="a"`],
    ['a negation', `!(${VARIABLE}=="a")`],
    ['the empty text', `${VARIABLE}==""`],
    ['a part of a variable', `(${VARIABLE}).Split('|')[0]=="410"`],
    ['a comparison of variables', `${VARIABLE}==${HEADER}`],
    ['other things of the request', 'context.Request.Method=="GET"'],
    ['a header of the answer', 'context.Response.Headers.GetValueOrDefault("x","")=="a"'],
    ['what is no C#', '((('],
  ])('%s', (_what, condition) => {
    expect(comparedValues(expression(condition))).toEqual([]);
  });

  test('literal text, and statements', () => {
    expect(comparedValues('true')).toEqual([]);
    expect(comparedValues(statements('return true;'))).toEqual([]);
  });
});

test('subjectOf names the variable or header that an expression is, and nothing of others', () => {
  expect(subjectOf(expression(HEADER))).toEqual({ kind: 'header', name: 'x-model' });
  expect(subjectOf(expression(`${VARIABLE}+"a"`))).toBeUndefined();
  expect(subjectOf('text')).toBeUndefined();
});
