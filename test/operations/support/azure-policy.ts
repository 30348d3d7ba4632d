/**
 * Azure Policy as its documentation describes it, as far as our rules use it: conditions, fields, aliases and functions.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule
 *
 * Whatever it does not know is an error, and so is a function that gets `null`: Azure then denies, whatever the effect is.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Condition = { readonly [key: string]: Json };

/** A deployment as ARM is asked to create it, and when. */
export interface PolicyRequest {
  readonly type?: string;
  readonly format?: string;
  readonly name?: string;
  readonly version?: string;
  readonly sku?: string;
  readonly versionUpgradeOption?: string;
  /** @default '2026-11-22T12:00:00.0000000Z' */
  readonly now?: string;
}

const TYPE = 'Microsoft.CognitiveServices/accounts/deployments';
const OPERATORS = ['equals', 'notEquals', 'in', 'notIn', 'exists', 'greaterOrEquals'];

/** Lists without expressions, read once: a rule is asked thousands of times. */
const lists = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether the rule's effect takes place. */
export function applies(rule: { readonly if: unknown }, request: PolicyRequest): boolean {
  return new PolicyEvaluation(request).holds(rule.if as Condition);
}

class PolicyEvaluation {
  private readonly fields: Readonly<Record<string, string | undefined>>;
  private readonly now: string;
  private readonly values = new Map<string, string | null>();

  constructor({ type = TYPE, now = '2026-11-22T12:00:00.0000000Z', ...request }: PolicyRequest) {
    this.now = now;
    this.fields = {
      type,
      [`${TYPE}/model.format`]: request.format,
      [`${TYPE}/model.name`]: request.name,
      [`${TYPE}/model.version`]: request.version,
      [`${TYPE}/sku.name`]: request.sku,
      [`${TYPE}/versionUpgradeOption`]: request.versionUpgradeOption,
    };
  }

  holds(condition: Condition): boolean {
    const keys = Object.keys(condition);
    const [only] = keys;
    if (keys.length === 1 && (only === 'allOf' || only === 'anyOf')) {
      const results = (condition[only] as readonly Condition[]).map((inner) => this.holds(inner));
      return only === 'allOf' ? results.every(Boolean) : results.some(Boolean);
    }
    const operators = keys.filter((key) => OPERATORS.includes(key));
    const sources = keys.filter((key) => key === 'field' || key === 'value');
    if (operators.length !== 1 || sources.length !== 1 || keys.length !== 2) {
      throw new Error(`not a condition: ${JSON.stringify(condition)}`);
    }
    const actual =
      sources[0] === 'field' ? this.field(condition.field as string) : this.text(condition.value as string);
    return this.compare(actual, operators[0]!, condition[operators[0]!]!);
  }

  private compare(actual: string | null, operator: string, operand: Json): boolean {
    switch (operator) {
      case 'exists':
        return (actual !== null) === (operand === 'true');
      case 'equals':
      case 'in':
        return actual !== null && this.isOneOf(actual, operand);
      case 'notEquals':
      case 'notIn':
        return actual === null || !this.isOneOf(actual, operand);
      default:
        // Two moments that functions wrote in one form order as text.
        return actual !== null && actual >= this.text(operand as string)!;
    }
  }

  /** `match` and `notMatch` alone are case-sensitive. */
  private isOneOf(actual: string, operand: Json): boolean {
    if (!Array.isArray(operand)) {
      return this.text(operand as string)?.toLowerCase() === actual.toLowerCase();
    }
    const list = operand as readonly string[];
    const known = lists.get(list) ?? new Set(list.map((text) => this.text(text)!.toLowerCase()));
    if (!list.some((text) => text.includes('('))) {
      lists.set(list, known);
    }
    return known.has(actual.toLowerCase());
  }

  private field(name: string): string | null {
    if (!Object.hasOwn(this.fields, name)) {
      throw new Error(`no alias ${name}`);
    }
    return this.fields[name] ?? null;
  }

  /** A text in brackets is an expression, unless it begins with two. */
  private text(text: string): string | null {
    if (!text.startsWith('[') || !text.endsWith(']')) {
      return text;
    }
    const known = this.values.get(text);
    const value = known === undefined ? this.evaluated(text) : known;
    this.values.set(text, value);
    return value;
  }

  private evaluated(text: string): string | null {
    if (text.startsWith('[[')) {
      return text.slice(1);
    }
    const source = text.slice(1, -1);
    const { value, end } = this.expression(source, 0);
    if (end !== source.length) {
      throw new Error(`cannot read ${text} from ${end} on`);
    }
    return value;
  }

  private expression(source: string, start: number): { readonly value: string | null; readonly end: number } {
    const literal = /'((?:[^']|'')*)'/y;
    const number = /\d+/y;
    const call = /([a-zA-Z]+)\(/y;
    literal.lastIndex = number.lastIndex = call.lastIndex = start;
    const quoted = literal.exec(source);
    if (quoted) {
      return { value: quoted[1]!.replaceAll("''", "'"), end: literal.lastIndex };
    }
    const digits = number.exec(source);
    if (digits) {
      return { value: digits[0], end: number.lastIndex };
    }
    const name = call.exec(source)?.[1];
    if (name === undefined) {
      throw new Error(`no expression at ${start} of ${source}`);
    }
    const parts: (string | null)[] = [];
    let end = call.lastIndex;
    while (source[end] !== ')') {
      const part = this.expression(source, end);
      parts.push(part.value);
      end = part.end + (/,\s*/y.exec(source.slice(part.end))?.[0].length ?? 0);
    }
    return { value: this.call(name, parts), end: end + 1 };
  }

  private call(name: string, given: readonly (string | null)[]): string | null {
    if (name === 'coalesce') {
      return given.find((value) => value !== null) ?? null;
    }
    const texts = given.map((value) => {
      if (value === null) {
        throw new Error(`${name} was given null`);
      }
      return value;
    });
    switch (name) {
      case 'concat':
        return texts.join('');
      case 'field':
        return this.field(texts[0]!);
      case 'utcNow':
        return this.now;
      case 'addDays':
        return daysAfter(texts[0]!, Number(texts[1]));
      default:
        throw new Error(`no function ${name}`);
    }
  }
}

/** `yyyy-MM-ddTHH:mm:ss.FFFFFFFZ` in, seven digits of the second out, as `utcNow` has them. */
function daysAfter(moment: string, days: number): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z$/.test(moment)) {
    throw new Error(`addDays was given ${moment}`);
  }
  return new Date(Date.parse(moment) + days * 86_400_000).toISOString().replace(/Z$/, '0000Z');
}
