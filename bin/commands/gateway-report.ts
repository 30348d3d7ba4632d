import { printable } from '../../lib/contracts/printable';
import { shareText } from '../../lib/contracts/share-text';
import { BUCKETS } from '../../lib/contracts/traffic-bucket';
import { GatewayAnswer, GatewayApi } from '../../lib/emulator';
import { CallerToken, GatewayRoute, RouteTable, SynthesisedGateway, Target } from '../../lib/emulator/synthesised';

/** What is said of a gateway when it starts. */
export interface RunningGateway {
  readonly url: string;
  readonly gateway: SynthesisedGateway;
  readonly table: RouteTable;
  readonly targets: ReadonlyMap<string, Target>;
  readonly tokens: readonly CallerToken[];
}

/** URLs, routes with their targets, and how to authenticate. */
export function gatewayBanner(running: RunningGateway): string {
  const { url, gateway, table } = running;
  return [
    `${gateway.name} listens on ${url}`,
    '',
    ...gateway.definition.apis.map((api) => `  ${isRouter(gateway, api) ? routerUrl(url, api) : clientUrl(url, api)}`),
    '',
    ...releaseLines(table, running.targets),
    ...routeLines(table, running.targets),
    ...callerLines(running),
    ...(gateway.notes.length > 0 ? ['', 'Taken from elsewhere:', ...gateway.notes.map((note) => `  ${note}`)] : []),
    '',
    'Ctrl-C stops it.',
    '',
  ]
    .map(printable)
    .join('\n');
}

/** One line for one request. The query is left out: it may hold a key. */
export function answerLine(answer: GatewayAnswer, table: RouteTable, at: Date): string {
  const attempts = attemptsOf(answer);
  const routes = new Set(attempts.flatMap(({ backend }) => table.servedBy(backend)));
  const via = attempts.map(({ backend, status }) => `${backend} ${status ?? 'no answer'}`).join(', ');
  const parts = [
    at.toISOString().slice(11, 23),
    answer.method,
    answer.path.split('?')[0]!,
    String(answer.status),
    [...routes].join(', ') || '-',
    via ? `via ${via}` : answer.defect === undefined ? 'answered by the gateway' : `not run: ${answer.defect}`,
  ];
  return printable(parts.join(' '));
}

/** Each call of a backend with its status. */
function attemptsOf({ trace }: GatewayAnswer): { backend: string; status?: string }[] {
  const attempts: { backend: string; status?: string }[] = [];
  for (const { policy, detail } of trace) {
    const last = attempts[attempts.length - 1];
    if (policy === 'set-backend-service') {
      attempts.push({ backend: detail });
    } else if (policy === 'forward-request' && last) {
      last.status = / answered (\d{3})$/.exec(detail)?.[1];
    }
  }
  return attempts;
}

function isRouter({ definition }: SynthesisedGateway, api: GatewayApi): boolean {
  return new RouteTable({ ...definition, apis: [api] }).releases().length > 0;
}

function routerUrl(url: string, { path }: GatewayApi): string {
  return `Router       URL      ${url}/${path}`;
}

/** Clients of dated deployments put `/deployments/…` behind the path, those of OpenAI `/chat/completions`. */
function clientUrl(url: string, { path, operations }: GatewayApi): string {
  const base = path === '' ? url : `${url}/${path}`;
  const isDated = operations.some(({ urlTemplate }) => urlTemplate.startsWith('/deployments/'));
  if (!isDated) {
    return `OpenAI       baseURL  ${base}`;
  }
  return path === 'openai' ? `AzureOpenAI  endpoint ${url}` : `AzureOpenAI  baseURL  ${base}`;
}

function releaseLines(table: RouteTable, targets: ReadonlyMap<string, Target>): string[] {
  const rows = table.releases();
  if (rows.length === 0) {
    return [];
  }
  const width = Math.max(...rows.map(({ label }) => label.length));
  const lines = rows.map(({ label, stage, from, to }) => {
    const release = table.find(label);
    const where = release === undefined ? 'answered without an app' : destinations(release, targets);
    return `  ${label.padEnd(width)}  ${shareText((to - from) / BUCKETS).padStart(7)}  ${stage.padEnd(9)}  ${where}`;
  });
  return ['Releases:', ...lines, ''];
}

function routeLines(table: RouteTable, targets: ReadonlyMap<string, Target>): string[] {
  const { routes } = table;
  if (routes.length === 0) {
    return table.releases().length > 0
      ? []
      : ['The policies name no route as name@version; targets are given by backend or URL.'];
  }
  const width = Math.max(...routes.map(({ key }) => key.length));
  return [
    'Routes:',
    ...routes.map((route) => {
      const aliases = route.aliases.length > 0 ? ` (also ${route.aliases.join(', ')})` : '';
      return `  ${route.key.padEnd(width)}  ${destinations(route, targets)}${aliases}`;
    }),
  ];
}

function destinations({ backends, urls }: GatewayRoute, targets: ReadonlyMap<string, Target>): string {
  if (backends.length + urls.length === 0) {
    return 'answered without a model';
  }
  const given = backends.map((backend) => targets.get(backend)?.url.href.replace(/\/$/, '') ?? 'no target');
  return [...new Set([...given, ...urls])].join(', ');
}

function callerLines({ tokens, gateway }: RunningGateway): string[] {
  const { apis, subscriptions = [] } = gateway.definition;
  const needsKey = apis.filter((api) => api.subscriptionRequired);
  return [
    ...tokens.flatMap(({ audience, roles, token }) => [
      '',
      `Bearer token for audience ${audience}${roles.length > 0 ? `, roles ${roles.join(', ')}` : ''} (unsigned, for this computer only):`,
      `  ${token}`,
    ]),
    ...(needsKey.length > 0 && subscriptions.length > 0
      ? [
          '',
          `Subscription keys, header ${needsKey[0]!.subscriptionKeyHeader ?? 'Ocp-Apim-Subscription-Key'}:`,
          ...subscriptions.map(
            ({ key, productId }) => `  ${key}${productId === undefined ? '' : ` (product ${productId})`}`,
          ),
        ]
      : []),
  ];
}
