import { isWholeNumber } from '../../contracts/whole-number';
import { numberInvalid } from '../../orchestrators/errors';
import { isAppName } from '../../orchestrators/resource-names';
import { ROUTER_HEADERS } from '../router-headers';
import {
  certificatesFileInvalid,
  headerNameInvalid,
  headersNotDistinct,
  overrideSecretMismatch,
  routerNameInvalid,
  vaultAccessMissing,
} from './errors';
import { NginxReleaseRouterProps } from './nginx-release-router-props';
import { isFile, isHeaderName } from './nginx-texts';

export const DEFAULT_SECRET_HEADER = 'x-release-override-secret';
export const DEFAULT_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
export const DEFAULT_BODY_MEBIBYTES = 16;
export const DEFAULT_READ_TIMEOUT_SECONDS = 240;

const WHOLE_NUMBERS = {
  largestBodyMebibytes: [1, 1024],
  readTimeoutSeconds: [1, 1800],
} as const;

/** @throws if a property that ends in the configuration of nginx, or the name of the app, cannot be used */
export function requireNginxProps(path: string, props: NginxReleaseRouterProps): void {
  const { routerName, trustedCertificates = DEFAULT_CERTIFICATES } = props;
  if (routerName !== undefined && !isAppName(routerName)) {
    throw routerNameInvalid(path, routerName);
  }
  if (!isFile(trustedCertificates)) {
    throw certificatesFileInvalid(path, trustedCertificates);
  }
  for (const [property, [least, most]] of Object.entries(WHOLE_NUMBERS)) {
    const value = props[property as keyof typeof WHOLE_NUMBERS];
    if (value !== undefined && !isWholeNumber(value, least, most)) {
      throw numberInvalid(path, property, value, least, most);
    }
  }
  requireHeaders(path, props);
  requireOverride(path, props);
}

function requireHeaders(path: string, props: NginxReleaseRouterProps): void {
  const userHeader = props.userHeader ?? ROUTER_HEADERS.user;
  const secretHeader = props.overrideSecret?.header ?? DEFAULT_SECRET_HEADER;
  for (const [property, header] of Object.entries({ userHeader, 'overrideSecret.header': secretHeader })) {
    if (!isHeaderName(header)) {
      throw headerNameInvalid(path, property, header);
    }
  }
  if (userHeader === secretHeader) {
    throw headersNotDistinct(path, userHeader);
  }
}

function requireOverride(
  path: string,
  { allowOverride: override = false, overrideSecret, identity }: NginxReleaseRouterProps,
): void {
  if (override !== (overrideSecret !== undefined)) {
    throw overrideSecretMismatch(path, override);
  }
  if (overrideSecret && overrideSecret.keyVaultId === undefined && identity === undefined) {
    throw vaultAccessMissing(path);
  }
}
