import { isRestError, PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { leadsElsewhere, noAnswerWithin, throttledTooLong, unreachable } from './errors';

/** Minutes that one request waits at most in all because Azure asks it to; the SDK would wait for days. */
const MOST_MINUTES = 5;

/** Where nobody is, nobody will be in a second: the SDK would try again all the same. */
const NOBODY_THERE: readonly (string | undefined)[] = ['ENOTFOUND', 'ECONNREFUSED'];

/** Refuses requests to any other origin before a token is put into them: an answer says where its next page is. */
export function onlyOf(origin: string): PipelinePolicy {
  return {
    name: 'onlyOfResourceManager',
    sendRequest: (request, next) => {
      const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
      if (url === undefined || url.origin !== new URL(origin).origin) {
        throw leadsElsewhere(url?.origin ?? request.url, origin);
      }
      return next(request);
    },
  };
}

/**
 * Ends an attempt that takes too long, its body included, and a wait that Azure wants to be too long.
 *
 * The SDK's own limit ends with the headers, and a compressed body that breaks off never ends in it. The attempt is aborted
 * as well: a connection that stays open keeps the process from ending.
 */
export function withLimits(seconds: number): PipelinePolicy {
  const waited = new WeakMap<PipelineRequest, number>();
  return {
    name: 'limits',
    sendRequest: async (request, next) => {
      const { abortSignal } = request;
      const abort = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(noAnswerWithin(seconds));
          abort.abort();
        }, 1000 * seconds);
      });
      const stop = () => abort.abort();
      abortSignal?.addEventListener('abort', stop);
      try {
        request.abortSignal = abort.signal;
        const response = await Promise.race([next(request), limit]);
        const wait = (waited.get(request) ?? 0) + waitWanted(response);
        if (wait > 60 * MOST_MINUTES) {
          throw throttledTooLong(Math.ceil(wait / 60), MOST_MINUTES);
        }
        waited.set(request, wait);
        return response;
      } catch (error) {
        if (isRestError(error) && NOBODY_THERE.includes(error.code)) {
          throw unreachable(new URL(request.url).host, error.code!);
        }
        throw error;
      } finally {
        clearTimeout(timer);
        abortSignal?.removeEventListener('abort', stop);
        request.abortSignal = abortSignal;
      }
    },
  };
}

/**
 * Seconds after which Azure wants to be asked again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function waitWanted({ status, headers }: PipelineResponse): number {
  const retryAfter = status === 429 || status === 503 ? (headers.get('Retry-After') ?? '') : '';
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? 0 : Math.max(0, seconds);
}
