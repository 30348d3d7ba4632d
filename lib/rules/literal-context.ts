import { stepsOf } from '../facts/attribute-path';
import { LiteralFact } from '../facts/facts';

/**
 * What the key of a text says about it.
 * `model` and `deployment`: its value names one. `hint`: it has to do with models. `label`: a name that somebody chose.
 * `owner`: people and teams. `prose`: written for people. `file`: files and images. `denied`: what must not be
 * used. `other`: says nothing.
 */
export type KeyMeaning = 'model' | 'deployment' | 'hint' | 'label' | 'owner' | 'prose' | 'file' | 'denied' | 'other';

/** Where a literal stands, as far as that says whether it names a model. */
export interface LiteralContext {
  /** The key that gives the text its meaning: an attribute, a setting's or an env variable's name. */
  readonly key: string;
  readonly meaning: KeyMeaning;
  /** Tags and labels describe; nothing calls a model because of them. */
  readonly isTag: boolean;
  /** True where the value is a resource's own attribute, not a setting that some program reads. */
  readonly isAttribute: boolean;
  /** True where the key may hold a path as well: `MODEL_PATH`, `OPENAI_IMAGE`. */
  readonly isFile: boolean;
  /** True where the resource or the key says Azure. */
  readonly isAzure: boolean;
  /** True for resources of AWS and Google. */
  readonly isOtherCloud: boolean;
}

/** Keys that say nothing: the name stands beside them or above them. */
const VALUE_KEYS = new Set([
  'value',
  'values',
  'default',
  'default_value',
  'defaultvalue',
  'val',
  'content',
  'text',
  'items',
]);

/** Keys that hold the name of a value beside them. */
const NAME_KEYS = ['name', 'Name', 'key', 'display_name', 'displayName'];

const TAG_KEYS = new Set(['tags', 'labels', 'annotations', 'tags_all']);

const SETTINGS = /settings|env|config|variables|secrets|parameters|properties|headers/i;

const OWNER = new Set([
  'owner',
  'owners',
  'team',
  'teams',
  'squad',
  'group',
  'contact',
  'email',
  'department',
  'user',
  'users',
  'author',
  'maintainer',
  'tenant',
  'customer',
]);
const PROSE = new Set([
  'description',
  'comment',
  'comments',
  'message',
  'summary',
  'note',
  'notes',
  'prompt',
  'instructions',
  'subject',
  'reason',
  'purpose',
  'readme',
  'help',
  'documentation',
]);
const FILE = new Set([
  'file',
  'files',
  'filename',
  'path',
  'image',
  'images',
  'dockerfile',
  'script',
  'archive',
  'zip',
  'blob',
  'directory',
  'folder',
  'repository',
  'branch',
  'sku',
]);
const LABEL = new Set([
  'name',
  'names',
  'title',
  'label',
  'id',
  'ids',
  'prefix',
  'suffix',
  'alias',
  'project',
  'application',
  'app',
  'service',
  'subdomain',
  'domain',
  'host',
  'hostname',
  'namespace',
  'workspace',
  'location',
  'environment',
  'subnet',
  'cidr',
  'code',
  'identifier',
]);
const HINT = new Set([
  'chat',
  'completion',
  'completions',
  'embedding',
  'embeddings',
  'openai',
  'gpt',
  'chatgpt',
  'reasoning',
  'vision',
  'ai',
  'agent',
  'assistant',
  'copilot',
  'foundry',
  'transcription',
  'fallback',
]);

/** Words of keys for what must not be used. */
const DENIED =
  /^(?:den(?:y|ied)(?:list(?:ed)?)?|blocked|block(?:list(?:ed)?)?|black(?:list(?:ed)?)?|retired|deprecated|exclu(?:de[ds]?|sions?)|forbidden|disallowed|banned)$/;

/** A definition or assignment of Azure Policy says what may be deployed; it calls nothing. */
const POLICY_TYPE = /^azurerm_(?:\w+_)?policy_(?:set_)?(?:definition|assignment)$/;

/** Words before `model` or `engine` that make it the model of a device, or another engine. */
const OTHER_MODEL = new Set(
  'hardware device vehicle car printer phone camera server machine product data pricing threat permission security database db sql storage search rule rules query'.split(
    ' ',
  ),
);

/** Words after `model` that make the key one of a device's properties. */
const OF_DEVICE = new Set(['year', 'number', 'serial']);

/** Words after `deployment` that make the key one of its other properties. */
const OF_DEPLOYMENT = new Set(
  'environment env slot stage region location type mode method strategy ring zone tier size count capacity'.split(' '),
);

/** Words that say Azure OpenAI or Foundry more loudly than the last word says file. */
const AZURE_AI = new Set(['azure', 'openai', 'aoai', 'foundry', 'gpt', 'chatgpt']);

/** The context of a literal, from its path, its siblings and the block it stands in. */
export function contextOf(literal: LiteralFact): LiteralContext {
  const steps = stepsOf(literal.path);
  const keys = steps.filter((step) => typeof step === 'string');
  const last = keys.at(-1) ?? '';
  const option = optionBefore(steps.at(-1), literal.siblings);
  const named = isValueKey(last) ? nameBeside(literal.siblings) : undefined;
  const above = keys
    .slice(0, -1)
    .filter((key) => !isValueKey(key))
    .at(-1);
  const key = option ?? named ?? (isValueKey(last) ? (above ?? blockName(literal)) : last);
  const isDenied = POLICY_TYPE.test(literal.origin.type) || keys.slice(0, -1).some(deniesAbove);
  const isUnderModel = last === 'name' && above !== undefined && meaningOf(above) === 'model';
  const isSetting =
    option !== undefined ||
    named !== undefined ||
    keys.slice(0, -1).some((step) => SETTINGS.test(step)) ||
    /^[A-Z][A-Z0-9_]+$/.test(key);
  return {
    key: isUnderModel ? `${above}.name` : key,
    meaning: isDenied ? 'denied' : isUnderModel ? 'model' : meaningOf(key),
    isTag: keys.slice(0, -1).some((step) => TAG_KEYS.has(step.toLowerCase())),
    isAttribute: !isSetting,
    isFile: FILE.has(wordsOf(key).at(-1) ?? ''),
    isAzure:
      /^az(?:urerm|api|uread|urestack)_/.test(literal.origin.type) || wordsOf(key).some((word) => AZURE_AI.has(word)),
    isOtherCloud: /^(?:aws_|google_|AWS::)/.test(literal.origin.type),
  };
}

/** What a key's words say; words that say model weigh more than a last word that says file or user. */
export function meaningOf(key: string): KeyMeaning {
  const words = wordsOf(key);
  const last = words.at(-1) ?? '';
  if (words.some((word) => DENIED.test(word) && (word !== 'block' || word === words[0]))) {
    return 'denied';
  }
  if (PROSE.has(last)) {
    return 'prose';
  }
  const called = calledBy(words);
  if (OWNER.has(last) && (called === undefined || !['group', 'user', 'users'].includes(last))) {
    return 'owner';
  }
  if (called !== undefined) {
    return called;
  }
  if (FILE.has(last)) {
    return words.some((word) => AZURE_AI.has(word) && word !== 'azure') ? 'hint' : 'file';
  }
  return LABEL.has(last) ? 'label' : words.some((word) => HINT.has(word)) ? 'hint' : 'other';
}

/** Whether a key with this meaning holds what a program calls. */
export function callsModel(meaning: KeyMeaning): boolean {
  return meaning === 'model' || meaning === 'deployment';
}

function calledBy(words: readonly string[]): 'model' | 'deployment' | undefined {
  const isCalled = (word: RegExp, other: ReadonlySet<string>) =>
    words.some(
      (given, index) => word.test(given) && !OTHER_MODEL.has(words[index - 1]!) && !other.has(words[index + 1]!),
    );
  if (isCalled(/models?(name|id)?$|^llms?$/, OF_DEVICE)) {
    return 'model';
  }
  return isCalled(/^engines?$|deployments?(name|id)?$/, OF_DEPLOYMENT) ? 'deployment' : undefined;
}

/** A list or map for what must not be used; a `block` of settings is none. */
function deniesAbove(key: string): boolean {
  return meaningOf(key) === 'denied' && wordsOf(key)[0] !== 'block';
}

/** `AZURE_OPENAI_ChatModel-name` → azure, openai, chat, model, name. */
export function wordsOf(key: string): readonly string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Whether the key is a deployment's name as its owner chose it, `deployment_name` of a resource. */
export function isChosenDeploymentName(context: LiteralContext): boolean {
  return context.meaning === 'deployment' && context.isAttribute && wordsOf(context.key).at(-1) === 'name';
}

function isValueKey(key: string): boolean {
  return VALUE_KEYS.has(key.toLowerCase());
}

/** The name beside a value; of several, the one that says most. */
function nameBeside(siblings: Readonly<Record<string, string>>): string | undefined {
  const names = NAME_KEYS.map((key) => siblings[key]).filter((name) => name !== undefined);
  return names.find((name) => ['model', 'deployment'].includes(meaningOf(name))) ?? names[0];
}

/** The option before a text in a list of arguments: `["--model", "gpt-4"]`. */
function optionBefore(
  step: string | number | undefined,
  siblings: Readonly<Record<string, string>>,
): string | undefined {
  const before = typeof step === 'number' ? siblings[`[${step - 1}]`] : undefined;
  return before !== undefined && /^--?[A-Za-z]/.test(before) ? before : undefined;
}

/** Name of the local, variable or output, which is its key. */
function blockName(literal: LiteralFact): string {
  return ['local', 'variable', 'output'].includes(literal.origin.type)
    ? literal.origin.address.replace(/^\w+\./, '')
    : '';
}
