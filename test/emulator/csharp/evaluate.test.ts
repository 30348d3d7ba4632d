import * as fc from 'fast-check';
import { evaluate } from '../../../lib/emulator/csharp/evaluate';
import { ClrException, ExpressionDefect } from '../../../lib/emulator/csharp/exceptions';
import { textOf } from '../../../lib/emulator/csharp/format';
import { Int32 } from '../../../lib/emulator/csharp/values';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { sampleContext, sampleEnvironment, sampleState } from '../../support/csharp/sample-context';

function run(text: string): string {
  return textOf(evaluate(parseExpression(text), sampleContext(), sampleEnvironment));
}

function failure(text: string): Error {
  try {
    run(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`no error: ${text}`);
}

describe('exceptions of .NET', () => {
  test.each([
    ['(context.LastError.Message)', 'NullReferenceException', 'Object reference not set to an instance of an object.'],
    ['((int)context.Variables["s"])', 'InvalidCastException', 'Specified cast is not valid.'],
    [
      '((string)context.Variables["i"])',
      'InvalidCastException',
      "Unable to cast object of type 'Int32' to type 'String'.",
    ],
    ['(context.Variables["nope"])', 'KeyNotFoundException', 'The given key was not present in the dictionary.'],
    ['(1 / ((int)context.Variables["zero"]))', 'DivideByZeroException', 'Attempted to divide by zero.'],
    ['(int.Parse("9999999999"))', 'OverflowException', 'Value was either too large or too small for an Int32.'],
    [
      '(Convert.ToInt32("Fri, 02 Jan 2026 03:04:50 GMT"))',
      'FormatException',
      'Input string was not in a correct format.',
    ],
    ['(JObject.Parse("{"))', 'JsonReaderException', 'Unexpected end of content while loading JSON. (character 1)'],
    [
      '("abc".Substring(5))',
      'ArgumentOutOfRangeException',
      'Specified argument was out of the range of valid values. (startIndex)',
    ],
    ['("".Split(\'@\')[1])', 'IndexOutOfRangeException', 'Index was outside the bounds of the array.'],
    ['(new string[0].First())', 'InvalidOperationException', 'Sequence contains no elements'],
    ['{ throw new Exception("mine"); }', 'Exception', 'mine'],
  ])('%s raises %s', (text, type, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(ClrException);
    expect({ type: (error as ClrException).type, message: error.message }).toEqual({ type, message });
  });
});

describe('what the compiler would refuse, and what is not implemented', () => {
  test.each([
    [
      '(context.Variables["s"].Length)',
      '\'.Length\' on a value of type object does not compile: cast it first, for instance (string)context.Variables["x"]',
    ],
    [
      '(context.Variables["i"] + 1)',
      'operator \'+\' on a value of type object does not compile: cast it first, for instance (string)context.Variables["x"]',
    ],
    [
      '(context.Variables["s"] == "text")',
      'operator \'==\' on a value of type object does not compile: cast it first, for instance (string)context.Variables["x"]',
    ],
    ['(int.Parse(context.Variables["n"]))', 'argument 1 of Int32.Parse is of type object, not string'],
    ['("1" == 1)', "operator '==' cannot be applied to operands of type String and Int32"],
    ['("a" < "b")', "operator '<' cannot be applied to operands of type String and String"],
    ['("a" - "b")', "operator '-' cannot be applied to operands of type String and String"],
    [
      '(context.Request.Body.As<JObject>()["model"] == "gpt-4o")',
      "operator '==' cannot be applied to operands of type JValue and String",
    ],
    ['(!1)', "operator '!' cannot be applied to an operand of type Int32"],
    ['(1 ? 2 : 3)', 'a condition is of type Int32, not bool'],
    ['((int)"5")', 'type String cannot be converted to Int32'],
    ['{ int x = "5"; return x; }', 'type String cannot be converted to Int32'],
    ['{ int x = 5L; return x; }', 'type Int64 cannot be converted to Int32'],
    ['{ string x = context.Variables["s"]; return x; }', 'type object cannot be converted to String'],
    ['{ int x = null; return x; }', 'type null cannot be converted to Int32'],
    ['{ var x = 1; var x = 2; return x; }', "a local variable named 'x' is already defined in this scope"],
    ['{ int x; return x; }', "use of unassigned local variable 'x'"],
    ['{ var x = 1; }', 'not all code paths return a value: end the expression with a return statement'],
    [
      '{ switch (1) { case 1: var a = 2; } return 1; }',
      'control cannot fall out of a case: end it with break or return',
    ],
    ['(nothing)', "the name 'nothing' does not exist here"],
    ['(File.Exists("a"))', "the emulator does not implement the type 'File'"],
    [
      '(Newtonsoft.Json.Linq.JObject.Parse("{}"))',
      "the emulator does not implement names with a namespace ('Newtonsoft.Json'): write the type alone",
    ],
    ['("a".Normalize())', "type String has no member 'Normalize' that the emulator implements"],
    ['("a".constructor)', "type String has no member 'constructor' that the emulator implements"],
    ['(context.__proto__)', "type context has no member '__proto__' that the emulator implements"],
    ['(new JObject().toString())', "type JObject has no member 'toString' that the emulator implements"],
    ['("a".IndexOf("b", 1, 2, 3))', 'argument 3 of String.IndexOf is of type Int32, not StringComparison'],
    ['(Regex.IsMatch("a", @"\\p{L}"))', "the emulator does not implement '\\p' in a regular expression"],
    ['(Regex.IsMatch("a", "(?>a)"))', "the emulator does not implement '(?>a' in a regular expression"],
    ['(1.5.ToString("C"))', "the emulator does not implement the number format 'C'"],
  ])('%s', (text, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(ExpressionDefect);
    expect(error.message).toBe(message);
  });

  test('catch does not hide it', () => {
    expect(failure('{ try { return "1" == 1; } catch { return true; } }')).toBeInstanceOf(ExpressionDefect);
  });
});

describe('the context', () => {
  test.each([
    ['(context.Request.Url.Path)', '/openai/deployments/chat/chat/completions'],
    ['(context.Request.Url.Host)', 'account.example'],
    ['(context.Request.OriginalUrl.Path)', '/openai/deployments/chat/chat/completions'],
    ['(context.Request.OriginalUrl.Host)', 'gateway.example'],
    ['(context.Request.OriginalUrl.Query.GetValueOrDefault("x", ""))', '1,2'],
    ['(context.Request.OriginalUrl.Query.GetValueOrDefault("y", "none"))', 'none'],
    ['(context.Request.OriginalUrl.QueryString)', '?api-version=2024-10-21&x=1&x=2'],
    ['(context.Request.MatchedParameters["deployment"])', 'chat'],
    ['(context.Request.MatchedParameters.GetValueOrDefault("none", "-"))', '-'],
    ['(context.Request.IpAddress)', '127.0.0.1'],
    ['(context.Api.Id + "/" + context.Operation.Id)', 'models/chat'],
    ['(context.Subscription?.Id)', 'team-a'],
    ['(context.Product?.Name ?? "none")', 'models'],
    ['(context.User?.Id ?? "none")', 'none'],
    ['(context.RequestId.ToString())', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['(context.Elapsed.TotalMilliseconds)', '0'],
    ['(context.Timestamp.ToString("o"))', '2026-01-02T03:04:05.0000000Z'],
    ['(context.Deployment.Region)', 'local'],
    ['(context.LastError == null)', 'True'],
    ['(Guid.NewGuid().ToString())', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['(new Random().Next(10))', '5'],
    ['(new Random().Next(10, 20))', '15'],
    ['(DateTimeOffset.UtcNow.ToUnixTimeSeconds())', '1767323045'],
    ['(string.Join(",", context.Variables.Keys.Take(2)))', 'i,j'],
  ])('%s is %s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  test('a body that was read without preserveContent is gone', () => {
    const context = sampleContext(sampleState());
    const read = (text: string): string => textOf(evaluate(parseExpression(text), context, sampleEnvironment));
    expect(read('((string)context.Request.Body.As<JObject>(true)["model"])')).toBe('gpt-4o');
    expect(read('((string)context.Request.Body.As<JObject>()["model"])')).toBe('gpt-4o');
    expect(() => read('(context.Request.Body.As<string>())')).toThrow('the body of the request is used up');
  });

  test('a Retry-After in seconds or as a date is told apart by the policy', () => {
    const policy = (header: string): string =>
      run(`{ int seconds; DateTimeOffset date; var header = "${header}";
        if (int.TryParse(header, out seconds)) { return seconds; }
        if (DateTimeOffset.TryParse(header, out date)) { return (int)Math.Ceiling((date - DateTimeOffset.UtcNow).TotalSeconds); }
        return -1; }`);
    expect(policy('17')).toBe('17');
    expect(policy('Fri, 02 Jan 2026 03:04:50 GMT')).toBe('45');
    expect(policy('soon')).toBe('-1');
  });
});

describe('hostile input', () => {
  test.each(['{ while (true) { } }', '{ for (;;) ; }', '{ var i = 0; while (i < 1) { i = 0; } return i; }'])(
    '%s ends',
    (text) => {
      expect(failure(text).message).toBe('the expression ran more than 10000000 steps: does a loop of it never end?');
    },
  );

  test('a text that doubles without end', () => {
    expect(failure('{ var s = "xxxxxxxxxxxxxxxx"; while (true) { s = s + s; } }')).toMatchObject({
      type: 'OutOfMemoryException',
    });
  });

  test.each(['("a".PadLeft(2000000000))', '(new int[2000000000])', '(Enumerable.Range(0, 2000000000).Count())'])(
    '%s',
    (text) => {
      expect(failure(text)).toMatchObject({ type: 'ArgumentOutOfRangeException' });
    },
  );

  test('chains of 100,000 operators, conditions and calls', () => {
    expect(run(`(1${' + 1'.repeat(99_999)})`)).toBe('100000');
    expect(run(`(${'1 == 2 ? 3 : '.repeat(30_000)}4)`)).toBe('4');
    expect(run(`("a"${'.Trim()'.repeat(50_000)})`)).toBe('a');
    expect(run(`(${'context.LastError ?? '.repeat(20_000)}"b")`)).toBe('b');
    expect(run(`(false${' || 1 == 2'.repeat(40_000)})`)).toBe('False');
  });

  test('JSON nested 10,000 deep is an exception', () => {
    const text = `(JToken.Parse("${'['.repeat(10_000)}"))`;
    expect(failure(text)).toMatchObject({ type: 'JsonReaderException' });
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'the name %s is a name like any other',
    (name) => {
      expect(run(`(JObject.Parse("{\\"${name}\\":1}").ToString(Formatting.None))`)).toBe(`{"${name}":1}`);
      expect(run(`(new JObject()["${name}"] == null)`)).toBe('True');
      expect(run(`(new Dictionary<string, int>().ContainsKey("${name}"))`)).toBe('False');
      expect(run(`(context.Request.Headers.GetValueOrDefault("${name}", "none"))`)).toBe('none');
      expect(run(`(Regex.Match("a", "a").Groups["${name}"].Success)`)).toBe('False');
    },
  );

  test('texts come through literals, JSON and escapes unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const verbatim = `@"${text.replaceAll('"', '""')}"`;
        expect(run(`(${verbatim})`)).toBe(text);
        expect(run(`((string)JToken.Parse(new JArray(${verbatim}).ToString(Formatting.None))[0])`)).toBe(text);
        expect(run(`(${verbatim}.Length)`)).toBe(String(text.length));
      }),
    );
  });

  test('whole numbers are added as int does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (left, right) => {
        const state = sampleState();
        state.variables.set('left', new Int32(left)).set('right', new Int32(right));
        const sum = evaluate(
          parseExpression('((int)context.Variables["left"] + (int)context.Variables["right"])'),
          sampleContext(state),
          sampleEnvironment,
        );
        expect(sum).toEqual(new Int32((left + right) | 0));
      }),
    );
  });
});
