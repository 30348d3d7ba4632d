import { abridged } from '../../contracts/printable';

const LONGEST_NAME = 60;

/**
 * Texts that stand in policies for what only an apply tells, such as the client id of an identity. Their characters mean
 * nothing to XML, C# or the policy, and each expression has one of its own.
 */
export class StandIns {
  private readonly texts = new Map<string, { readonly text: string; readonly places: Set<string> }>();

  of(expression: string, place: string): string {
    const found = this.texts.get(expression);
    if (found) {
      found.places.add(place);
      return found.text;
    }
    const name = expression
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, LONGEST_NAME);
    const taken = new Set([...this.texts.values()].map(({ text }) => text));
    let text = `unresolved-${name}`;
    for (let number = 2; taken.has(text); number += 1) {
      text = `unresolved-${name}-${number}`;
    }
    this.texts.set(expression, { text, places: new Set([place]) });
    return text;
  }

  /** One sentence for each. */
  notes(): string[] {
    return [...this.texts].map(([expression, { text, places }]) => {
      const [first, ...others] = places;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      return `\${${abridged(expression)}} is known after apply; '${text}' stands for it in ${first}${more}`;
    });
  }
}
