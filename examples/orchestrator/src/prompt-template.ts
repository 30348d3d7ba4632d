import type { ManifestPrompt } from './manifest';

/** A placeholder, `{{ name }}`; mustache also writes `{{{name}}}`. */
const PLACEHOLDER = /\{\{\{?\s*([A-Za-z_][A-Za-z0-9._-]*)\s*\}?\}\}/g;

/** Sections, partials and comments of mustache; statements, comments and filters of jinja2. */
const BEYOND_PLACEHOLDERS = /\{\{\s*[#^/>!&=]|\{%|\{#|\{\{[^{}]*\|[^{}]*\}\}/;

/** A line at which Prompty begins a message, for instance `system:`. */
const ROLE_LINE = /^[ \t]*#?[ \t]*(system|developer|user|assistant|tool|function)[ \t]*:[ \t]*\r?$/im;

/** A message that a prompt consists of. */
export interface PromptMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant';
  readonly content: string;
}

/** Values for a prompt that it does not have, or does not take. */
export class InputProblem extends Error {}

/** Why this service cannot fill the prompt, if it cannot: it knows placeholders and nothing else. */
export function templateProblem(prompt: ManifestPrompt): string | undefined {
  const { text, template, inputs, parser } = prompt;
  if (parser !== undefined && parser !== 'prompty') {
    return `the prompt is cut into messages by '${String(parser)}'; this service knows prompty`;
  }
  if (parts(prompt).some(({ role }) => ['tool', 'function'].includes(role))) {
    return 'the prompt has messages of tools';
  }
  if (template === 'none') {
    return undefined;
  }
  if (BEYOND_PLACEHOLDERS.test(text)) {
    return `the prompt uses more of ${template} than placeholders`;
  }
  const undeclared = [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!).filter((name) => !inputs.includes(name));
  return undeclared.length === 0 ? undefined : `the prompt has no input ${[...new Set(undeclared)].join(', ')}`;
}

/**
 * The prompt's messages with their placeholders filled, in one pass: what looks like a placeholder or like the line of another
 * role in a value stays as it is.
 *
 * @throws InputProblem if a value is missing or there is one that the prompt does not take
 */
export function fillPrompt(prompt: ManifestPrompt, values: Readonly<Record<string, string>>): PromptMessage[] {
  const missing = prompt.inputs.filter((name) => !Object.hasOwn(values, name));
  const unknown = Object.keys(values).filter((name) => !prompt.inputs.includes(name));
  if (missing.length > 0) {
    throw new InputProblem(`inputs must hold ${missing.join(', ')}`);
  }
  if (unknown.length > 0) {
    const allowed = prompt.inputs.length === 0 ? 'none' : prompt.inputs.join(', ');
    throw new InputProblem(`inputs must not hold ${unknown.join(', ')}; allowed: ${allowed}`);
  }
  const filled = (text: string): string =>
    prompt.template === 'none' ? text : text.replace(PLACEHOLDER, (_, name: string) => values[name]!);
  return parts(prompt).map(({ role, content }) => ({ role: role as PromptMessage['role'], content: filled(content) }));
}

/** The template's messages, placeholders as they are. What stands before the first role is the system's. */
function parts({ text, parser }: ManifestPrompt): { readonly role: string; readonly content: string }[] {
  if (parser === undefined) {
    return [{ role: 'system', content: text }];
  }
  const [before, ...rest] = text.split(ROLE_LINE);
  const messages = [{ role: 'system', content: before! }];
  for (let at = 0; at < rest.length; at += 2) {
    messages.push({ role: rest[at]!.toLowerCase(), content: rest[at + 1]! });
  }
  return messages
    .map(({ role, content }) => ({ role, content: content.trim() }))
    .filter(({ content }) => content !== '');
}
