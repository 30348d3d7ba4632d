import { isJsonObject } from './json-file';
import { describeJsonError } from './json-syntax';
import { ReleaseManifest } from './release-manifest';
import { MANIFEST_SHAPE } from './release-manifest-shape';

/** What reading a manifest came to: the manifest, or one sentence for everything that is wrong with it. */
export type ReleaseManifestReading =
  | { readonly kind: 'manifest'; readonly manifest: ReleaseManifest }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads the text of a manifest. One that is not canonical JSON is a manifest all the same, whose text has the hash of another release. */
export function readReleaseManifest(text: string): ReleaseManifestReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'problems', problems: [`the manifest is not JSON: ${describeJsonError(text)}`] };
  }
  if (isJsonObject(value) && value.schemaVersion !== undefined && value.schemaVersion !== 1) {
    return {
      kind: 'problems',
      problems: ['the manifest has a schemaVersion that is not 1; read it with a newer version of the package'],
    };
  }
  const problems = releaseManifestProblems(value);
  return problems.length === 0
    ? { kind: 'manifest', manifest: value as ReleaseManifest }
    : { kind: 'problems', problems };
}

/** What is wrong with a value that should be a manifest, as `release-manifest.schema.json` describes it. */
export function releaseManifestProblems(value: unknown): string[] {
  const problems: string[] = [];
  MANIFEST_SHAPE(value, '', (problem) => problems.push(problem));
  return problems;
}
