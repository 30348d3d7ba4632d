import { ModelVersion } from '../accounts/model-version';
import { INPUT_NAME, isReleaseWord, MODEL_ROLE } from '../contracts/release-words';
import { DeclaredModel } from './declared-model';
import {
  holdsToken,
  inputListedTwice,
  inputsWithoutTemplate,
  madeForMissing,
  notAModelVersion,
  parameterOutOfRange,
  promptTextRefused,
  templateUnknown,
  wordMalformed,
} from './errors';
import { readPromptFile } from './prompt-file';
import { PromptTemplate } from './prompt-template';
import { readPrompty } from './prompty';
import { tokenPlace } from './token-place';

/** What a prompt says of the model that it goes to. */
export interface PromptyOptions {
  /** The model versions that the prompt is made for, at least one; a release that binds another is refused. */
  readonly madeFor: ModelVersion[];

  /**
   * Role of the model that the prompt goes to.
   *
   * @default 'chat'
   */
  readonly model?: string;
}

/** What a prompt without front matter says of itself. */
export interface PromptOptions extends PromptyOptions {
  /**
   * How placeholders in the text are written.
   *
   * @default PromptTemplate.NONE
   */
  readonly template?: PromptTemplate;

  /**
   * Names of the placeholders.
   *
   * @default - none
   */
  readonly inputs?: string[];
}

/**
 * A prompt and the model versions that it is made for.
 *
 * @example
 *
 * Prompt.fromFile('prompts/system.md', { madeFor: [ModelVersion.openAi('gpt-5.1', '2025-11-13')] });
 */
export class Prompt {
  /**
   * A prompt written in the program; the text is taken as it is.
   *
   * @param text - the prompt, not empty, without Terraform tokens
   * @param options - what it is made for
   */
  public static inline(text: string, options: PromptOptions): Prompt {
    return new Prompt('the prompt', { text, ...plain(options) }, options);
  }

  /**
   * A prompt from a text file in UTF-8. A byte order mark is dropped and `\r\n` becomes `\n`, so that one checkout is one
   * release on Windows and on Linux; nothing else is changed.
   *
   * @param path - absolute, or from the working directory of the process
   * @param options - what it is made for
   */
  public static fromFile(path: string, options: PromptOptions): Prompt {
    const file = readPromptFile(path);
    return new Prompt(`prompt file '${file.path}'`, { text: file.text, ...plain(options) }, options);
  }

  /**
   * A prompt from a Prompty file (https://prompty.ai), version 1 or 2: YAML front matter between two lines `---`, then the text.
   * The template (`jinja2` or `mustache`) and the names of inputs are taken from the front matter; the model and the parameters
   * that it declares are checked against the release. Of connections, samples, outputs and tools nothing is taken.
   *
   * @param path - absolute, or from the working directory of the process
   * @param options - what it is made for
   */
  public static fromPrompty(path: string, options: PromptyOptions): Prompt {
    const file = readPromptFile(path);
    return new Prompt(`prompt file '${file.path}'`, readPrompty(file), options);
  }

  /** The text that the model is given, placeholders included. */
  public readonly text: string;

  /** The model versions that the prompt is made for. */
  public readonly madeFor: ModelVersion[];

  /** Role of the model that the prompt goes to. */
  public readonly model: string;

  /** How placeholders in the text are written. */
  public readonly template: PromptTemplate;

  /** Names of the placeholders. */
  public readonly inputs: string[];

  /** Whether the rendered text is cut into messages at lines such as `system:` and `user:`, as Prompty does. */
  public readonly cutIntoMessages: boolean;

  /** @internal */
  public readonly _declared?: DeclaredModel;

  private constructor(source: string, content: PromptContent, options: PromptyOptions) {
    const { model = 'chat', madeFor } = options ?? {};
    const { text, inputs } = content;
    requireText(source, text);
    const token = tokenPlace({ model, inputs }, `${source}, options`);
    if (token !== undefined) {
      throw holdsToken(token);
    }
    if (!isReleaseWord(MODEL_ROLE, model)) {
      throw wordMalformed(`${source}, model`, model, MODEL_ROLE);
    }
    this.text = text;
    this.model = model;
    this.madeFor = requireVersions(source, madeFor);
    this.template = requireTemplate(source, content.template);
    this.inputs = requireInputs(source, inputs, this.template);
    this.cutIntoMessages = content.isCutIntoMessages;
    if (content.declared !== undefined) {
      this._declared = content.declared;
    }
    Object.freeze(this.madeFor);
    Object.freeze(this.inputs);
    Object.freeze(this);
  }
}

interface PromptContent {
  readonly text: string;
  readonly template: PromptTemplate;
  readonly inputs: readonly string[];
  readonly isCutIntoMessages: boolean;
  readonly declared?: DeclaredModel;
}

function plain(options: PromptOptions): Omit<PromptContent, 'text'> {
  const { template = PromptTemplate.NONE, inputs = [] } = options ?? {};
  return { template, inputs, isCutIntoMessages: false };
}

function requireText(source: string, text: string): void {
  if (typeof text !== 'string' || text.trim() === '') {
    throw promptTextRefused(source, 'is empty; write what the model is to be told');
  }
  if (tokenPlace(text, source) !== undefined) {
    throw holdsToken(source);
  }
  if (text.includes('\0')) {
    throw promptTextRefused(source, 'holds a NUL character, which no environment variable can carry; remove it');
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw promptTextRefused(source, 'is no Unicode text: it holds half of a surrogate pair; remove it');
  }
}

function requireVersions(source: string, madeFor: readonly ModelVersion[]): ModelVersion[] {
  if (!Array.isArray(madeFor) || madeFor.length === 0) {
    throw madeForMissing(source);
  }
  [...madeFor].forEach((version: unknown, index) => {
    if (!(version instanceof ModelVersion)) {
      throw notAModelVersion(`${source}, madeFor[${index}]`, version);
    }
    if (!version.isResolved) {
      throw holdsToken(`${source}, madeFor[${index}]`);
    }
  });
  return [...madeFor];
}

function requireTemplate(source: string, template: PromptTemplate): PromptTemplate {
  const known: string[] = Object.values(PromptTemplate);
  if (!known.includes(template)) {
    throw templateUnknown(source, template, known);
  }
  return template;
}

function requireInputs(source: string, inputs: readonly string[], template: PromptTemplate): string[] {
  if (!Array.isArray(inputs)) {
    throw parameterOutOfRange(`${source}, inputs`, inputs, "a list of names, for instance ['question']");
  }
  const seen = new Set<string>();
  for (const name of inputs) {
    if (!isReleaseWord(INPUT_NAME, name)) {
      throw wordMalformed(`${source}, input`, name, INPUT_NAME);
    }
    if (seen.has(name)) {
      throw inputListedTwice(source, name);
    }
    seen.add(name);
  }
  if (seen.size > 0 && template === PromptTemplate.NONE) {
    throw inputsWithoutTemplate(source);
  }
  return [...inputs];
}
