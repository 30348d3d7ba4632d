import { PolicyValue } from '../policy/policy-value';
import { EmitMetricNode, LlmEmitTokenMetricNode, TraceNode } from '../policy/telemetry-nodes';
import { RequestValues } from './policy-runtime';

/** Policies that only tell what happened: their values are worked out, as a failing one sends the request to `on-error`. */
export async function telemetry(
  values: RequestValues,
  node: TraceNode | EmitMetricNode | LlmEmitTokenMetricNode,
): Promise<string> {
  if (node.kind !== 'trace') {
    return `dimensions${await named(values, node.kind, node.dimensions)}`;
  }
  const source = (await values.text(node.kind, node.source)) ?? '';
  const message = (await values.text(node.kind, node.message)) ?? '';
  return `${source}: ${message}${await named(values, node.kind, node.metadata)}`;
}

async function named(
  values: RequestValues,
  source: string,
  list: readonly { name: PolicyValue; value?: PolicyValue }[],
): Promise<string> {
  let text = '';
  for (const { name, value } of list) {
    text += ` ${(await values.text(source, name)) ?? ''}=${value === undefined ? '' : ((await values.text(source, value)) ?? '')}`;
  }
  return text;
}
