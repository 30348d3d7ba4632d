import { posix, win32 } from 'node:path';

const WINDOWS_DRIVE = /^[A-Za-z]:[\\/]/u;

/**
 * Where a file stands, as a URI reference that is relative to the root of the repository, where the tool runs: GitHub
 * matches alerts with files by nothing else, and refuses to place results under other roots. A plan that was kept
 * elsewhere is no file of the repository; it goes by its name, and no root is claimed for it.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#specifying-the-root-for-source-files
 */
export function artifactLocation(file: string, workingDirectory: string) {
  const path = WINDOWS_DRIVE.test(file) || WINDOWS_DRIVE.test(workingDirectory) ? win32 : posix;
  const normal = path === posix ? file.replaceAll('\\', '/') : file;
  const relative = path.relative(workingDirectory, path.resolve(workingDirectory, normal));
  const isBelow = relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return isBelow
    ? { uri: encoded(relative.split(path.sep)), uriBaseId: '%SRCROOT%' }
    : { uri: encoded([nameOf(path.basename(normal))]) };
}

function nameOf(base: string): string {
  return base === '' || base === '.' || base === '..' ? 'input' : base;
}

/** No part of it can be taken for a scheme or a host. */
function encoded(segments: readonly string[]): string {
  return segments.map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))).join('/');
}
