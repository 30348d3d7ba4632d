import type { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { NGINX_ROUTER_ENVIRONMENT } from '../../contracts/nginx-router-environment';
import { connectIdentity } from '../../orchestrators/container-app/app-identity';
import { imageReference } from '../../orchestrators/container-app/app-image';
import { requireParts } from '../../orchestrators/container-app/app-parts';
import { claimAppName } from '../../orchestrators/container-app/app-registry';
import { connectSecrets } from '../../orchestrators/container-app/app-secrets';
import { appSettings } from '../../orchestrators/container-app/app-settings';
import { addContainerApp } from '../../orchestrators/container-app/container-app-body';
import { grantPull } from '../../orchestrators/container-app/registry-pull';
import { derivedName, LONGEST_APP_NAME } from '../../orchestrators/resource-names';
import { ReleaseRouter } from '../release-router';
import { ReleaseRouterKind } from '../router-capabilities';
import { ROUTER_HEADERS } from '../router-headers';
import { orchestratorUrlInvalid } from './errors';
import { nginxConfiguration } from './nginx-configuration';
import { NginxReleaseRouterProps } from './nginx-release-router-props';
import {
  DEFAULT_BODY_MEBIBYTES,
  DEFAULT_CERTIFICATES,
  DEFAULT_READ_TIMEOUT_SECONDS,
  DEFAULT_SECRET_HEADER,
  requireNginxProps,
} from './nginx-router-checks';
import { NginxSettings, PORT } from './nginx-settings';
import { isOrchestratorUrl } from './nginx-texts';
import { nginxBucketRelease } from './split-clients';
import { startScript } from './start-script';

const DIGEST_LENGTH = 8;
const STARTUP_SECONDS = 30;

/** A router that is down takes every release with it, and a request costs it little. */
const MIN_REPLICAS = 2;
const CONCURRENT_REQUESTS = 200;

/**
 * A release router that is nginx in a Container App: `split_clients` on the user's id decides which release answers.
 *
 * It validates no tokens, so that something trusted has to be in front of it and say who the user is. Shares are part
 * of its configuration, which is an environment variable: a change of them is a new revision of the same app, whose name and URL stay.
 *
 * @example
 *
 * const router = new NginxReleaseRouter(this, 'router', {
 *   environment,
 *   image: 'docker.io/library/nginx@sha256:65645c7bb6a0661892a8b03b89d0743208a18dd2f3f17a54ef4b76fb8e2f2a10',
 *   salt: 'chat-2026-11',
 *   releases: [RoutedRelease.stable(v1), RoutedRelease.canary(v2, { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 2) })],
 * });
 */
export class NginxReleaseRouter extends ReleaseRouter {
  /** Name of the Container App. */
  public readonly routerName: string;

  /** Object id of the identity with which the image is pulled and the override's secret is read. */
  public readonly principalId: string;

  /** The Terraform resource. */
  public readonly resource: ContainerApp;

  /**
   * @throws if a property cannot be used, or the releases are not ones that a router can serve
   */
  constructor(scope: Construct, id: string, props: NginxReleaseRouterProps) {
    super(scope, id, ReleaseRouterKind.NGINX, props);
    const { path } = this.node;
    requireNginxProps(path, props);
    requireParts(path, props);
    const { environment, registry, overrideSecret, scale, tags = {} } = props;
    const configuration = nginxConfiguration(this.settings(props));
    const settings = appSettings(path, {
      ...props,
      port: PORT,
      scale: {
        minReplicas: scale?.minReplicas ?? MIN_REPLICAS,
        maxReplicas: scale?.maxReplicas,
        concurrentRequests: scale?.concurrentRequests ?? CONCURRENT_REQUESTS,
      },
      startupSeconds: STARTUP_SECONDS,
    });
    const image = imageReference(path, props.image, registry);
    this.routerName = props.routerName ?? this.deriveName(props);
    claimAppName(environment, path, this.routerName);
    const identity = connectIdentity(this, this.routerName, environment, props.identity, tags);
    const secrets = connectSecrets(
      this,
      identity,
      overrideSecret ? [{ ...overrideSecret, environmentVariable: NGINX_ROUTER_ENVIRONMENT.overrideSecret }] : [],
    );
    this.principalId = identity.principalId;
    this.resource = addContainerApp(this, {
      name: this.routerName,
      environment,
      image,
      command: ['/bin/sh', '-c', startScript(overrideSecret !== undefined)],
      registry,
      identity,
      settings,
      variables: [
        { name: NGINX_ROUTER_ENVIRONMENT.configuration, value: configuration },
        { name: NGINX_ROUTER_ENVIRONMENT.killSwitch, value: props.killSwitch ? 'on' : 'off' },
        ...secrets.variables,
      ],
      secrets: secrets.references,
      tags,
      waitFor: [...(registry ? [grantPull(this, registry, identity)] : []), ...secrets.access],
    });
  }

  /** Base URL that applications call, without a slash at the end; it stays the same whatever release answers. */
  public get url(): string {
    return `https://${this.resource.ingress.fqdn}`;
  }

  /**
   * Label of the release that serves a user, as long as neither override nor kill switch says otherwise.
   *
   * @param userId - what stands in the user header
   */
  public releaseFor(userId: string): string {
    return nginxBucketRelease(this._rows, this.salt, userId);
  }

  private settings(props: NginxReleaseRouterProps): NginxSettings {
    const { mirror, overrideSecret } = props;
    return {
      rows: this._rows,
      upstreams: this.upstreams(),
      salt: this.salt,
      userHeader: props.userHeader ?? ROUTER_HEADERS.user,
      overrideSecretHeader: overrideSecret && (overrideSecret.header ?? DEFAULT_SECRET_HEADER),
      mirror:
        mirror !== undefined && this._mirroredBuckets > 0
          ? { label: mirror.candidate.label, basisPoints: this._mirroredBuckets }
          : undefined,
      largestBodyMebibytes: props.largestBodyMebibytes ?? DEFAULT_BODY_MEBIBYTES,
      readTimeoutSeconds: props.readTimeoutSeconds ?? DEFAULT_READ_TIMEOUT_SECONDS,
      trustedCertificates: props.trustedCertificates ?? DEFAULT_CERTIFICATES,
    };
  }

  private upstreams(): Record<string, string> {
    const urls: Record<string, string> = {};
    for (const { label, orchestrator } of this.releases) {
      if (orchestrator !== undefined) {
        if (!isOrchestratorUrl(orchestrator.url)) {
          throw orchestratorUrlInvalid(this.node.path, label, orchestrator.url);
        }
        urls[label] = orchestrator.url;
      }
    }
    return urls;
  }

  /** Another environment or resource group, another name: what replaces the app exists beside it for a while. */
  private deriveName({ environment }: NginxReleaseRouterProps): string {
    const { environmentId, resourceGroupName } = environment;
    const digest = expressionDigest(this, [this.node.path, environmentId, resourceGroupName], DIGEST_LENGTH);
    return derivedName(this.node.id, digest, LONGEST_APP_NAME);
  }
}
