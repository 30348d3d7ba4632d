import { CatalogContent, CatalogRecord } from './catalog-content';
import { StagedFacts } from './catalog-document';
import { AzureCloud } from './lifecycle';
import { sameFormat, sameText } from './model-key';
import { KnownNames } from './nearest-names';

/** One model name of one format, with every version that is known of it. */
export interface NamedModel {
  readonly format: string;
  readonly name: string;
  readonly records: readonly CatalogRecord[];
  /** Every way to write the name, the API's first. */
  readonly spellings: readonly string[];
}

/** What a text that names a model means. */
export interface ModelReference {
  readonly model: NamedModel;
  /** The version, where the text contains one, as `gpt-35-turbo-0613` does. */
  readonly version?: string;
  /** Whether the text is the name that Azure gave to a fine-tuned model. */
  readonly fineTuned: boolean;
}

interface GrowingModel extends NamedModel {
  readonly records: CatalogRecord[];
  readonly spellings: string[];
}

/**
 * Azure names a fine-tuned model after its base and the training job, `gpt-4.1-2025-04-14.ft-b044a9d3…`,
 * and gives it version `1`.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning-deploy
 */
const FINE_TUNED = /^(?<base>[^.].*)\.ft-[A-Za-z0-9-]+$/;

/** The models of one cloud by name; built once for a catalogue, each model when its name is first asked for. */
export class CatalogIndex {
  private readonly byName = new Map<string, CatalogRecord[]>();
  private readonly bySpelling = new Map<string, GrowingModel[]>();
  private readonly nearestNames = new Map<string, readonly string[]>();
  private knownNames?: KnownNames;

  public constructor(content: CatalogContent, cloud: AzureCloud) {
    for (const record of content.records) {
      if ((record.facts.cloud ?? 'public') === cloud) {
        this.list(record);
      }
    }
    // Names come before spellings: a text that is one model's name never means another one.
    for (const { spelling, format, name } of content.spellings) {
      const [model] = this.find(name, format);
      if (model !== undefined && this.find(spelling, format).length === 0) {
        model.spellings.push(spelling);
        this.bySpelling.set(spelling.toLowerCase(), [...this.find(spelling), model]);
      }
    }
  }

  public all(): readonly NamedModel[] {
    // A spelling of one model may be the name of another, which then lists both.
    return [...new Set([...this.byName.keys()].flatMap((name) => this.find(name)))];
  }

  /** The models with this name, of one format or of all. */
  public named(name: string, format?: string): readonly NamedModel[] {
    return this.find(name, format);
  }

  /** What a text means that may hold a version as well; nothing where that is unknown or ambiguous. */
  public reference(text: string, format?: string): ModelReference | undefined {
    const base = FINE_TUNED.exec(text)?.groups?.base;
    const fineTuned = base !== undefined;
    const written = base ?? text;
    const [model, ...others] = this.named(written, format);
    if (model !== undefined) {
      return others.length === 0 ? { model, fineTuned } : undefined;
    }
    for (let dash = written.lastIndexOf('-'); dash > 0; dash = written.lastIndexOf('-', dash - 1)) {
      const version = written.slice(dash + 1);
      for (const candidate of this.named(written.slice(0, dash), format)) {
        const found = versionOf(candidate, version);
        if (found !== undefined) {
          return { model: candidate, version: found, fineTuned };
        }
      }
    }
    return undefined;
  }

  /** Names that were probably meant; one of another format says so. */
  public nearest(name: string): readonly string[] {
    // A configuration tends to repeat its mistakes.
    const known = this.nearestNames.get(name);
    const nearest = known ?? this.findNearest(name);
    this.nearestNames.set(name, nearest);
    return nearest;
  }

  private findNearest(name: string): string[] {
    const sameName = this.named(name);
    if (sameName.length > 0) {
      return sameName.slice(0, 3).map((model) => `${model.name} (format ${model.format})`);
    }
    const joined = this.reference(name);
    if (joined !== undefined) {
      return [joined.model.name];
    }
    this.knownNames ??= new KnownNames(new Set([...this.byName.keys(), ...this.bySpelling.keys()]));
    const near = this.knownNames.nearest(name).map((spelling) => this.find(spelling)[0]!.name);
    return [...new Set(near)];
  }

  private list(record: CatalogRecord): void {
    const key = record.facts.name.toLowerCase();
    const listed = this.byName.get(key);
    if (listed === undefined) {
      this.byName.set(key, [record]);
    } else {
      listed.push(record);
    }
  }

  private find(name: string, format?: string): GrowingModel[] {
    const key = name.toLowerCase();
    const models = this.bySpelling.get(key) ?? this.gather(key);
    return format === undefined ? models : models.filter((model) => sameFormat(model.format, format));
  }

  private gather(key: string): GrowingModel[] {
    const models: GrowingModel[] = [];
    for (const record of this.byName.get(key) ?? []) {
      const { format, name } = record.facts;
      const known = models.find((model) => sameFormat(model.format, format));
      if (known === undefined) {
        models.push({ format, name, records: [record], spellings: [name] });
      } else {
        known.records.push(record);
      }
    }
    if (models.length > 0) {
      this.bySpelling.set(key, models);
    }
    return models;
  }
}

/** The API's spelling of a version that is listed for the model. */
export function versionOf(model: NamedModel, written: string): string | undefined {
  const record = recordOf(model, written);
  return record && apiVersion(record.facts, written);
}

/** The entry that lists a version. */
export function recordOf(model: NamedModel, written: string): CatalogRecord | undefined {
  return model.records.find((record) => versionsOf(record.facts).some((version) => sameText(version, written)));
}

/** The versions that an entry lists, the API's spelling first. */
export function versionsOf({ version, versions = [], versionSpellings = [] }: StagedFacts): readonly string[] {
  return version === null ? versions : [version, ...versionSpellings];
}

/** How the API writes a version that the entry lists, or the text itself where the entry is for every version. */
export function apiVersion(facts: StagedFacts, written: string): string {
  return facts.version ?? facts.versions?.find((version) => sameText(version, written)) ?? written;
}
