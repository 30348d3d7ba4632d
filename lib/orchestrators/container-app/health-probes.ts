import {
  ContainerAppTemplateContainerLivenessProbe,
  ContainerAppTemplateContainerReadinessProbe,
  ContainerAppTemplateContainerStartupProbe,
} from '@cdktf/provider-azurerm/lib/container-app';

/** The three probes of a container; without them Container Apps only looks whether the port is open. */
export interface HealthProbes {
  readonly startupProbe: ContainerAppTemplateContainerStartupProbe[];
  readonly readinessProbe: ContainerAppTemplateContainerReadinessProbe[];
  readonly livenessProbe: ContainerAppTemplateContainerLivenessProbe[];
}

/** azurerm takes thirty, the REST API documents ten: https://learn.microsoft.com/rest/api/containerapps/container-apps/create-or-update#containerappprobe */
const MOST_FAILURES = 10;

const EVERY_TEN_SECONDS = { intervalSeconds: 10, timeout: 5, failureCountThreshold: 3 };

/** Everything is written, for Azure fills in what is left out and the next plan then differs. */
export function healthProbes(port: number, startupSeconds: number): HealthProbes {
  const probe = (path: string) => ({ transport: 'HTTP', port, path: `/healthz/${path}` });
  return {
    startupProbe: [
      {
        ...probe('startup'),
        initialDelay: 0,
        intervalSeconds: Math.ceil(startupSeconds / MOST_FAILURES),
        timeout: 5,
        failureCountThreshold: MOST_FAILURES,
      },
    ],
    readinessProbe: [{ ...probe('ready'), ...EVERY_TEN_SECONDS, initialDelay: 0, successCountThreshold: 1 }],
    livenessProbe: [{ ...probe('live'), ...EVERY_TEN_SECONDS, initialDelay: 1 }],
  };
}
