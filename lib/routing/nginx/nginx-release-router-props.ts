import type { AppIdentity, AppScale, AppSize } from '../../orchestrators/container-app/container-app-options';
import type { IOrchestratorEnvironment } from '../../orchestrators/environment/orchestrator-environment-interface';
import type { IImageRegistry } from '../../orchestrators/image-registry/image-registry-interface';
import { ReleaseRouterProps } from '../release-router-props';

/** The secret by which the router knows who may override the release of a request. */
export interface NginxOverrideSecret {
  /**
   * URL of the Key Vault secret, `https://<vault>.vault.azure.net/secrets/<name>[/<version>]`; may be a Terraform token. Its value
   * has 32 to 256 letters, digits, `_` and `-`; with any other the router does not start.
   *
   * Without a version Azure takes a new value over within half an hour and restarts the replicas.
   *
   * @see https://learn.microsoft.com/azure/container-apps/manage-secrets
   */
  readonly keyVaultSecretId: string;

  /**
   * Resource id of the vault, on which the router's identity is given the role `Key Vault Secrets User`; may be a Terraform token.
   *
   * @default - `identity` was given access elsewhere
   */
  readonly keyVaultId?: string;

  /**
   * Header of a request in which the secret is expected, lower-case. It never reaches an orchestrator.
   *
   * @default 'x-release-override-secret'
   */
  readonly header?: string;
}

/** Properties of an `NginxReleaseRouter`. */
export interface NginxReleaseRouterProps extends ReleaseRouterProps {
  /** Container Apps environment in which the router runs. */
  readonly environment: IOrchestratorEnvironment;

  /**
   * Image with nginx 1.22 or later, by its digest and without a tag, for instance
   * `docker.io/library/nginx@sha256:65645c7bb6a0661892a8b03b89d0743208a18dd2f3f17a54ef4b76fb8e2f2a10` (1.27.5 on Alpine).
   *
   * It has `/bin/sh`, `awk` and the modules that nginx is built with unless told otherwise, as nginx's own images have, those that
   * do not run as root included.
   */
  readonly image: string;

  /**
   * Registry from which the image is pulled with the router's identity.
   *
   * @default - the image is pulled without credentials
   */
  readonly registry?: IImageRegistry;

  /**
   * Identity with which the image is pulled and the override's secret is read.
   *
   * @default - one that is made for the router
   */
  readonly identity?: AppIdentity;

  /**
   * How the authorised are known; needed with `allowOverride: true`.
   *
   * @default - nobody may override the release
   */
  readonly overrideSecret?: NginxOverrideSecret;

  /**
   * Header of a request with the id of its user, lower-case: up to 256 bytes without white space, control characters and commas.
   *
   * nginx validates no tokens. What is in front of the router has to set this header, and to drop it from what callers send:
   * whoever can set it chooses the user he is. A request without it gets a release at random, each time anew.
   *
   * @default 'x-user-id'
   */
  readonly userHeader?: string;

  /**
   * Sends everybody to the stable release at once; an authorised override still works, and nothing is mirrored.
   *
   * It is the environment variable `KILL_SWITCH` (`on` or `off`) of the container. In an emergency an operator sets it there, which
   * starts a new revision with it, and the next plan shows that as drift.
   *
   * @default false
   */
  readonly killSwitch?: boolean;

  /**
   * Whether the router is reached from outside of its environment: from the internet, or from the virtual network
   * where the environment is internal.
   *
   * @default false
   */
  readonly external?: boolean;

  /**
   * Name of the Container App: 2 to 32 lower-case letters, digits and single `-`, starting with a letter.
   *
   * Changing it replaces the router, and with it its URL.
   *
   * @default - the construct's id with digits derived from its path and environment
   */
  readonly routerName?: string;

  /**
   * How many replicas run.
   *
   * @default - 2 to 10, another one for every 200 simultaneous requests, also for what is left out of it
   */
  readonly scale?: AppScale;

  /**
   * Cores and memory of a replica.
   *
   * @default - half a core and 1 GiB
   */
  readonly size?: AppSize;

  /**
   * Largest body of a request in MiB, 1 to 1024. A larger one is answered 413.
   *
   * @default 16
   */
  readonly largestBodyMebibytes?: number;

  /**
   * Longest silence of an orchestrator in seconds, 1 to 1800, before and within an answer; after it the answer is 504, or breaks off.
   *
   * Container Apps itself ends a silent request after 240 seconds unless the environment has premium ingress.
   *
   * @default 240
   * @see https://learn.microsoft.com/azure/container-apps/ingress-environment-configuration
   */
  readonly readTimeoutSeconds?: number;

  /**
   * Seconds that a replica may go on with its answers when it is to stop, 0 to 600; a stream that takes longer is cut.
   *
   * @default 600
   */
  readonly terminationGraceSeconds?: number;

  /**
   * File in the image with the certificate authorities by which orchestrators are known.
   *
   * @default '/etc/ssl/certs/ca-certificates.crt'
   */
  readonly trustedCertificates?: string;

  /**
   * Tags of the router's resources.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
