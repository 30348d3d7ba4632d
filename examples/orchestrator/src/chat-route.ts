import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ChatRequest, chatRequestSchema } from './conversation';
import type { ChatPart, Orchestration } from './orchestration';
import { Problem, problemOf } from './problems';
import type { ReleaseStatus } from './release-status';

/** `POST /chat`: the contract with applications, which no release changes. */
export function addChat(server: FastifyInstance, status: ReleaseStatus): void {
  server.post<{ Body: ChatRequest }>('/chat', { schema: { body: chatRequestSchema } }, async (request, reply) => {
    const current = status.current();
    if ('problem' in current) {
      return refuse(reply, { status: 503, ...current.problem });
    }
    const chosen = request.headers['x-release'];
    if (chosen !== undefined && chosen !== current.label) {
      const message = `the request is for release ${String(chosen)}, this is ${current.label}`;
      return refuse(reply, { status: 421, code: 'release_misdirected', message });
    }
    const signal = untilClientLeaves(reply);
    try {
      return await answer(current.orchestration, request, reply, signal);
    } catch (error) {
      const problem = problemOf(error);
      request.log[problem.status === 500 ? 'error' : 'warn']({ code: problem.code, err: error }, 'chat failed');
      return refuse(reply, problem);
    }
  });
}

async function answer(
  orchestration: Orchestration,
  { body, headers, log }: FastifyRequest<{ Body: ChatRequest }>,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<unknown> {
  if (!wantsStream(headers.accept)) {
    return orchestration.answer(body, headers, signal);
  }
  const parts = await orchestration.stream(body, headers, signal);
  return (
    reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // nginx sends parts on at once: nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events(parts, (error) => log.warn({ err: error }, 'chat broke off'))))
  );
}

export function refuse(reply: FastifyReply, { status, code, message, retryAfter }: Problem): FastifyReply {
  if (retryAfter !== undefined) {
    void reply.header('retry-after', retryAfter);
  }
  return reply.code(status).send({ error: { code, message } });
}

/** The parts as server-sent events; what breaks off after the first of them can only be said in one. */
async function* events(parts: AsyncIterable<ChatPart>, onError: (error: unknown) => void): AsyncGenerator<string> {
  try {
    for await (const part of parts) {
      yield 'delta' in part ? event('delta', { text: part.delta }) : event('done', part);
    }
  } catch (error) {
    onError(error);
    const { code, message } = problemOf(error);
    yield event('error', { error: { code, message } });
  }
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function wantsStream(accept: string | undefined): boolean {
  return /\btext\/event-stream\b/i.test(accept ?? '');
}

/** A client that hangs up must not be answered any further: the model's tokens cost money. */
function untilClientLeaves(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) {
      abort.abort();
    }
  });
  return abort.signal;
}
