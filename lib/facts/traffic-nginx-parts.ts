import { isRoutedLabel } from '../contracts/traffic-row';
import { NginxDirective } from './traffic-nginx-config';
import { UnreadPart, unreadParts } from './unread-parts';

const LABEL = /[a-z][a-z0-9-]*-[0-9a-f]{12}/;

/** What of a configuration of nginx is read elsewhere. */
export interface ReadOfNginx {
  /** The `split_clients` that send users to releases. */
  readonly splits: ReadonlySet<NginxDirective>;
  readonly stable?: string;
  /** Puts the expressions of Terraform back in their places. */
  readonly restore: (word: string) => string;
}

/** What a router's configuration does besides its shares, its salt, and the stages and places of its releases. */
export function unreadNginxParts(directives: readonly NginxDirective[], read: ReadOfNginx): UnreadPart[] {
  const inHttp = directives.flatMap((one) => (one.words[0] === 'http' ? (one.block ?? []) : [one]));
  return unreadParts(inHttp.map((one) => [nameOf(one, read), withoutWhatIsRead(one, read)] as const));
}

function nameOf({ words, block }: NginxDirective, { restore, splits }: ReadOfNginx): string {
  const [name = '', ...others] = words.map(restore);
  return block === undefined || [...splits].some((split) => split.block === block) ? name : [name, ...others].join(' ');
}

function withoutWhatIsRead(directive: NginxDirective, read: ReadOfNginx): unknown {
  const { words, block } = directive;
  if (read.splits.has(directive)) {
    const [name, , variable] = words;
    return [name, variable];
  }
  const own = words.map((word) => (word === read.stable ? '<stable>' : read.restore(word)));
  if (block === undefined) {
    return own;
  }
  return words[0] === 'map'
    ? [own, [...new Set(block.map((entry) => JSON.stringify(entryOf(entry, read))))]]
    : [own, block.map((inner) => withoutWhatIsRead(inner, read))];
}

/** Entries that say the same of one release each are one; what they say of it, its stage or its place, is read. */
function entryOf(entry: NginxDirective, read: ReadOfNginx): unknown {
  const [key = '', value = ''] = entry.words;
  const label = LABEL.exec(key)?.[0];
  if (label === undefined || !isRoutedLabel(label)) {
    return withoutWhatIsRead(entry, read);
  }
  const told = value === label ? '<the same>' : isRoutedLabel(value) ? value : '<told>';
  return [read.restore(key).replace(label, '<label>'), told];
}
