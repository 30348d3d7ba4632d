import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  parseAllDocuments,
  YAMLParseError,
  YAMLWarning,
} from 'yaml';
import { printable, quoted } from '../../lib/contracts/printable';
import { ConfigurationProblem, LocatedEntry, LocatedValue, Place } from './located-value';

/** What a YAML or JSON text holds. */
export interface LocatedDocument {
  /** Absent where the text holds nothing, or cannot be read. */
  readonly value?: LocatedValue;
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * Reads a text with the place of every value. Aliases are refused, because a few lines of them can stand for more values
 * than a computer holds, and so are tags, keys that are given twice, and further documents.
 */
export function readYamlText(text: string): LocatedDocument {
  const lines = new LineCounter();
  try {
    return new TextReader(lines).read(text);
  } catch (error) {
    if (error instanceof RangeError) {
      return { problems: [{ place: { line: 1, column: 1 }, text: 'lists or maps are nested too deeply' }] };
    }
    throw error;
  }
}

class TextReader {
  private readonly problems: ConfigurationProblem[] = [];

  constructor(private readonly lines: LineCounter) {}

  read(text: string): LocatedDocument {
    // Keys given twice are looked for below: the library compares each with all others.
    const { lines: lineCounter, problems } = this;
    const options = { lineCounter, prettyErrors: false, uniqueKeys: false } as const;
    const documents = parseAllDocuments(text, options);
    const [first, second] = 'empty' in documents ? [] : documents;
    const complaints = [...(first?.errors ?? []), ...(first?.warnings ?? [])];
    if (complaints.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
      throw new RangeError();
    }
    // Further ones mostly follow from the first.
    for (const { pos, message } of complaints.slice(0, 1)) {
      const indented = indentedTooFar(text, complaints);
      // What has no end is missed behind the last line break, in a line that no editor shows.
      const at = indented ?? Math.min(pos[0], text.trimEnd().length);
      const problem = indented === undefined ? message : 'This line is indented further than what it belongs to';
      this.report(this.placeAt(at), `${printable(problem)}; write YAML, or JSON`);
    }
    if (second !== undefined) {
      this.report(this.placeAt(second.range[0]), 'a second document starts here; write one');
    }
    const content = first?.contents as Node | null | undefined;
    if (problems.length > 0 || !content || (isScalar(content) && content.value === null)) {
      return { problems };
    }
    const value = this.located(content);
    return { value, problems };
  }

  private located(node: unknown, around: Place = { line: 1, column: 1 }): LocatedValue {
    const place = this.placeOf(node) ?? around;
    if (isMap(node)) {
      return { kind: 'map', place, entries: this.entriesOf(node.items, place) };
    }
    if (isSeq(node)) {
      return { kind: 'list', place, items: node.items.map((item) => this.located(item, place)) };
    }
    if (isAlias(node)) {
      this.report(place, 'aliases (*) are not read here; write the value out');
    }
    return { kind: 'scalar', place, value: isScalar(node) ? node.value : null };
  }

  private entriesOf(pairs: readonly { key: unknown; value: unknown }[], around: Place): LocatedEntry[] {
    const known = new Set<string>();
    const entries: LocatedEntry[] = [];
    for (const { key, value } of pairs) {
      const place = this.placeOf(key) ?? around;
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') {
        this.report(place, 'the key is not a text');
      } else if (known.has(name)) {
        this.report(place, `${quoted(name)} is given twice; keep one`);
      } else {
        known.add(name);
        entries.push({ key: name, place, value: this.located(value, place) });
      }
    }
    return entries;
  }

  private placeOf(node: unknown): Place | undefined {
    return isNode(node) && node.range ? this.placeAt(node.range[0]) : undefined;
  }

  private placeAt(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  private report(place: Place, text: string): void {
    this.problems.push({ place, text });
  }
}

/**
 * Where a line begins that is indented too far. The library takes it for the end of a value of the line above, which it then
 * takes for a key of several lines, and complains of that line.
 */
function indentedTooFar(text: string, complaints: readonly (YAMLParseError | YAMLWarning)[]): number | undefined {
  const key = complaints.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === complaints[0]!.pos[0]);
  if (key === undefined) {
    return undefined;
  }
  const last = contentStart(text, key.pos[1] - 1);
  return last.indentation > contentStart(text, key.pos[0]).indentation ? last.offset : undefined;
}

/** Where the content of the line around an offset begins. */
function contentStart(text: string, offset: number): { readonly offset: number; readonly indentation: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(start, offset + 1))![0].length;
  return { offset: start + indentation, indentation };
}
