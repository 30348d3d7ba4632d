import { RetryNode } from '../policy/policy-document';
import { sleep } from './clock';
import { PolicyError } from './errors';
import { Completion, RequestValues } from './policy-runtime';

/** Reasons for which a response is missing: `retry` looks at its condition after them. */
const TRANSPORT_FAILURES: ReadonlySet<string> = new Set(['BackendConnectionFailure', 'Timeout']);

/**
 * Runs the children once, then again while the condition holds, `count` times at most.
 *
 * @param run runs the children
 * @param onWait told of each wait
 * @throws PolicyError that of the last run, if that got no response
 */
export async function retryPolicy(
  values: RequestValues,
  node: RetryNode,
  run: () => Promise<Completion>,
  onWait: (detail: string) => void,
): Promise<Completion> {
  const { state, runtime } = values;
  const count = await values.number('retry', 'count', node.count, 1);
  for (let retries = 0; ; retries += 1) {
    const outcome = await attempt(values, run);
    if (outcome === 'returned') {
      return outcome;
    }
    const again =
      retries < count && !state.signal.aborted && (await values.boolean('retry', 'condition', node.condition, false));
    if (!again) {
      if (outcome instanceof PolicyError) {
        throw outcome;
      }
      return 'done';
    }
    const wait = await waitSeconds(values, node, retries + 1);
    onWait(`retry ${retries + 1} after ${wait} s`);
    await sleep(runtime.services.clock, wait * 1000, state.signal);
  }
}

/** One run of the children; a missing response does not end the retrying. */
async function attempt(values: RequestValues, run: () => Promise<Completion>): Promise<Completion | PolicyError> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PolicyError) || !TRANSPORT_FAILURES.has(error.reason)) {
      throw error;
    }
    values.state.lastError = error;
    return error;
  }
}

/** Fixed, linear or exponential, by which attributes are given (learn.microsoft.com/azure/api-management/retry-policy). */
async function waitSeconds(values: RequestValues, node: RetryNode, retry: number): Promise<number> {
  const interval = await values.number('retry', 'interval', node.interval, 0);
  const delta = node.delta === undefined ? undefined : await values.number('retry', 'delta', node.delta, 0);
  const most =
    node.maxInterval === undefined ? undefined : await values.number('retry', 'max-interval', node.maxInterval, 0);
  if (retry === 1 && (await values.boolean('retry', 'first-fast-retry', node.firstFastRetry, false))) {
    return 0;
  }
  if (delta === undefined) {
    return interval;
  }
  if (most === undefined) {
    return interval + (retry - 1) * delta;
  }
  const jitter = delta * (0.8 + 0.4 * values.runtime.services.random());
  return Math.min(most, interval + (2 ** (retry - 1) - 1) * jitter);
}
