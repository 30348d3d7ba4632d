/** What the container's environment says. Names as the configuration that declares the container writes them. */
export interface Settings {
  readonly port: number;
  readonly release: ReleaseSettings;
  readonly model: ModelSettings;
  /** Base URL of the knowledge API. */
  readonly knowledgeUrl?: string;
  /** Client id of the user-assigned identity. */
  readonly clientId?: string;
  readonly tracesEndpoint?: string;
}

/** What the release claims to be; nothing of it holds before it is verified. */
export interface ReleaseSettings {
  readonly id: string;
  readonly label: string;
  readonly manifest?: string;
  readonly manifestUrl?: string;
}

/** How the model of role `chat` is reached. */
export interface ModelSettings {
  /** Ends in `/openai/v1`. */
  readonly url: string;
  readonly scope: string;
  /** Where no gateway is called. */
  readonly deployment?: string;
  /** Header that tells the gateway `name@version`. */
  readonly routeHeader?: string;
  /** Header that tells the gateway the release. */
  readonly releaseHeader?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 8080;
const DEFAULT_SCOPE = 'https://cognitiveservices.azure.com/.default';

/** Empty values count as absent: Container Apps cannot leave a variable out for one revision. */
export function readSettings(environment: Environment): Settings {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return {
    port: portOf(value('PORT')),
    release: {
      id: value('RELEASE_ID') ?? '',
      label: value('RELEASE_LABEL') ?? '',
      // Not trimmed: the hash is that of the very text.
      manifest: environment.RELEASE_MANIFEST || undefined,
      manifestUrl: value('RELEASE_MANIFEST_URL'),
    },
    model: {
      url: value('MODEL_CHAT_URL') ?? '',
      scope: value('MODEL_CHAT_SCOPE') ?? DEFAULT_SCOPE,
      deployment: value('MODEL_CHAT_DEPLOYMENT'),
      routeHeader: value('MODEL_ROUTE_HEADER'),
      releaseHeader: value('MODEL_RELEASE_HEADER'),
    },
    knowledgeUrl: value('KNOWLEDGE_URL')?.replace(/\/+$/, ''),
    clientId: value('AZURE_CLIENT_ID'),
    tracesEndpoint: value('OTEL_EXPORTER_OTLP_ENDPOINT'),
  };
}

/** Whether a token may be sent there: over TLS, or without leaving this computer. */
export function mayReceiveTokens(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(hostname));
}

function portOf(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is '${text}'; give a number from 0 to 65535, or leave it out for ${DEFAULT_PORT}`);
  }
  return port;
}
