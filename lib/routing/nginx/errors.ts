import { quoted } from '../../contracts/printable';

export function routerNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `routerName ${quoted(name)} of ${path} is not valid: it has 2 to 32 lower-case letters, digits and single '-', starts with a letter and ends with a letter or digit; respell it`,
  );
}

export function headerNameInvalid(path: string, property: string, header: unknown): Error {
  return new Error(
    `${property} ${quoted(header)} of ${path} is not valid: it has 1 to 64 lower-case letters and digits in words divided by '-', starts with a letter, and is none that HTTP or the router uses; write for instance 'x-user-id'`,
  );
}

export function headersNotDistinct(path: string, header: string): Error {
  return new Error(
    `${path} takes both the user's id and the override's secret from the header ${quoted(header)}; give userHeader and overrideSecret.header names of their own`,
  );
}

export function overrideSecretMismatch(path: string, override: boolean): Error {
  return new Error(
    override
      ? `${path} lets the authorised override the release, and has no secret by which to know them: pass overrideSecret, or leave out allowOverride`
      : `${path} has an overrideSecret and does not let anybody override the release: pass allowOverride: true, or leave out overrideSecret`,
  );
}

export function certificatesFileInvalid(path: string, file: unknown): Error {
  return new Error(
    `trustedCertificates ${quoted(file)} of ${path} is not the path of a file in the image: it is absolute and has letters, digits and '._-' between its slashes; write for instance '/etc/ssl/certs/ca-certificates.crt'`,
  );
}

export function orchestratorUrlInvalid(path: string, label: string, url: unknown): Error {
  return new Error(
    `url ${quoted(url)} of the orchestrator ${label} in ${path} cannot be reached by nginx: it is https:// and a host, with a port if need be, and nothing after it`,
  );
}

export function vaultAccessMissing(path: string): Error {
  return new Error(
    `${path} reads its overrideSecret with an identity of its own, to which nobody gave access: pass overrideSecret.keyVaultId, or an identity that may read the secret`,
  );
}
