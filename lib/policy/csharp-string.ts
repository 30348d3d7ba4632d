/**
 * What a literal does not keep as it is. The characters that stay mean nothing to C# inside quotes, to XML, to API
 * Management (`@(`, `{{`) or to Terraform (`${`), so that no combination of them can either; `@` stays before a letter or
 * digit, which leaves route keys (`name@version`) readable.
 */
const ESCAPED = /[^A-Za-z0-9 .,:;_/=+*?!#()[\]|~^@-]|@(?![A-Za-z0-9])/g;

/**
 * A C# string literal for any text, lone surrogates included: every character beyond a safe few is written as `\uXXXX`,
 * a UTF-16 unit each, so that the text can break out neither of the literal nor of the policy around it.
 * Always a regular literal: in a verbatim one nothing can be escaped, and `\x` takes as many digits as follow it.
 * Allowed values: https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure#6456-string-literals
 */
export function csharpString(text: string): string {
  return `"${text.replace(ESCAPED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4})|([^]))/g;

/** The text that a regular or verbatim C# string literal stands for, its quotes included in what is given. */
export function csharpStringValue(literal: string): string {
  if (literal.startsWith('@')) {
    return literal.slice(2, -1).replaceAll('""', '"');
  }
  return literal
    .slice(1, -1)
    .replace(ESCAPE, (_, short?: string, long?: string, variable?: string, simple?: string) => {
      if (simple !== undefined) {
        return Object.hasOwn(SIMPLE_ESCAPES, simple) ? SIMPLE_ESCAPES[simple]! : simple;
      }
      const code = Number.parseInt((short ?? long ?? variable)!, 16);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    });
}
