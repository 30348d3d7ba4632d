import { CatalogDocument, ModelEntry } from '../catalog/catalog-document';
import { AzureCloud } from '../catalog/lifecycle';
import { modelKey } from '../catalog/model-key';

/** How a catalogue writes what a list names. */
export interface KnownName {
  readonly format: string;
  readonly name: string;
}

/** The models of a catalogue, found by any way to write them. */
export class KnownModels {
  private readonly models = new Map<string, ModelEntry[]>();
  private readonly spellings = new Map<string, KnownName>();

  constructor(readonly document: CatalogDocument) {
    for (const entry of document.models) {
      const key = modelKey(entry.format, entry.name);
      const same = this.models.get(key);
      if (same === undefined) {
        this.models.set(key, [entry]);
      } else {
        same.push(entry);
      }
    }
    for (const { spelling, format, name } of document.spellings ?? []) {
      this.spellings.set(modelKey(format, spelling), { format, name });
    }
  }

  /** The name as the catalogue writes it; as given where it knows none. */
  nameOf(format: string, name: string): KnownName {
    const key = modelKey(format, name);
    const [known] = this.models.get(key) ?? [];
    return known ?? this.spellings.get(key) ?? { format, name };
  }

  /** The entry for a version: the one that lists it, else the one for every version of the name. */
  entryOf(cloud: AzureCloud, { format, name }: KnownName, version: string): ModelEntry | undefined {
    const entries = this.namesakes({ format, name }).filter((entry) => (entry.cloud ?? 'public') === cloud);
    return (
      entries.find(({ version: own, versionSpellings = [] }) =>
        [own, ...versionSpellings].some((written) => written?.toLowerCase() === version.toLowerCase()),
      ) ?? entries.find((entry) => entry.version === null)
    );
  }

  /** Entries of the same name, of every version and cloud. */
  namesakes({ format, name }: KnownName): readonly ModelEntry[] {
    return this.models.get(modelKey(format, name)) ?? [];
  }
}
