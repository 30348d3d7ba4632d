import { ModelSpelling } from '../catalog/lifecycle';
import { closingIndex } from '../facts/expression-text';

/** A known model named in a text. */
export interface ModelMention {
  /** The models that are written like this; more than one where publishers share a name. */
  readonly models: readonly ModelSpelling[];
  /** Version that the text joins to the name (`gpt-4-0613`, `gpt-4@0613`), whether the catalogue knows it or not. */
  readonly version?: string;
  readonly start: number;
  /** Index after the name and its version. */
  readonly end: number;
  /** True for the name that Azure gave to a fine-tuned model: `gpt-35-turbo-0613.ft-0e20…`. */
  readonly isFineTuned: boolean;
  /** Index at which the next mention starts, or the text ends. */
  readonly until: number;
  /** True where an unresolved expression continues the name: `gpt-4${var.suffix}`. */
  readonly isOpen: boolean;
}

/** Stands for an unresolved `${…}`; the text keeps its length. */
const EXPRESSION = '\0';

const SEPARATOR = /\/versions?\/|[-_@:/]|\s*\(\s*|,?\s+(?:version|v)?\s*[:=]?\s*|,|[-_\s]+(?:version|v)[-_\s:=]*/y;
const LOOKS_LIKE_VERSION = /(?:\d{4}-\d{2}-\d{2}|\d{4})(?:-preview)?(?![\w.]*[a-z0-9])/y;

/** What follows the base model's name and version in the name of a fine-tuned model. */
const FINE_TUNED = /\.ft-[a-z0-9\0-]+/y;

/** Versions shorter than this (`1`, `001`) follow a name by `@`, `:` or the word only: ` 1` after a name is mostly something else. */
const DISTINCT_VERSION_LENGTH = 4;

/** Characters by which names are looked up; `o1` is the shortest name. */
const START_LENGTH = 2;

/** No version of the catalogue is nearly as long. */
const LONGEST_VERSION = 64;

/** Finds the names of known models in texts; one pass, whatever the number of names. */
export class ModelMentions {
  private readonly byStart = new Map<string, ModelSpelling[][]>();
  /** Where a name can begin: the regular expression engine is much faster at looking than a loop. */
  private readonly starts: RegExp;

  constructor(spellings: readonly ModelSpelling[]) {
    const bySpelling = new Map<string, ModelSpelling[]>();
    for (const model of spellings) {
      bySpelling.set(model.spelling, [...(bySpelling.get(model.spelling) ?? []), model]);
    }
    const longestFirst = [...bySpelling.keys()].sort((left, right) => right.length - left.length);
    for (const spelling of longestFirst.filter((text) => text.length >= START_LENGTH)) {
      const start = spelling.slice(0, START_LENGTH);
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), bySpelling.get(spelling)!]);
    }
    const starts = [...this.byStart.keys()].map((start) => start.replace(/[^a-z0-9]/g, '\\$&'));
    this.starts = new RegExp(starts.join('|') || '(?!)', 'g');
  }

  /** Whether the text may name a model; expressions count as text. */
  appearIn(text: string): boolean {
    return this.next(lowerCase(text), 0) !== undefined;
  }

  /** Every mention outside unresolved expressions, from left to right. */
  in(text: string): readonly ModelMention[] {
    const searched = withoutExpressions(lowerCase(text));
    const mentions: ModelMention[] = [];
    for (let mention = this.next(searched, 0); mention !== undefined; mention = this.next(searched, mention.end)) {
      mentions.push(mention);
    }
    return mentions.map((mention, index) => ({ ...mention, until: mentions[index + 1]?.start ?? text.length }));
  }

  private next(text: string, from: number): ModelMention | undefined {
    this.starts.lastIndex = from;
    for (let start = this.starts.exec(text); start !== null; start = this.starts.exec(text)) {
      const { index } = start;
      this.starts.lastIndex = index + 1;
      if (index > 0 && isWordCharacter(text.charCodeAt(index - 1))) {
        continue;
      }
      const candidates = this.byStart.get(start[0])!;
      for (const models of candidates) {
        const end = index + models[0]!.spelling.length;
        if (text.startsWith(models[0]!.spelling, index) && endsName(text, end)) {
          return withVersion(models, text, index, end);
        }
      }
    }
    return undefined;
  }
}

function withVersion(models: readonly ModelSpelling[], text: string, start: number, end: number): ModelMention {
  const separator = matchAt(SEPARATOR, text, end) ?? '';
  const at = end + separator.length;
  const versions = models
    .flatMap((model) => model.versions)
    .filter(
      (version) =>
        version !== '' &&
        separator !== '' &&
        (version.length >= DISTINCT_VERSION_LENGTH || /version/.test(separator) || !/^[\s,(/-]/.test(separator)),
    );
  const known = joinedVersion(versions, text, at) ?? startOfVersion(versions, text, at);
  const unlisted =
    known === undefined && /^[-_@:]$/.test(separator) ? matchAt(LOOKS_LIKE_VERSION, text, at) : undefined;
  const last = known?.end ?? (unlisted === undefined ? end : at + unlisted.length);
  const tuning = matchAt(FINE_TUNED, text, last) ?? '';
  return {
    models,
    version: known?.version ?? unlisted,
    start,
    end: last + tuning.length,
    isFineTuned: tuning !== '',
    until: text.length,
    isOpen: isOpenAt(text, last),
  };
}

interface JoinedVersion {
  readonly version: string;
  readonly end: number;
}

function joinedVersion(versions: readonly string[], text: string, at: number): JoinedVersion | undefined {
  const version = versions
    .filter((known) => text.startsWith(known.toLowerCase(), at) && endsVersion(text, at + known.length))
    .sort((left, right) => right.length - left.length)[0];
  return version === undefined ? undefined : { version, end: at + version.length };
}

/** The first words of one version and of no other: `gpt-4-turbo` for version `turbo-2024-04-09`, `gpt-4-0125` for `0125-Preview`. */
function startOfVersion(versions: readonly string[], text: string, at: number): JoinedVersion | undefined {
  const written = /^[\w.-]*\w/.exec(text.slice(at, at + LONGEST_VERSION))?.[0] ?? '';
  const begun = [...new Set(versions.map((version) => version.toLowerCase()))].filter((version) =>
    version.startsWith(`${written}-`),
  );
  const isOne = written.length >= DISTINCT_VERSION_LENGTH && begun.length === 1;
  return isOne ? { version: begun[0]!, end: at + written.length } : undefined;
}

function isOpenAt(text: string, end: number): boolean {
  return /^[-_.@]?\0/.test(text.slice(end, end + 2));
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

/** Deployment names cannot have a dot everywhere, so `gpt-4-1` and `gpt-4-1-mini` stand for `gpt-4.1` and its sisters. */
const DASHED_SUCCESSOR = /^\D\d[-_]\d{1,2}(?![\da-z])/;

/** `gpt-4` ends before `-0613` and before a full stop, never inside `gpt-4o`, `gpt-4.1` or `gpt-4-1`. */
function endsName(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  return (
    !isWordCharacter(next) &&
    !(text[end] === '.' && /\d/.test(text[end + 1] ?? '')) &&
    !DASHED_SUCCESSOR.test(text.slice(end - 2, end + 4))
  );
}

function endsVersion(text: string, end: number): boolean {
  return !isWordCharacter(text.charCodeAt(end)) && !/^[-.]\d/.test(text.slice(end, end + 2));
}

/** Letters and digits of any script; `NaN` past the end is none. */
function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code > 127 && code !== 160);
}

/** Lower case of the same length, so that indexes stay true (`İ` has two characters in lower case). */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function withoutExpressions(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let index = text.indexOf('${'); index >= 0; index = text.indexOf('${', from)) {
    const end = text[index - 1] === '$' ? index + 1 : closingIndex(text, index + 1);
    if (end < 0) {
      break;
    }
    pieces.push(text.slice(from, index), EXPRESSION.repeat(end + 1 - index));
    from = end + 1;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from);
}
