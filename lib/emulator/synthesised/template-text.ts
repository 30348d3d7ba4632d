/** A piece of a Terraform template: literal text, escapes resolved, or an expression without its `${` and `}`. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** `$${` and `%%{` stand for themselves (developer.hashicorp.com/terraform/language/expressions/strings). */
const OPENING = /\$\$\{|%%\{|\$\{|%\{/g;

/** The pieces of a text of Terraform JSON, where every text is a template. One pass, whatever the text. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  let position = 0;
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(template); found !== null; found = OPENING.exec(template)) {
    text += template.slice(position, found.index);
    if (found[0].length === 3) {
      text += found[0].slice(1);
      position = OPENING.lastIndex;
      continue;
    }
    const end = closingBrace(template, OPENING.lastIndex);
    if (text !== '') {
      parts.push({ text });
      text = '';
    }
    const directive = found[0] === '%{' ? '%' : '';
    parts.push({ expression: `${directive}${template.slice(OPENING.lastIndex, end).trim()}` });
    position = Math.min(end + 1, template.length);
    OPENING.lastIndex = position;
  }
  text += template.slice(position);
  return text === '' ? parts : [...parts, { text }];
}

/** The index of the brace that closes the one before `start`; the text's length where none does. Braces in strings do not count. */
function closingBrace(template: string, start: number): number {
  const open: ('brace' | 'string')[] = ['brace'];
  for (let at = start; at < template.length; at += 1) {
    const character = template[at]!;
    if (open[open.length - 1] === 'string') {
      if (character === '\\') {
        at += 1;
      } else if (character === '"') {
        open.pop();
      } else if (template.startsWith('${', at)) {
        open.push('brace');
        at += 1;
      }
    } else if (character === '"') {
      open.push('string');
    } else if (character === '{') {
      open.push('brace');
    } else if (character === '}') {
      open.pop();
      if (open.length === 0) {
        return at;
      }
    }
  }
  return template.length;
}
