import fc from 'fast-check';
import { scanExpression } from '../../lib/policy/csharp-scanner';
import { csharpString, csharpStringValue } from '../../lib/policy/csharp-string';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { SetVariableNode } from '../../lib/policy/policy-document';
import { expression, statements } from '../../lib/policy/policy-value';
import { serialisePolicy } from '../../lib/policy/serialise-policy';
import { hostileText, policy } from './documents';

test.each([
  ['gpt-4o@2024-11-20', '"gpt-4o@2024-11-20"'],
  ['a@(b)', '"a\\u0040(b)"'],
  ['a@', '"a\\u0040"'],
  ['@@a', '"\\u0040@a"'],
  ['plain text, with (brackets) & more', '"plain text, with (brackets) \\u0026 more"'],
  ['"; return 1; //', '"\\u0022; return 1; //"'],
  ['C:\\x', '"C:\\u005cx"'],
  ['{{secret}}', '"\\u007b\\u007bsecret\\u007d\\u007d"'],
  ['${var.x} %{if}', '"\\u0024\\u007bvar.x\\u007d \\u0025\\u007bif\\u007d"'],
  [']]>', '"]]\\u003e"'],
  ['a\r\n\tb\0', '"a\\u000d\\u000a\\u0009b\\u0000"'],
  ['💥', '"\\ud83d\\udca5"'],
  ['\ud800', '"\\ud800"'],
  ['ü', '"\\u00fc"'],
  ['', '""'],
])('%j is written %s', (text, literal) => {
  expect(csharpString(text)).toBe(literal);
});

test('any text stays inside its literal, the expression and the attribute, and is read back unchanged', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const inExpression = expression(`context.RequestId + ${csharpString(text)} + "end"`);
      const inStatements = statements(`var x = ${csharpString(text)}; return x;`);
      const document = policy({
        inbound: [
          { kind: 'set-variable', name: 'a', value: inExpression },
          { kind: 'set-header', name: 'b', values: [inStatements] },
        ],
      });
      const reading = parsePolicy(serialisePolicy(document));
      expect(reading).toEqual({ document });
      const value = ('document' in reading ? (reading.document.inbound[0] as SetVariableNode).value : '') as {
        expression: string;
      };
      const { strings, end } = scanExpression(value.expression, 0);
      expect(end).toBe(value.expression.length);
      expect(strings).toHaveLength(2);
      const literal = value.expression.slice(strings[0]!.start, strings[0]!.end);
      expect(csharpStringValue(literal)).toBe(text);
      // Another reader: what csharpString writes is a JSON string as well.
      expect(JSON.parse(literal)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['"a\\n\\t\\"\\\\\\0"', 'a\n\t"\\\0'],
  ['@"a""b\\n"', 'a"b\\n'],
  ['"\\x41"', 'A'],
  ['"\\u0041\\U0001F4A5"', 'A💥'],
  ['"\\U99999999"', '\ufffd'],
  ['""', ''],
])('the value of %s is %j', (literal, value) => {
  expect(csharpStringValue(literal)).toBe(value);
});
