import { describeJsonError } from '../contracts/json-syntax';
import { ReleaseManifest } from '../contracts/release-manifest';
import { releaseManifestProblems } from '../contracts/release-manifest-reader';
import { isObject, property } from './json';

/** A manifest, or what is wrong with the text, as a sentence about it. */
export type ManifestReading = { readonly manifest: ReleaseManifest } | { readonly problem: string };

/** Reads a manifest as `readReleaseManifest` does; one whose text is not canonical is a manifest all the same. */
export function readManifest(text: string): ManifestReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: `the manifest is no JSON: ${describeJsonError(text)}` };
  }
  const version = property(value, 'schemaVersion');
  const [problem] =
    isObject(value) && version !== undefined && version !== 1
      ? ['the manifest has a schemaVersion that is not 1: this version of the package does not know it']
      : releaseManifestProblems(value);
  return problem === undefined ? { manifest: value as ReleaseManifest } : { problem };
}
