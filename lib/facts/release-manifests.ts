import { ReleaseManifest } from '../contracts/release-manifest';
import { readReleaseManifest } from '../contracts/release-manifest-reader';
import { Attribute } from './attribute';
import { resolveValue } from './expression';
import { Instance } from './instances';
import { property } from './json';
import { ManifestFact, VariableFact } from './release-facts';
import { ReferredResource, StackReferences } from './stack-references';
import { Unresolved } from './unresolved';

const BLOB = 'azurerm_storage_blob';

/** Names of blobs may hold `/`; the end of a URL is compared with as many parts. */
const MOST_NAME_PARTS = 4;

/** Finds the manifest that a container is told, in its environment or in a blob of the stack. */
export class ManifestFinder {
  private blobs?: ReadonlyMap<string, ReferredResource>;

  constructor(private readonly references: StackReferences) {}

  /** @param urlAsWritten value of the variable that holds the URL, before references are followed */
  find(text: VariableFact, url: VariableFact, urlAsWritten: unknown, instance: Instance): ManifestFact {
    const [given] = [text, url].filter(({ value }) => value.state !== 'absent');
    if (given === undefined) {
      return { state: 'absent' };
    }
    if (given.isSecret) {
      return { state: 'secret', path: given.path };
    }
    if (given === text) {
      return manifestIn(text.path, text.value);
    }
    const blob = this.blobAt(urlAsWritten, url.value, instance);
    return blob === undefined ? { state: 'elsewhere', path: url.path, url: url.value } : manifestOfBlob(blob);
  }

  private blobAt(written: unknown, url: Attribute, instance: Instance): ReferredResource | undefined {
    const referred = this.references.referred(written, instance);
    if (referred?.address.startsWith(`${BLOB}.`)) {
      return referred;
    }
    const text = url.state === 'known' ? url.value : url.state === 'unknown' ? url.expression : '';
    const parts = text.split(/[?#]/, 1)[0]!.split('/');
    for (let count = 1; count <= Math.min(MOST_NAME_PARTS, parts.length - 1); count += 1) {
      const blob = this.byName().get(parts.slice(-count).join('/'));
      if (blob !== undefined) {
        return blob;
      }
    }
    return undefined;
  }

  private byName(): ReadonlyMap<string, ReferredResource> {
    this.blobs ??= new Map(
      this.references.ofType(BLOB).map((blob) => [this.references.text(blob, 'name') ?? '', blob]),
    );
    return this.blobs;
  }
}

/** The manifest that a value is the text of, so that it is no literal: what models it names is the release's. */
export function manifestOf(resolved: unknown): ReleaseManifest | undefined {
  const reading =
    typeof resolved === 'string' && resolved.includes('"schemaVersion"') ? readReleaseManifest(resolved) : undefined;
  return reading?.kind === 'manifest' ? reading.manifest : undefined;
}

function manifestOfBlob({ address, body, instance }: ReferredResource): ManifestFact {
  const content = resolveValue(property(body, 'source_content'), instance.scope);
  const path = `${address}.source_content`;
  if (typeof content === 'string') {
    return manifestIn(path, { state: 'known', value: content });
  }
  const expression = content instanceof Unresolved ? content.expression : 'the content of a file';
  return { state: 'unknown', path, expression };
}

function manifestIn(path: string, value: Attribute): ManifestFact {
  if (value.state !== 'known') {
    return { state: 'unknown', path, expression: value.state === 'unknown' ? value.expression : '' };
  }
  const reading = readReleaseManifest(value.value);
  return reading.kind === 'manifest'
    ? { state: 'read', path, text: value.value, manifest: reading.manifest }
    : { state: 'malformed', path, text: value.value, problem: reading.problems[0]! };
}
