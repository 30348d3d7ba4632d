/**
 * What an input looks like. `state`: `show -json` of a state; `state-file`: `terraform.tfstate`; `plan-log`: the JSON
 * lines of `plan -json`; `wrapped`: a plan behind a line that another tool put before it.
 */
export type InputKind =
  | 'plan'
  | 'state'
  | 'state-file'
  | 'synthesised'
  | 'binary-plan'
  | 'compressed'
  | 'encrypted'
  | 'text-plan'
  | 'plan-log'
  | 'wrapped'
  | 'hcl'
  | 'json'
  | 'other'
  | 'empty';

/** Bytes at the start of an input that tell what it is. */
export const RECOGNISABLE_LENGTH = 1 << 16;

/** Keys that only a plan has at its top. */
const PLAN_KEYS: ReadonlySet<string> = new Set([
  'applyable',
  'complete',
  'configuration',
  'deferred_changes',
  'errored',
  'output_changes',
  'planned_values',
  'prior_state',
  'relevant_attributes',
  'resource_changes',
  'resource_drift',
  'variables',
]);

/** Keys that a state has as well. */
const SHARED_KEYS: ReadonlySet<string> = new Set(['checks', 'format_version', 'terraform_version', 'timestamp']);

const KINDS_BY_KEY: readonly (readonly [kind: InputKind, keys: readonly string[]])[] = [
  ['plan-log', ['@level', '@message', '@module']],
  ['encrypted', ['encrypted_data', 'encryption_version']],
  ['state-file', ['lineage', 'serial']],
  ['state', ['values']],
  [
    'synthesised',
    ['//', 'terraform', 'provider', 'resource', 'data', 'module', 'variable', 'output', 'locals', 'stacks'],
  ],
];

/**
 * What `show -json` writes where nothing was applied yet or all is destroyed: the format and nothing else, where a plan of
 * nothing still has its configuration.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/jsonstate/state.go
 */
const EMPTY_STATE = /^\s*\{\s*"format_version"\s*:\s*"[^"\\]*"\s*\}\s*$/;

/** Whether only a plan has this key at its top. */
export function isPlanKey(key: string): boolean {
  return PLAN_KEYS.has(key);
}

/** Says what an input is, of its first bytes. A plan is all JSON that nothing speaks against until then. */
export function recognise(head: Uint8Array): InputKind {
  const text = textOf(head.subarray(0, RECOGNISABLE_LENGTH));
  if (/^PK(?:\x03\x04|\x05\x06)/.test(text)) {
    return 'binary-plan';
  }
  // The head of a gzip member: https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return 'compressed';
  }
  if (/^\s*$/.test(text)) {
    return 'empty';
  }
  const isObject = /^\s*\{/.test(text);
  return isObject ? kindOfObject(text) : /^\s*\[(?!command\])/.test(text) ? 'json' : kindOfText(text);
}

function textOf(head: Uint8Array): string {
  const isWide = head[0] === 0xff || head[0] === 0xfe || (head[0] === 0) !== (head[1] === 0);
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  // The byte that is left of each character of UTF-16 is enough to recognise words by.
  const text = isWide
    ? bytes
        .toString('latin1')
        .replace(/^(?:\xff\xfe|\xfe\xff)/, '')
        .replaceAll('\0', '')
    : bytes.toString('utf8');
  return text.replace(/^\uFEFF/, '');
}

function kindOfObject(text: string): InputKind {
  if (EMPTY_STATE.test(text)) {
    return 'state';
  }
  const keys = topKeys(text);
  if (keys.some((key) => PLAN_KEYS.has(key))) {
    return 'plan';
  }
  const found = KINDS_BY_KEY.find(([, known]) => known.some((key) => keys.includes(key)));
  if (found !== undefined) {
    return found[0];
  }
  return /^\s*\{\s*\}/.test(text) || !keys.every((key) => SHARED_KEYS.has(key)) ? 'json' : 'plan';
}

/**
 * Keys at the top of an object whose text may be cut off, up to one that only a plan has; a text that has no end is read
 * once, not from each of its quotes.
 */
function topKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  let isKey = false;
  for (const [token, isEnded] of text.matchAll(/"(?:[^"\\]|\\.)*("?)|[{}[\],:]/gs)) {
    if (isEnded === '') {
      break;
    }
    if (token === '{' || token === '[') {
      isKey = ++depth === 1;
    } else if (token === '}' || token === ']') {
      if (--depth === 0) {
        break;
      }
    } else if (token === ',') {
      isKey = depth === 1;
    } else if (isKey && token !== ':') {
      const key = token.slice(1, -1);
      keys.push(key);
      isKey = false;
      if (isPlanKey(key)) {
        break;
      }
    }
  }
  return keys;
}

function kindOfText(text: string): InputKind {
  const plain = text.replace(/\x1b\[[\d;]*[A-Za-z]/g, '');
  if (/^\[command\]|^[^\n]*\n\s*\{\s*"format_version"/.test(plain)) {
    return 'wrapped';
  }
  if (
    /^(?:Terraform|OpenTofu) (?:will perform|used the selected)|^(?:No changes\.|Plan: \d+ to )|: Refreshing state\.\.\.|^[ \t]*# \S+(?: \(\w[^)\n]*\))? (?:will be|must be|has changed)/m.test(
      plain,
    ) ||
    /^# \S+:(?: \([^)]*\))?\s*\n(?:resource|data) "/.test(plain)
  ) {
    return 'text-plan';
  }
  const isHcl =
    /^[ \t]*(?:(?:resource|data) "[^"\n]+" "[^"\n]+"|(?:module|variable|output|provider) "[^"\n]+"|terraform|locals) *\{/m;
  return isHcl.test(plain) ? 'hcl' : 'other';
}
