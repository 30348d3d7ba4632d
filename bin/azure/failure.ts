import { isRestError, RestError } from '@azure/core-rest-pipeline';
import { isJsonObject } from '../../lib/contracts/json-file';
import * as errors from './errors';
import { transportFailure } from './transport-failure';

/** What was asked, for the words about why there is no answer. */
export interface Question {
  /** Origin of the Resource Manager that was asked. */
  readonly resourceManager: string;
  /** Permission that the answer needs, for instance `Microsoft.CognitiveServices/locations/models/read`. */
  readonly permission: string;
  readonly subscription?: string;
  /** What to correct where Azure does not understand the question. */
  readonly advice?: string;
}

/**
 * What the SDK threw, in words that say what to do. Never quotes a request, a token or a whole answer.
 *
 * @param error anything that a call of the SDK was rejected with
 */
export function failureOf(error: unknown, question: Question): errors.AzureFailure {
  if (error instanceof errors.AzureFailure) {
    return error;
  }
  if (isRestError(error)) {
    return ofRequest(error, question);
  }
  return errors.unexplained(error instanceof Error ? error.message : String(error));
}

function ofRequest(error: RestError, { resourceManager, permission, subscription, advice }: Question) {
  const status = error.response?.status ?? error.statusCode;
  if (status === undefined || error.code === RestError.PARSE_ERROR) {
    return transportFailure(error, new URL(resourceManager).host);
  }
  const refused = refusal(error.response?.bodyAsText);
  if (refused === undefined && status >= 400 && status < 500 && status !== 429) {
    return errors.brokenAnswer(`${status} and no reason that Azure would give`);
  }
  const { code, message } = refused ?? { code: '', message: '' };
  switch (true) {
    case status === 401:
      return errors.tokenRefused(code, message);
    case status === 403:
      return errors.forbidden(code, message, permission);
    case status === 404:
      return errors.notFound(code, message, subscription);
    case status === 429:
      return errors.throttled();
    case status >= 500:
      return errors.unavailable(status, code, message);
    case status >= 300 && status < 400:
      return errors.brokenAnswer(`it leads to another address (${status})`);
    case code === 'MissingSubscriptionRegistration':
      return errors.notUnderstood(
        status,
        code,
        message,
        "run 'az provider register --namespace Microsoft.CognitiveServices' for the subscription",
      );
    default:
      return errors.notUnderstood(status, code, message, advice ?? 'correct what was asked for');
  }
}

/** What Azure says of a refusal; nothing where the answer is none of Azure, such as a page of a proxy. */
function refusal(body: string | null | undefined): { code: string; message: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
  // Resource Manager puts it into `error`, and some resource providers do not.
  const error = isJsonObject(value) ? (isJsonObject(value.error) ? value.error : value) : {};
  const { code, message } = error;
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : undefined;
}
