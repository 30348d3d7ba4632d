import { isJsonObject, JsonObject } from '../contracts/json-file';
import { DeclaredModel, declaredModelOf } from './declared-model';
import { readFrontMatter } from './front-matter';
import { PromptFile } from './prompt-file';
import { PromptTemplate } from './prompt-template';
import { baseNotSupported, fieldMalformed, fieldUnknown } from './prompty-errors';

/** What a Prompty file says. */
export interface PromptyContent {
  readonly text: string;
  readonly template: PromptTemplate;
  readonly inputs: readonly string[];
  /** Whether the rendered text is cut into messages at its role lines. */
  readonly isCutIntoMessages: boolean;
  readonly declared: DeclaredModel;
}

/**
 * Fields of both versions of the format: https://github.com/microsoft/prompty/blob/main/Prompty.yaml (1), and what its
 * successor renames (https://github.com/microsoft/prompty/blob/main/runtime/python/prompty/prompty/core/migration.py).
 */
const FIELDS = [
  '$schema',
  'authors',
  'base',
  'description',
  'displayName',
  'inputSchema',
  'inputs',
  'kind',
  'metadata',
  'model',
  'name',
  'outputSchema',
  'outputs',
  'sample',
  'tags',
  'template',
  'tools',
  'version',
];

const TEMPLATES: readonly string[] = [PromptTemplate.JINJA2, PromptTemplate.MUSTACHE];

/** @throws if the file is no Prompty file, or what it says lies elsewhere */
export function readPrompty({ path, text }: PromptFile): PromptyContent {
  const { fields, body } = readFrontMatter(path, text);
  for (const name of Object.keys(fields)) {
    if (!FIELDS.includes(name)) {
      throw fieldUnknown(path, name, FIELDS);
    }
  }
  if (isGiven(fields.base)) {
    throw baseNotSupported(path);
  }
  const declared = declaredModelOf(path, fields.model);
  return {
    text: body,
    template: templateOf(path, fields.template),
    inputs: inputsOf(path, fields),
    isCutIntoMessages: parserOf(path, fields.template) === 'prompty' && declared.api?.text !== 'completion',
    declared,
  };
}

function templateOf(path: string, given: unknown): PromptTemplate {
  const format = isJsonObject(given) ? (kindOf(given.format) ?? given.type) : given;
  if (!isGiven(format)) {
    return PromptTemplate.JINJA2;
  }
  if (typeof format !== 'string' || !TEMPLATES.includes(format)) {
    throw fieldMalformed(path, 'template', format, TEMPLATES.join(' or '));
  }
  return format as PromptTemplate;
}

function parserOf(path: string, given: unknown): string {
  const parser = isJsonObject(given) ? kindOf(given.parser) : undefined;
  if (isGiven(parser) && parser !== 'prompty') {
    throw fieldMalformed(path, 'template.parser', parser, 'prompty');
  }
  return 'prompty';
}

/** The format's second version writes `{ kind: jinja2 }` where the first writes `jinja2`. */
function kindOf(value: unknown): unknown {
  return isJsonObject(value) ? value.kind : value;
}

/** Names of inputs: keys of a mapping, or `name` of every item of a list; without any, those of the sample. */
function inputsOf(path: string, fields: JsonObject): string[] {
  const declared = fields.inputSchema ?? fields.inputs;
  const properties = isJsonObject(declared) && 'properties' in declared ? declared.properties : declared;
  if (!isGiven(properties)) {
    return isJsonObject(fields.sample) ? Object.keys(fields.sample) : [];
  }
  if (isJsonObject(properties)) {
    return Object.keys(properties);
  }
  const isList = Array.isArray(properties) && properties.every((item) => isJsonObject(item) && isText(item.name));
  if (!isList) {
    throw fieldMalformed(path, 'inputs', properties, 'a mapping of names, or a list of items with a name');
  }
  return properties.map((item) => String((item as JsonObject).name));
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** YAML gives `null` for a field without value. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
