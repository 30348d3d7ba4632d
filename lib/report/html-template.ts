import { printable } from '../contracts/printable';

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Markup that `html` made. It cannot be made of a text in any other way, so that forgetting to escape is not possible. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** @internal */
  static _of(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    return new Html(
      strings.map((part, index) => part + (index < values.length ? markupOf(values[index]) : '')).join(''),
    );
  }

  /** @internal */
  static _styled(sheet: string): Html {
    if (sheet.includes('<')) {
      throw new Error('A style sheet with < could end its element.');
    }
    return new Html(`<style>${sheet}</style>`);
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text and numbers are escaped, `undefined` is nothing. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/**
 * Markup with escaped values, in content and in attributes that stand in double quotes. It is for neither scripts, style
 * sheets nor attributes that hold addresses: there are none with values in the page.
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return Html._of(strings, values);
}

/** A style sheet of this project's making, in its element. */
export function styleElement(sheet: string): Html {
  return Html._styled(sheet);
}

function markupOf(value: HtmlValue): string {
  if (value instanceof Html) {
    return value.toString();
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return printable(String(value)).replace(/[&<>"'`]/gu, (character) => REFERENCES[character]!);
  }
  return value === undefined ? '' : value.map(markupOf).join('');
}
