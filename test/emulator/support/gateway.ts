import { EmulatedGateway, EmulatedGatewayOptions, GatewayAnswer } from '../../../lib/emulator/emulated-gateway';
import { GatewayApi, GatewayBackend, GatewayDefinition } from '../../../lib/emulator/gateway-definition';
import { parseFragment, parsePolicy } from '../../../lib/policy/parse-policy';
import { FragmentDocument, PolicyDocument } from '../../../lib/policy/policy-document';

export function policy(text: string): PolicyDocument {
  const reading = parsePolicy(text);
  if (!('document' in reading)) {
    throw new Error(reading.problems.join('\n'));
  }
  return reading.document;
}

export function fragment(text: string): FragmentDocument {
  const reading = parseFragment(text);
  if (!('document' in reading)) {
    throw new Error(reading.problems.join('\n'));
  }
  return reading.document;
}

export interface SectionTexts {
  readonly inbound?: string;
  readonly backend?: string;
  readonly outbound?: string;
  readonly onError?: string;
}

/** A policy of these sections; without more, it forwards the request. */
export function sections(texts: SectionTexts = {}): PolicyDocument {
  const { inbound = '', backend = '<forward-request />', outbound = '', onError = '' } = texts;
  return policy(
    `<policies><inbound>${inbound}</inbound><backend>${backend}</backend><outbound>${outbound}</outbound><on-error>${onError}</on-error></policies>`,
  );
}

/** A gateway of one API `openai` with the operation `POST /chat/completions`, and one for everything else. */
export function gatewayOf(
  document: PolicyDocument,
  backends: Record<string, string | GatewayBackend> = {},
  more: Partial<GatewayDefinition> & { readonly api?: Partial<GatewayApi> } = {},
): GatewayDefinition {
  const { api, ...rest } = more;
  const operations = [
    { id: 'chat', method: 'POST', urlTemplate: '/chat/completions' },
    { id: 'dated', method: 'POST', urlTemplate: '/deployments/{deployment}/chat/completions' },
    { id: 'anything', method: '*', urlTemplate: '/{*path}' },
  ];
  const entries = Object.entries(backends).map(([id, backend]): [string, GatewayBackend] => [
    id,
    typeof backend === 'string' ? { url: backend } : backend,
  ]);
  return {
    apis: [{ id: 'models', path: 'openai', operations, policy: document, ...api }],
    backends: new Map(entries),
    ...rest,
  };
}

const started: EmulatedGateway[] = [];

export interface RunningGateway {
  readonly gateway: EmulatedGateway;
  readonly answers: GatewayAnswer[];
  call(path?: string, init?: RequestInit): Promise<Response>;
}

/** Starts a gateway that `stopGateways` stops. */
export async function startGateway(
  definition: GatewayDefinition,
  options: EmulatedGatewayOptions = {},
): Promise<RunningGateway> {
  const answers: GatewayAnswer[] = [];
  const gateway = await EmulatedGateway.start(definition, { onAnswer: (answer) => answers.push(answer), ...options });
  started.push(gateway);
  const call = (path = '/openai/chat/completions', init: RequestInit = {}): Promise<Response> =>
    fetch(gateway.url + path, { method: 'POST', ...init });
  return { gateway, answers, call };
}

export async function stopGateways(): Promise<void> {
  await Promise.all(started.splice(0).map((gateway) => gateway.stop()));
}
