import OpenAI from 'openai';
import { KnowledgeProblem } from './knowledge';
import { InputProblem } from './prompt-template';

/** An answer that is no answer to the question: what happened, in this service's own words. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Seconds, or a date, as whoever refused said it. */
  readonly retryAfter?: string;
}

/**
 * What a caller is told of an error. A version that the gateway does not have (404) or no longer has (410) is a fault of this
 * release and none of the request, so it is a 502 here, with the gateway's word as code.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof InputProblem) {
    return { status: 400, code: 'invalid_inputs', message: error.message };
  }
  if (error instanceof KnowledgeProblem) {
    return { status: 503, code: 'knowledge_unavailable', message: error.message };
  }
  if (error instanceof OpenAI.APIUserAbortError) {
    return { status: 499, code: 'cancelled', message: 'the caller hung up' };
  }
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return { status: 504, code: 'model_timeout', message: 'the model did not answer in time' };
  }
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    return answered(error, error.status);
  }
  if (error instanceof OpenAI.APIError) {
    return { status: 503, code: 'model_unreachable', message: 'the model was not reached' };
  }
  if (error instanceof OpenAI.OpenAIError) {
    return { status: 503, code: 'identity_unavailable', message: 'there was no token with which to call the model' };
  }
  return { status: 500, code: 'internal_error', message: 'the orchestrator failed' };
}

function answered(error: InstanceType<typeof OpenAI.APIError>, status: number): Problem {
  const { code } = error;
  const retryAfter = (error.headers as Headers | undefined)?.get('retry-after') ?? undefined;
  const asked = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429) {
    return { status, code: 'model_busy', message: 'the model has no capacity at the moment', ...asked };
  }
  if (status === 400 && code === 'content_filter') {
    return { status, code, message: "the request was refused by the model's content filter" };
  }
  if (status === 404 || status === 410) {
    const gone = status === 410;
    return {
      status: 502,
      code: gone ? 'model_version_retired' : 'model_version_not_found',
      message: `the release's model version is ${gone ? 'retired' : 'not deployed'}; another release has to serve`,
    };
  }
  if (status >= 500) {
    return { status: 503, code: 'model_unavailable', message: `the model answered ${status}`, ...asked };
  }
  if (status === 401 || status === 403) {
    return {
      status: 502,
      code: 'model_access_refused',
      message: `the release may not call its model (${code ?? status})`,
    };
  }
  return { status: 502, code: 'model_request_refused', message: `the model refused the request (${code ?? status})` };
}
