import { TrafficRow } from '../../contracts/traffic-row';

/** Users a copy of whose requests goes to a release whose answers nobody sees. */
export interface NginxMirrorSettings {
  readonly label: string;
  /** 1 to 10,000 of 10,000 users. */
  readonly basisPoints: number;
}

/** All that the configuration of nginx is written from. Every text in it has been checked by `nginx-texts.ts`. */
export interface NginxSettings {
  /** Every release, retired ones included; together they own all buckets. */
  readonly rows: readonly TrafficRow[];
  /** Base URL by label, for all but retired releases; may hold Terraform references. */
  readonly upstreams: Readonly<Record<string, string>>;
  readonly salt: string;
  /** Header with the id of the user, lower-case. */
  readonly userHeader: string;
  /** Header with the secret that opens the override, lower-case; without it nobody may override. */
  readonly overrideSecretHeader?: string;
  readonly mirror?: NginxMirrorSettings;
  readonly largestBodyMebibytes: number;
  /** Longest silence of an orchestrator. */
  readonly readTimeoutSeconds: number;
  /** File in the image with the certificate authorities that orchestrators are checked against. */
  readonly trustedCertificates: string;
}

/** Where the start script writes its files, nginx its process id, and bodies too large for memory wait. */
export const DIRECTORY = '/tmp/release-router';

/** Port on which nginx listens; one above 1023, so that it need not be root. */
export const PORT = 8080;
