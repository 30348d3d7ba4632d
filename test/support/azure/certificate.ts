import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its own certificate for `localhost`, made for one run. */
export interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
  /** File with the certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
  remove(): void;
}

export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'fake-azure-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  // prettier-ignore
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', file,
  ], { stdio: 'pipe' });
  return {
    key: readFileSync(key),
    certificate: readFileSync(file),
    file,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
