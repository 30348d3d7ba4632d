import { ForwardRequestNode } from '../policy/message-nodes';
import { PolicyValue } from '../policy/policy-value';
import { backendStatusFailure } from './errors';
import { RequestValues } from './policy-runtime';

const DEFAULT_TIMEOUT_SECONDS = 300;

/** `set-backend-service`: where the request goes from now on, until another one says otherwise. */
export async function setBackend(
  values: RequestValues,
  id: PolicyValue | undefined,
  url: PolicyValue | undefined,
): Promise<string> {
  const { state } = values;
  if (id !== undefined) {
    state.backend = { id: await values.requiredText('set-backend-service', 'backend-id', id) };
    return state.backend.id;
  }
  state.backend = { url: await values.requiredText('set-backend-service', 'base-url', url ?? '') };
  return state.backend.url;
}

/** `forward-request`: afterwards the state has the response, or none if it failed. */
export async function forwardRequest(values: RequestValues, node: ForwardRequestNode): Promise<string> {
  const { state, runtime } = values;
  state.response?.body.discard();
  state.response = undefined;
  const seconds = await values.number(node.kind, 'timeout', node.timeout, DEFAULT_TIMEOUT_SECONDS);
  const timeout = await values.number(node.kind, 'timeout-ms', node.timeoutMs, seconds * 1000);
  const buffered = await values.boolean(node.kind, 'buffer-response', node.bufferResponse, true);
  if (await values.boolean(node.kind, 'buffer-request-body', node.bufferRequestBody, false)) {
    await state.request.body?.load();
  }
  state.response = await runtime.backends.send(state, timeout, !buffered);
  state.lastError = undefined;
  const { status } = state.response;
  if (
    status >= 400 &&
    (await values.boolean(node.kind, 'fail-on-error-status-code', node.failOnErrorStatusCode, false))
  ) {
    throw backendStatusFailure(status);
  }
  return `${backendName(state.backend)} answered ${status}`;
}

function backendName(backend: RequestValues['state']['backend']): string {
  return backend === undefined ? 'service URL' : 'id' in backend ? backend.id : backend.url;
}
