import { malformedJson } from './exceptions';
import { attach, JArray, JObject, JToken, JValue, setProperty } from './json';

const DEEPEST = 500;
const SPACE = /[ \t\r\n]+/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?<fraction>\.\d+)?(?<exponent>[eE][+-]?\d+)?/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const WORDS: readonly [string, null | boolean][] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads JSON text. Integers and floating point numbers stay apart, as in Newtonsoft; unlike it, only standard JSON is read
 * (no comments, single quotes or trailing commas) and texts that look like dates stay texts.
 *
 * @throws a `JsonReaderException` if the text is not JSON
 */
export function parseJson(text: string): JToken {
  const parser = new JsonParser(text);
  const token = parser.value(0);
  parser.skipSpace();
  if (parser.at < text.length) {
    throw malformedJson('Additional text encountered after finished reading JSON content.', parser.at);
  }
  return token;
}

class JsonParser {
  at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JToken {
    this.skipSpace();
    const first = this.text[this.at];
    if (depth > DEEPEST) {
      throw malformedJson(`The reader's MaxDepth of ${DEEPEST} has been exceeded.`, this.at);
    }
    if (first === '{') {
      return this.object(depth);
    }
    if (first === '[') {
      return this.array(depth);
    }
    return first === '"' ? new JValue(this.string()) : this.scalar();
  }

  skipSpace(): void {
    this.at += this.match(SPACE)?.[0].length ?? 0;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private object(depth: number): JObject {
    const object = new JObject();
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === '}') {
      this.at += 1;
      return object;
    }
    do {
      this.skipSpace();
      const name = this.string();
      this.skipSpace();
      this.require(':');
      setProperty(object, name, this.value(depth + 1));
    } while (this.continues('}'));
    return object;
  }

  private array(depth: number): JArray {
    const array = new JArray();
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === ']') {
      this.at += 1;
      return array;
    }
    do {
      array.items.push(attach(this.value(depth + 1), array));
    } while (this.continues(']'));
    return array;
  }

  private continues(close: string): boolean {
    this.skipSpace();
    const character = this.text[this.at];
    if (character !== ',' && character !== close) {
      throw this.unexpected();
    }
    this.at += 1;
    return character === ',';
  }

  private require(character: string): void {
    if (this.text[this.at] !== character) {
      throw this.unexpected();
    }
    this.at += 1;
  }

  private string(): string {
    const found = this.match(STRING)?.[0];
    if (found === undefined) {
      throw this.unexpected();
    }
    try {
      // A line break inside a string is no JSON but Newtonsoft takes it.
      const value = JSON.parse(found.replace(/[\u0000-\u001f]/g, escapeControl)) as string;
      this.at += found.length;
      return value;
    } catch {
      throw malformedJson('Bad JSON escape sequence.', this.at);
    }
  }

  private scalar(): JValue {
    const word = WORDS.find(([candidate]) => this.text.startsWith(candidate, this.at));
    if (word) {
      this.at += word[0].length;
      return new JValue(word[1]);
    }
    const number = this.match(NUMBER);
    if (number === null) {
      throw this.unexpected();
    }
    this.at += number[0].length;
    const integer = number.groups!.fraction === undefined && number.groups!.exponent === undefined;
    return new JValue(integer ? BigInt(number[0]) : Number(number[0]));
  }

  private unexpected(): Error {
    const character = this.text[this.at];
    return character === undefined
      ? malformedJson('Unexpected end of content while loading JSON.', this.at)
      : malformedJson(`Unexpected character encountered while parsing value: ${character}.`, this.at);
  }
}

function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
