import { Step } from './scope';

const STEP = /\.([^.[\]\s]+)|\[("(?:[^"\\]|\\.)*"|[A-Za-z0-9_.]+)\]/y;

/** One step of a reference. */
export interface ReferencePart {
  readonly text: string;
  readonly isIndex: boolean;
}

/** The key that is asked for, else the own key, else the only one. */
export function chosenKey(keys: readonly string[], asked: string | undefined, own: string): string | undefined {
  const wanted = asked === undefined ? own : indexText(asked, own);
  return keys.includes(wanted) ? wanted : keys.length === 1 ? keys[0] : undefined;
}

/** The key as it stands in an address; `each.key` and the like are the own one. */
export function indexText(asked: string, own: string): string {
  return /^(?:each|count)\./.test(asked) ? own : `[${asked}]`;
}

/** A reference taken apart; nothing where it is none. */
export function partsOf(reference: string): ReferencePart[] {
  const root = /^[^.[\]\s"]+/.exec(reference)?.[0];
  if (root === undefined) {
    return [];
  }
  const parts: ReferencePart[] = [{ text: root, isIndex: false }];
  for (let position = root.length; position < reference.length;) {
    STEP.lastIndex = position;
    const match = STEP.exec(reference);
    if (match === null) {
      return [];
    }
    parts.push(match[1] === undefined ? { text: match[2]!, isIndex: true } : { text: match[1], isIndex: false });
    position = STEP.lastIndex;
  }
  return parts;
}

export function stepOf({ text, isIndex }: ReferencePart): Step {
  return isIndex ? (/^\d+$/.test(text) ? Number(text) : text.replace(/^"|"$/g, '')) : text;
}

/** The path as it stands behind a reference. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step) =>
      typeof step === 'number'
        ? `[${step}]`
        : /^[A-Za-z_*][\w-]*$/.test(step)
          ? `.${step}`
          : `[${JSON.stringify(step)}]`,
    )
    .join('');
}
