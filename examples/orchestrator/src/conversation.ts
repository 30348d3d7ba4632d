import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { KnowledgeSearch } from './knowledge';
import { Manifest, PROMPT } from './manifest';
import { fillPrompt } from './prompt-template';

/** What an application sends; it knows nothing of models and releases. */
export interface ChatRequest {
  readonly message: string;
  readonly history?: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
  /** Values for the prompt's placeholders. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** The placeholder that is filled with what the knowledge API found. */
export const CONTEXT_INPUT = 'context';

/** Bounds that keep a request below what any model takes. */
export const chatRequestSchema = {
  type: 'object',
  required: ['message'],
  additionalProperties: false,
  properties: {
    message: { type: 'string', minLength: 1, maxLength: 32_768 },
    history: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['role', 'content'],
        additionalProperties: false,
        properties: {
          role: { type: 'string', enum: ['user', 'assistant'] },
          content: { type: 'string', minLength: 1, maxLength: 32_768 },
        },
      },
    },
    inputs: {
      type: 'object',
      maxProperties: 32,
      propertyNames: { type: 'string', not: { const: CONTEXT_INPUT } },
      additionalProperties: { type: 'string', maxLength: 8_192 },
    },
  },
} as const;

/** The messages for the model: the release's prompt, what was said, what is asked. */
export async function conversationOf(
  manifest: Manifest,
  { message, history = [], inputs = {} }: ChatRequest,
  search: KnowledgeSearch | undefined,
  signal: AbortSignal,
): Promise<ChatCompletionMessageParam[]> {
  const prompt = manifest.prompts[PROMPT]!;
  const isGrounded = search !== undefined && prompt.inputs.includes(CONTEXT_INPUT);
  const grounding: Record<string, string> = isGrounded ? { [CONTEXT_INPUT]: await search(message, signal) } : {};
  return [
    ...fillPrompt(prompt, { ...inputs, ...grounding }),
    ...history.map(({ role, content }) => ({ role, content })),
    { role: 'user', content: message },
  ];
}
