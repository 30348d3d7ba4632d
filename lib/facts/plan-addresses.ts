import { randomInt } from 'node:crypto';
import { ConfigurationFacts, LiteralFact } from './facts';

/** Letters that spell no name of a model, so that filters for such names pass over what stands for an address. */
const LETTERS = 'bcdfhjkqvwxz';

/** What stands in the flat configuration, and what it means. */
interface Standing {
  readonly before: string;
  readonly after: string;
  readonly meaning: string;
}

/**
 * Addresses of a plan under flat names. Modules, keys of `for_each` and odd characters would have to be understood by
 * everything that follows references; under flat names nothing has to, and what was read gets its addresses back.
 *
 * No text of the plan can pass for a flat name, because nobody knows them in advance.
 */
export class PlannedAddresses {
  private readonly token = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  private readonly pattern = new RegExp(`${this.token}_(\\d+)_`, 'g');
  private readonly standings: Standing[] = [];
  private readonly byMeaning = new Map<string, string>();
  private readonly restoration = new Restoration((text) => this.restore(text));

  /**
   * The name of a block in the flat configuration.
   *
   * @param prefix what stands in front of the name where something refers to it, for instance `azurerm_container_app.`
   */
  nameOf(address: string, prefix: string): string {
    return this.standFor(`address ${prefix} ${address}`, { before: prefix, after: '', meaning: address });
  }

  /** An expression that nothing carries out, and that is read as the given words in the end. */
  words(text: string): string {
    const name = this.standFor(`words ${text}`, { before: '${', after: '}', meaning: text });
    return `\${${name}}`;
  }

  /** The text with what it means in place of flat names. */
  restore(text: string): string {
    if (!text.includes(this.token)) {
      return text;
    }
    let restored = '';
    let from = 0;
    for (const match of text.matchAll(this.pattern)) {
      const { before, after, meaning } = this.standings[Number(match[1])]!;
      const end = match.index + match[0].length;
      const front = text.slice(from, match.index);
      restored += (front.endsWith(before) ? front.slice(0, front.length - before.length) : front) + meaning;
      from = text.startsWith(after, end) ? end + after.length : end;
    }
    return restored + text.slice(from);
  }

  /** The facts with what they mean in place of flat names; what was one object before is one object after. */
  restoreFacts(facts: ConfigurationFacts): ConfigurationFacts {
    const { literals, ...others } = facts;
    return {
      ...(this.restoration.of(others) as Omit<ConfigurationFacts, 'literals'>),
      literals: literals.map((literal) => this.restoration.ofLiteral(literal)),
    };
  }

  private standFor(key: string, standing: Standing): string {
    const known = this.byMeaning.get(key) ?? `${this.token}_${this.standings.push(standing) - 1}_`;
    this.byMeaning.set(key, known);
    return known;
  }
}

/** Copies facts with other texts. */
class Restoration {
  private readonly done = new WeakMap<object, unknown>();

  constructor(private readonly restore: (text: string) => string) {}

  of(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.restore(value);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const known = this.done.get(value) ?? this.copy(value);
    this.done.set(value, known);
    return known;
  }

  /** What stands beside a literal is not asked for until somebody asks. */
  ofLiteral(literal: LiteralFact): LiteralFact {
    const { origin, path, value } = literal;
    const siblingsOf = () => this.of(literal.siblings) as LiteralFact['siblings'];
    let siblings: LiteralFact['siblings'] | undefined;
    return {
      origin: this.of(origin) as LiteralFact['origin'],
      path: this.restore(path),
      value: this.restore(value),
      get siblings() {
        return (siblings ??= siblingsOf());
      },
    };
  }

  private copy(value: object): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => this.of(item));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    let isSame = true;
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
      const restored: [string, unknown] = [this.restore(key), this.of(inner)];
      isSame &&= restored[0] === key && restored[1] === inner;
      return restored;
    });
    return isSame ? value : Object.fromEntries(entries);
  }
}
