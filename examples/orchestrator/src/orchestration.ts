import type { ChatCompletionChunk, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { ChatRequest, conversationOf } from './conversation';
import type { KnowledgeSearch } from './knowledge';
import { ROLE } from './manifest';
import { ModelClient, traceHeaders } from './model-client';
import { ModelParameters, modelParameters } from './model-parameters';
import { problemOf } from './problems';
import type { VerifiedRelease } from './release';
import { ChatSpan, ModelAnswer } from './telemetry';

/** What an application is told in the end. */
export interface ChatAnswer {
  readonly message: string;
  readonly finishReason: string;
}

/** A part of an answer that is still being written, or its end. */
export type ChatPart = { readonly delta: string } | { readonly finishReason: string };

/** Answers messages with the model, prompt and config of one release, and with nothing else. */
export class Orchestration {
  private readonly parameters: ModelParameters;

  constructor(
    private readonly release: VerifiedRelease,
    private readonly model: ModelClient,
    private readonly search: KnowledgeSearch | undefined,
  ) {
    this.parameters = modelParameters(release.manifest.models[ROLE]!.config);
  }

  /** The whole answer at once. `headers` are those of the request. */
  answer(request: ChatRequest, headers: unknown, signal: AbortSignal): Promise<ChatAnswer> {
    return this.traced(false, headers, async (span) => {
      const messages = await this.messages(request, signal);
      const completion = await this.model.client.chat.completions.create(
        { ...this.parameters, model: this.model.model, messages, stream: false },
        { signal, headers: traceHeaders() },
      );
      const [choice] = completion.choices;
      const finishReason = choice?.finish_reason ?? 'stop';
      span.answered({ id: completion.id, model: completion.model, finishReason, usage: completion.usage });
      return { message: choice?.message.content ?? '', finishReason };
    });
  }

  /** The answer in parts. It resolves when the model begins to answer, so that what fails before is an ordinary refusal. */
  stream(request: ChatRequest, headers: unknown, signal: AbortSignal): Promise<AsyncIterable<ChatPart>> {
    return this.traced(true, headers, async (span) => {
      const messages = await this.messages(request, signal);
      const chunks = await this.model.client.chat.completions.create(
        {
          ...this.parameters,
          model: this.model.model,
          messages,
          stream: true,
          stream_options: { include_usage: true },
        },
        { signal, headers: traceHeaders() },
      );
      return parts(chunks, span);
    });
  }

  private messages(request: ChatRequest, signal: AbortSignal): Promise<ChatCompletionMessageParam[]> {
    return conversationOf(this.release.manifest, request, this.search, signal);
  }

  private async traced<Result>(
    streamed: boolean,
    headers: unknown,
    work: (span: ChatSpan) => Promise<Result>,
  ): Promise<Result> {
    const span = ChatSpan.start(this.release, this.model, streamed, headers);
    try {
      return await span.within(() => work(span));
    } catch (error) {
      span.failed(problemOf(error).code);
      throw error;
    }
  }
}

async function* parts(chunks: AsyncIterable<ChatCompletionChunk>, span: ChatSpan): AsyncGenerator<ChatPart> {
  let answer: ModelAnswer = {};
  // What it is if nobody reads on.
  let failure: string | undefined = 'cancelled';
  try {
    for await (const { id, model, usage, choices } of chunks) {
      const [choice] = choices ?? [];
      const finishReason = choice?.finish_reason ?? answer.finishReason;
      answer = { id, model, usage: usage ?? answer.usage, finishReason };
      if (choice?.delta.content) {
        yield { delta: choice.delta.content };
      }
    }
    failure = undefined;
    yield { finishReason: answer.finishReason ?? 'stop' };
  } catch (error) {
    failure = problemOf(error).code;
    throw error;
  } finally {
    if (failure === undefined) {
      span.answered(answer);
    } else {
      span.failed(failure);
    }
  }
}
