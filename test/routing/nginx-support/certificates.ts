import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority of its own, and the key pairs it signed. */
export interface Certificates {
  /** File with the authority's certificate. */
  readonly authorityFile: string;
  /** For `*.orchestrators.test`. */
  readonly trusted: KeyPair;
  /** For the same names, signed by nobody but itself. */
  readonly untrusted: KeyPair;
}

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const NAMES = 'subjectAltName=DNS:*.orchestrators.test';
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** Makes the certificates with openssl, so that nginx checks them for real. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-certificates-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...commandLine: string[]) => execFileSync('openssl', commandLine, { stdio: 'pipe' });
  const selfSigned = (name: string, subject: string, extension: string) =>
    openssl(
      'req',
      '-x509',
      ...KEY,
      '-subj',
      subject,
      '-addext',
      extension,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.crt`),
    );
  selfSigned('authority', '/CN=Test authority', 'keyUsage=critical,keyCertSign');
  selfSigned('untrusted', '/CN=untrusted', NAMES);
  openssl(
    'req',
    ...KEY,
    '-subj',
    '/CN=orchestrators',
    '-addext',
    NAMES,
    '-keyout',
    file('trusted.key'),
    '-out',
    file('trusted.csr'),
  );
  openssl(
    ...['x509', '-req', '-in', file('trusted.csr'), '-CA', file('authority.crt'), '-CAkey', file('authority.key')],
    ...['-copy_extensions', 'copy', '-days', '2', '-out', file('trusted.crt')],
  );
  const pair = (name: string) => ({
    key: readFileSync(file(`${name}.key`), 'utf8'),
    cert: readFileSync(file(`${name}.crt`), 'utf8'),
  });
  return { authorityFile: file('authority.crt'), trusted: pair('trusted'), untrusted: pair('untrusted') };
}
