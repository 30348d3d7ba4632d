import { StringDecoder } from 'node:string_decoder';

/** A rough rule for English text; API Management estimates with a tokenizer that it does not name. */
const CHARACTERS_A_TOKEN = 4;
/** A stream without line breaks is not kept for ever. */
const LONGEST_EVENT = 1024 * 1024;

type Json = Readonly<Record<string, unknown>>;

/** The object that a text holds, if it is one in JSON. */
export function jsonObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function estimateTokens(text: string): number {
  return tokensOf([...text].length);
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}

/** The text that a request asks a model about: `messages`, `prompt` and `input`, without roles, names, tools and images. */
export function promptText(request: Json): string {
  return [request.messages, request.prompt, request.input, request.instructions].map(textIn).join('');
}

function textIn(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(textIn).join('');
  }
  return isObject(value) ? textIn(value.content ?? value.text) : '';
}

/** Tokens by the `usage` of a response (Chat Completions, Completions, Embeddings, Responses), undefined without one. */
export function reportedTokens(response: Json, ignorePrompt: boolean): number | undefined {
  const { usage } = response;
  if (!isObject(usage)) {
    return undefined;
  }
  const count = (...names: string[]): number | undefined =>
    names.map((name) => usage[name]).find((value) => typeof value === 'number' && value >= 0) as number | undefined;
  const prompt = count('prompt_tokens', 'input_tokens');
  const completion = count('completion_tokens', 'output_tokens');
  const total = count('total_tokens') ?? (prompt === undefined ? undefined : prompt + (completion ?? 0));
  return ignorePrompt ? (completion ?? 0) : total;
}

/** Estimates the tokens of a completion from server-sent events as they pass. */
export class CompletionCounter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private characters = 0;

  /** How many more tokens the completion has with this chunk. */
  add(chunk: Buffer): number {
    const lines = (this.rest + this.decoder.write(chunk)).split(/\r?\n/);
    const rest = lines.pop()!;
    this.rest = rest.length > LONGEST_EVENT ? '' : rest;
    const before = tokensOf(this.characters);
    this.characters += [...lines.map(completionText).join('')].length;
    return tokensOf(this.characters) - before;
  }
}

/** What an event adds to the completion: `delta.content` or `text` of its choices, or the `delta` of the Responses API. */
function completionText(line: string): string {
  const event = line.startsWith('data:') ? jsonObject(line.slice('data:'.length)) : undefined;
  if (event === undefined) {
    return '';
  }
  const choices = Array.isArray(event.choices) ? event.choices.filter(isObject) : [];
  const texts = choices.map((choice) => (isObject(choice.delta) ? textIn(choice.delta) : textIn(choice.text)));
  return texts.join('') + (typeof event.delta === 'string' ? event.delta : '');
}
