import { FakeAzureOpenAi } from '../../gateway/support/fake-azure-openai';
import { PROMPT_OF } from './topology';

/** A call that reached a model: which version, with which prompt, asked by whom. */
export interface ServedCall {
  readonly model: string;
  readonly prompt: string;
  readonly question: string;
}

interface CompletionBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export function servedCalls({ served }: FakeAzureOpenAi, from = 0): ServedCall[] {
  return served.slice(from).map(({ key, request }) => {
    const { messages } = JSON.parse(request.body) as CompletionBody;
    return { model: key, prompt: messages[0]!.content, question: messages[messages.length - 1]!.content };
  });
}

/** The calls in which a model version was given a prompt that was made for another. */
export function mismatches(calls: readonly ServedCall[]): ServedCall[] {
  return calls.filter(({ model, prompt }) => prompt !== PROMPT_OF[model]);
}
