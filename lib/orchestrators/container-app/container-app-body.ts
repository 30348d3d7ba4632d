import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { IOrchestratorEnvironment } from '../environment/orchestrator-environment-interface';
import type { IImageRegistry } from '../image-registry/image-registry-interface';
import type { ConnectedIdentity } from './app-identity';
import type { AppSecretReference } from './app-secrets';
import type { AppSettings } from './app-settings';
import type { EnvironmentVariable } from './environment-variable';
import { healthProbes } from './health-probes';

/** Everything of an app, checked. */
export interface ContainerAppBody {
  readonly name: string;
  readonly environment: IOrchestratorEnvironment;
  readonly image: string;
  /** What the container runs in place of what the image says. */
  readonly command?: readonly string[];
  readonly registry?: IImageRegistry;
  readonly identity: ConnectedIdentity;
  readonly settings: AppSettings;
  readonly variables: readonly EnvironmentVariable[];
  readonly secrets: readonly AppSecretReference[];
  readonly tags: { [name: string]: string };
  /** What has to be there before the app starts, in whichever stack. */
  readonly waitFor: readonly TerraformResource[];
}

/** Azure keeps so many inactive revisions for a look at them; its own default is 100. */
const INACTIVE_REVISIONS = 5;

/**
 * A Container App with one revision at a time.
 *
 * Its template is the only one that a configuration can declare, so that a second version is a second app. All that Azure fills
 * in is written, but for the revision's suffix: a fixed one makes every later change of the template fail
 * (https://github.com/Azure/terraform-azurerm-avm-res-app-containerapp/issues/115).
 */
export function addContainerApp(scope: Construct, body: ContainerAppBody): ContainerApp {
  const { environment, identity, registry, settings } = body;
  const { port, size, scale } = settings;
  const stack = TerraformStack.of(scope);
  return new ContainerApp(scope, 'Default', {
    name: body.name,
    resourceGroupName: environment.resourceGroupName,
    containerAppEnvironmentId: environment.environmentId,
    workloadProfileName: settings.workloadProfileName,
    revisionMode: 'Single',
    maxInactiveRevisions: INACTIVE_REVISIONS,
    identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
    registry: registry && [{ server: registry.loginServer, identity: identity.identityId }],
    secret:
      body.secrets.length === 0
        ? undefined
        : body.secrets.map(({ name, keyVaultSecretId }) => ({
            name,
            keyVaultSecretId,
            identity: identity.identityId,
          })),
    ingress: {
      externalEnabled: settings.external,
      targetPort: port,
      transport: 'auto',
      allowInsecureConnections: false,
      clientCertificateMode: 'ignore',
      // Required even where there is one revision: https://github.com/hashicorp/terraform-provider-azurerm/issues/20537
      trafficWeight: [{ latestRevision: true, percentage: 100 }],
    },
    template: {
      minReplicas: scale.minReplicas,
      maxReplicas: scale.maxReplicas,
      cooldownPeriodInSeconds: 300,
      pollingIntervalInSeconds: 30,
      terminationGracePeriodSeconds: settings.terminationGraceSeconds,
      httpScaleRule: [{ name: 'http', concurrentRequests: String(scale.concurrentRequests) }],
      container: [
        {
          name: 'app',
          image: body.image,
          command: body.command && [...body.command],
          cpu: size.cpu,
          memory: `${size.memoryGib}Gi`,
          env: [...body.variables],
          ...healthProbes(port, settings.startupSeconds),
        },
      ],
    },
    tags: body.tags,
    lifecycle: { createBeforeDestroy: true },
    dependsOn: body.waitFor.filter((resource) => TerraformStack.of(resource) === stack),
  });
}
