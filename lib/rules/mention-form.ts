import { callsModel, KeyMeaning, meaningOf } from './literal-context';
import { ModelMention } from './model-mentions';

/**
 * How a mention stands in its text.
 * `whole`: the text is the model, or a list of models. `url`: `/deployments/<name>` of a request. `resource-id`: of an ARM id.
 * `assigned`: something in the text gives it to a key (`"model": "gpt-4"`). `file`: a file or host name follows from it.
 * `part`: a longer name contains it. `segment`: it is one segment of another path. `words`: it stands among words.
 */
export type MentionForm = 'whole' | 'url' | 'resource-id' | 'assigned' | 'file' | 'part' | 'segment' | 'words';

/** A mention's form, and the meaning of the key that it is assigned to. */
export interface FormedMention {
  readonly form: MentionForm;
  readonly assignedTo?: KeyMeaning;
  readonly assignedKey?: string;
  /** True where the text compares the key with the mention; a comparison calls no model. */
  readonly isComparison?: boolean;
  /** The longest name that contains the mention: what a deployment may be called. */
  readonly name: string;
}

/** Prefixes that gateways and client libraries put before a model (`azure/gpt-4`). */
const PROVIDER = /^(?:azure|azure_ai|azureai|azureopenai|azure_openai|openai|foundry)[/:]/i;

/** The same before a mention inside a text. */
const PROVIDER_BEFORE = /(?<![\w./-])(?:azure|azure_ai|azureai|azureopenai|azure_openai|openai|foundry)[/:]$/i;

const DEPLOYMENT_PATH = /(?:(?:deployments|engines)(?:\/|\(['"])|openai\/(?:v1\/)?models\/)$/i;

/** The id of a model in a registry: `azureml://registries/azure-openai/models/gpt-4o/versions/2024-05-13`. */
const MODEL_ASSET = /(?:^|\/)models\/[\w.-]+\/versions\/[\w.-]+$/i;

/** A folder that happens to be called `deployments`. */
const FILE_BELOW = /^\/[\w./-]*\.(?:bicep|cs|js|json|md|py|tf|ts|txt|xml|ya?ml)\b/i;
const RESOURCE_ID = /\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/\s]+\/deployments\/$/i;

/** Ways in which a text gives a value to a key, or compares it with one; the key and the operator are captured. */
const ASSIGNMENTS: readonly RegExp[] = [
  /["']([\w-]+)["'][\])][^;\n]{0,60}\?\?\s*["']$/,
  /\\?["']([\w-]+)\\?["'][\])\s]*(==|!=|=~|=|,|\.(?:Equals|Contains)\()\s*\\?["']$/i,
  /name=\\?["']([\w.-]+)\\?["'][^<>]*>\s*<value>\s*(?:@\(\s*["'])?$/i,
  /name=\\?["']([\w.-]+)\\?["'][^<>]{0,40}\svalue=\\?["'](?:@\(\s*["'])?$/i,
  /(?:^|\s)--?([A-Za-z][\w-]*)[ =]["']?$/,
  /([A-Za-z_][\w.-]*)[\\"']*\s*(:|=>|={1,3}|!=|=~|\.(?:Equals|Contains)\()\s*(?:\[\s*)?[\\"']*$/,
  /([A-Za-z_][\w.-]*)\s+(in~?|has|contains|startswith|like)\s*\(?\s*["']$/i,
  /([A-Za-z_][\w.-]*)[\\"']*\s*[:=]\s*\[[^[\]{}]*,\s*[\\"']*$/,
];

const COMPARISON = /^(?:={2,3}|!=|=~|\.\w+\(|\w+~?)$/;

/** Lists of models are short. */
const LONGEST_LIST = 1_000;

/** How much of the text before a mention is looked at. */
const WINDOW = 300;

/** And after it. */
const FOLLOWING = 128;

/** Everything of the text that the form depends on: mentions that stand alike need one look. */
export function surroundingsOf(mention: ModelMention, text: string): string {
  const before = text.slice(Math.max(0, mention.start - WINDOW), mention.start);
  const after = text.slice(mention.end, mention.end + FOLLOWING);
  return [before, text.slice(mention.start, mention.end), after].join('\0');
}

/** The form of a mention in the text it was found in. */
export function formOf(mention: ModelMention, text: string): FormedMention {
  const before = text.slice(Math.max(0, mention.start - WINDOW), mention.start);
  const after = text.slice(mention.end, mention.end + FOLLOWING);
  const name = `${/[\w.-]*$/.exec(before)![0]}${text.slice(mention.start, mention.end)}${/^[\w-]*/.exec(after)![0]}`;
  const isPart = /[\w.-]$/.test(before) || /^[-_][A-Za-z0-9]/.test(after);
  if (/^\.[A-Za-z]/.test(after) || FILE_BELOW.test(after)) {
    return { form: 'file', name };
  }
  if (MODEL_ASSET.test(`${before}${text.slice(mention.start, mention.end)}`)) {
    return { form: 'url', name };
  }
  if (DEPLOYMENT_PATH.test(before) && !isPart) {
    return { form: RESOURCE_ID.test(before) ? 'resource-id' : 'url', name };
  }
  if (isWhole(mention, text)) {
    return { form: 'whole', name };
  }
  const assignment = isPart ? undefined : assignmentBefore(before.replace(PROVIDER_BEFORE, ''));
  if (assignment !== undefined) {
    const { key, isComparison } = assignment;
    return { form: 'assigned', assignedTo: meaningOf(key), assignedKey: key, isComparison, name };
  }
  return { form: isPart ? 'part' : /\/$/.test(before) || after.startsWith('/') ? 'segment' : 'words', name };
}

interface Assignment {
  readonly key: string;
  readonly isComparison: boolean;
}

function assignmentBefore(before: string): Assignment | undefined {
  for (const pattern of ASSIGNMENTS) {
    const [, key, operator = ''] = pattern.exec(before) ?? [];
    if (key !== undefined && (operator !== ',' || callsModel(meaningOf(key)))) {
      return { key: keyUnderModel(key, before) ?? key, isComparison: COMPARISON.test(operator) };
    }
  }
  const above = YAML_ITEM.test(before) ? keyAbove(before) : undefined;
  return above === undefined ? undefined : { key: above, isComparison: false };
}

/** The mention is an item of a YAML list. */
const YAML_ITEM = /\n\s*(?:-\s+)+["']?$/;

/** `name` of a YAML mapping under a key that says model. */
function keyUnderModel(key: string, before: string): string | undefined {
  const above = /^(?:name|id|value|default)$/i.test(key) ? keyAbove(before) : undefined;
  return above !== undefined && ['model', 'denied'].includes(meaningOf(above)) ? above : undefined;
}

/** The key of the YAML mapping or list that the last line of the text stands in. */
function keyAbove(before: string): string | undefined {
  const lines = before.split('\n');
  const column = columnOf(lines.pop()!);
  for (const line of lines.reverse().filter((text) => text.trim() !== '')) {
    const key = /^[\s-]*["']?([A-Za-z_][\w.-]*)["']?\s*:\s*$/.exec(line)?.[1];
    if (key !== undefined && columnOf(line) < column) {
      return key;
    }
    if (/^\s*/.exec(line)![0].length < column && !line.trimStart().startsWith('-')) {
      return undefined;
    }
  }
  return undefined;
}

/** Where the content of a YAML line begins, after the dashes of list items. */
function columnOf(line: string): number {
  return /^\s*(?:-\s+)*/.exec(line)![0].length;
}

/** The text is the mention, or a list with the mention as one item; a provider's prefix and quotes do not count. */
function isWhole(mention: ModelMention, text: string): boolean {
  if (text.length > LONGEST_LIST) {
    return false;
  }
  const mentioned = text.slice(mention.start, mention.end);
  const items = text.split(/[,;|]/).map((item) => item.trim().replace(/^["'`]|["'`]$/g, ''));
  const isMention = (item: string) =>
    item === mentioned ||
    (mention.isOpen && /^[-_.@]?\$\{/.test(item.slice(mentioned.length)) && item.startsWith(mentioned));
  return (
    items.some((item) => isMention(item.replace(PROVIDER, ''))) &&
    items.every((item) => !/\s/.test(item) || isMention(item))
  );
}
