import { KeyMeaning, meaningOf } from './literal-context';
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
  /** The longest name that contains the mention: what a deployment may be called. */
  readonly name: string;
}

/** Prefixes that gateways and client libraries put before a model (`azure/gpt-4`). */
const PROVIDER = /^(?:azure|azure_ai|azureai|azureopenai|azure_openai|openai|foundry)[/:]/i;

const DEPLOYMENT_PATH = /(?:(?:deployments|engines)(?:\/|\(['"])|openai\/(?:v1\/)?models\/)$/i;

/** A folder that happens to be called `deployments`. */
const FILE_BELOW = /^\/[\w./-]*\.(?:bicep|cs|js|json|md|py|tf|ts|txt|xml|ya?ml)\b/i;
const RESOURCE_ID = /\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/\s]+\/deployments\/$/i;

/** Ways in which a text gives a value to a key; the key is captured. */
const ASSIGNMENTS: readonly RegExp[] = [
  /["']([\w-]+)["'][\])\s]*(?:==|!=|\.Equals\()\s*["']$/i,
  /name=\\?["']([\w.-]+)\\?["'][^<>]*>\s*<value>\s*$/i,
  /name=\\?["']([\w.-]+)\\?["'][^<>]{0,40}\svalue=\\?["']$/i,
  /(?:^|\s)--?([A-Za-z][\w-]*)[ =]["']?$/,
  /([A-Za-z_][\w.-]*)[\\"']*\s*(?::|=>|={1,3})\s*(?:\[\s*)?[\\"']*$/,
];

/** Lists of models are short. */
const LONGEST_LIST = 1_000;

/** How much of the text before a mention is looked at. */
const WINDOW = 200;

/** And after it. */
const FOLLOWING = 64;

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
  if (DEPLOYMENT_PATH.test(before) && !isPart) {
    return { form: RESOURCE_ID.test(before) ? 'resource-id' : 'url', name };
  }
  if (isWhole(mention, text)) {
    return { form: 'whole', name };
  }
  const key = ASSIGNMENTS.map((pattern) => pattern.exec(before)?.[1]).find((found) => found !== undefined);
  if (key !== undefined && !isPart) {
    return { form: 'assigned', assignedTo: meaningOf(key), name };
  }
  return { form: isPart ? 'part' : /\/$/.test(before) || after.startsWith('/') ? 'segment' : 'words', name };
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
