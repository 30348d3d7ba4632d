import { PipelineOptions, PipelinePolicy } from '@azure/core-rest-pipeline';
import { TokenCredential } from '@azure/identity';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { version } from '../../package.json';
import { connectionsMayLinger } from '../lingering';
import { AZURE_CLOUDS } from './azure-clouds';
import { onlyOf, withLimits } from './request-policies';
import { signIn } from './sign-in';

/** Seconds that one answer of Azure may take, its last byte included. */
export const DEFAULT_TIMEOUT = 60;

/** Which Azure is asked, and how patiently. */
export interface SessionOptions {
  readonly cloud: AzureCloud;
  /** Origin of another Resource Manager, `https://` in front. @default - that of the cloud */
  readonly resourceManager?: string;
  /** Seconds that one answer may take. @default 60 */
  readonly timeout?: number;
}

/** What the clients of Azure's SDK are opened with. */
export interface AzureClientOptions extends PipelineOptions {
  readonly endpoint: string;
  readonly credentialScopes: string;
  readonly additionalPolicies: { policy: PipelinePolicy; position: 'perCall' | 'perRetry' }[];
}

/** Somebody's way into a cloud of Azure. */
export interface AzureSession {
  readonly cloud: AzureCloud;
  /** Origin of the Resource Manager that is asked, without a slash behind. */
  readonly resourceManager: string;
  readonly credential: TokenCredential;
  readonly clientOptions: AzureClientOptions;
}

/** Opens a session; nothing is asked before the first request. @throws if `AZURE_AUTHORITY_HOST` is no address */
export function openSession({ cloud, resourceManager, timeout = DEFAULT_TIMEOUT }: SessionOptions): AzureSession {
  connectionsMayLinger();
  const endpoints = AZURE_CLOUDS[cloud];
  const origin = resourceManager ?? endpoints.resourceManager;
  return {
    cloud,
    resourceManager: origin,
    // To the SDK, an option is more than the variable.
    credential: signIn(process.env.AZURE_AUTHORITY_HOST || endpoints.authority, timeout),
    clientOptions: {
      endpoint: origin,
      // Tokens are for the cloud, whatever stands in front of it.
      credentialScopes: `${endpoints.resourceManager}/.default`,
      userAgentOptions: { userAgentPrefix: `model-lifecycle/${version}` },
      retryOptions: { maxRetries: 5, retryDelayInMs: 500, maxRetryDelayInMs: 30_000 },
      // Resource Manager does not redirect what is read, so that a redirect is somebody else's.
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: [
        { policy: onlyOf(origin), position: 'perCall' },
        { policy: withLimits(timeout), position: 'perRetry' },
      ],
    },
  };
}
