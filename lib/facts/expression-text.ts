/** A template taken apart: plain text, and the inside of `${…}`. */
export interface TemplatePart {
  readonly kind: 'text' | 'expression';
  readonly text: string;
}

const OPENING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Whether the text holds anything that Terraform interprets. */
export function isTemplate(text: string): boolean {
  return text.includes('${') || text.includes('%{');
}

/**
 * Takes a template apart; `$${` and `%%{` are plain text
 * (https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1).
 *
 * @returns `undefined` where the template has directives (`%{ if … }`) or never closes
 */
export function templateParts(template: string): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let plain = '';
  let position = 0;
  while (position < template.length) {
    const next = nextMarker(template, position);
    if (next < 0) {
      plain += template.slice(position);
      break;
    }
    plain += template.slice(position, next);
    if (template[next - 1] === template[next] && next > position) {
      plain = `${plain.slice(0, -1)}${template.slice(next, next + 2)}`;
      position = next + 2;
      continue;
    }
    const end = closingIndex(template, next + 1);
    if (end < 0 || template[next] === '%') {
      return undefined;
    }
    if (plain !== '') {
      parts.push({ kind: 'text', text: plain });
      plain = '';
    }
    parts.push({ kind: 'expression', text: template.slice(next + 2, end) });
    position = end + 1;
  }
  return plain === '' ? parts : [...parts, { kind: 'text', text: plain }];
}

/** Index of the bracket that closes the one at `open`, or -1; brackets inside quoted text do not count. */
export function closingIndex(text: string, open: number): number {
  const expected: string[] = [OPENING[text[open]!]!];
  for (let index = open + 1; index < text.length; index += 1) {
    const character = text[index]!;
    if (expected.at(-1) === '"') {
      if (character === '\\') {
        index += 1;
      } else if (character === '"') {
        expected.pop();
      } else if ((character === '$' || character === '%') && text[index + 1] === '{') {
        if (text[index - 1] !== character) {
          expected.push('}');
        }
        index += 1;
      }
    } else if (character === '"') {
      expected.push('"');
    } else if (character === expected.at(-1)) {
      expected.pop();
    } else if (OPENING[character] !== undefined) {
      expected.push(OPENING[character]);
    }
    if (expected.length === 0) {
      return index;
    }
  }
  return -1;
}

/** Index of the quote that closes the one at `open`, or -1. */
export function closingQuote(text: string, open: number): number {
  for (let index = open + 1; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '\\') {
      index += 1;
    } else if (character === '"') {
      return index;
    } else if ((character === '$' || character === '%') && text[index + 1] === '{') {
      const end = text[index - 1] === character ? index + 1 : closingIndex(text, index + 1);
      if (end < 0) {
        return -1;
      }
      index = end;
    }
  }
  return -1;
}

/** Splits at separators that stand outside brackets and quotes; empty pieces are left out. */
export function splitOutside(text: string, separators: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let index = 0; index <= text.length; index += 1) {
    if (index === text.length || separators.includes(text[index]!)) {
      pieces.push(text.slice(from, index));
      from = index + 1;
    } else {
      index = skipNested(text, index);
    }
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** Index of the first separator outside brackets and quotes, or -1. */
export function indexOutside(text: string, separator: string): number {
  for (let index = 0; index < text.length; index += 1) {
    if (text.startsWith(separator, index)) {
      return index;
    }
    index = skipNested(text, index);
  }
  return -1;
}

/** Every quoted text of an expression that stands for a value, not for a key (`local.models["chat"]`). */
export function quotedTexts(expression: string): readonly string[] {
  const texts: string[] = [];
  for (let index = 0; index < expression.length; index += 1) {
    if (expression[index] !== '"') {
      continue;
    }
    const end = closingQuote(expression, index);
    if (end < 0) {
      break;
    }
    if (!/[\w\])]\[\s*$/.test(expression.slice(Math.max(0, index - 8), index))) {
      texts.push(unquoted(expression.slice(index + 1, end)));
    }
    index = end;
  }
  return texts;
}

/** The text that the inside of a quoted text stands for, without its backslashes. */
export function unquoted(inside: string): string {
  return inside.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (whole, short, long, character) => {
    if (character !== undefined) {
      return ({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[character] ?? character;
    }
    const point = Number.parseInt(short ?? long, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function nextMarker(text: string, from: number): number {
  for (let index = text.indexOf('{', from + 1); index >= 0; index = text.indexOf('{', index + 1)) {
    if (text[index - 1] === '$' || text[index - 1] === '%') {
      return index - 1;
    }
  }
  return -1;
}

function skipNested(text: string, index: number): number {
  const character = text[index]!;
  const end =
    character === '"'
      ? closingQuote(text, index)
      : OPENING[character] === undefined
        ? index
        : closingIndex(text, index);
  return end < 0 ? text.length - 1 : end;
}
