import { CalendarDate, isCalendarDate } from '../contracts/calendar-date';
import { bundledContent } from './bundled-catalog';
import { CatalogStaleness, stalenessOf } from './catalog-age';
import { CatalogContent, CatalogRecord, contentOf } from './catalog-content';
import {
  CatalogAge,
  CatalogDocument,
  FamilyEntry,
  ModelSeller,
  OverlayDocument,
  SourceEntry,
} from './catalog-document';
import { loadOverlay, readCatalogFile } from './catalog-file';
import { apiVersion, CatalogIndex, ModelReference, NamedModel, recordOf, versionsOf } from './catalog-index';
import { notACalendarDay, unknownCloud } from './errors';
import { documentOf } from './layered-document';
import { AzureCloud, LifecycleLookup, LifecycleQuery, ModelSpelling } from './lifecycle';
import { answerFrom } from './lifecycle-answer';
import { applicableRetirement, stageOn } from './lifecycle-stage';
import { detailsOf, ModelDetails } from './model-details';
import { layingProblems, overlaid } from './overlay';

/** How a catalogue is opened. */
export interface ModelCatalogOptions {
  /**
   * Cloud whose schedule applies; Azure Government has its own, and models that are not on it are unknown there.
   * @default 'public'
   */
  readonly cloud?: AzureCloud;
}

/** A catalogue that says nothing of a cloud is as stale as can be. */
const NEVER: CalendarDate = '1970-01-01';

/** The files that a catalogue consists of. */
export interface ModelCatalogLayers extends ModelCatalogOptions {
  /** @default - the catalogue that this package ships */
  readonly file?: string;
  /** @default - none */
  readonly overlays?: readonly string[];
}

/**
 * What is known of models and their versions: immutable, read when first asked.
 *
 * Facts, not rules: every answer is for a day that the caller passes in.
 */
export class ModelCatalog {
  /** The catalogue that this package ships. */
  public static bundled(options: ModelCatalogOptions = {}): ModelCatalog {
    return new ModelCatalog(bundledContent, requireCloud(options.cloud));
  }

  /**
   * A catalogue from a file, described by `catalog.schema.json`.
   *
   * @throws one error that names the file and every entry that cannot be used
   */
  public static fromFile(path: string, options: ModelCatalogOptions = {}): ModelCatalog {
    const content = contentOf(readCatalogFile(path), path);
    return new ModelCatalog(() => content, requireCloud(options.cloud), path);
  }

  /**
   * A catalogue file, or the bundled one, with overlays on it; the last one is on top.
   *
   * @throws one error that names the file and every entry that cannot be used
   */
  public static open(layers: ModelCatalogLayers = {}): ModelCatalog {
    const { file, overlays = [], cloud } = layers;
    const base = file === undefined ? ModelCatalog.bundled({ cloud }) : ModelCatalog.fromFile(file, { cloud });
    return overlays.reduce((below, overlay) => below.withOverlay(overlay), base);
  }

  private indexed?: CatalogIndex;
  private written?: readonly ModelSpelling[];
  private otherCloud?: ModelCatalog;

  private constructor(
    private readonly content: () => CatalogContent,
    /** Cloud whose schedule applies. */
    public readonly cloud: AzureCloud,
    /** The file that was read; absent for the catalogue that this package ships. */
    public readonly file?: string,
  ) {}

  /**
   * This catalogue with the facts of an overlay on top, described by `overlay.schema.json`; this one stays as it is.
   *
   * @throws one error that names the overlay and every entry that cannot be used
   */
  public withOverlay(pathOrDocument: string | OverlayDocument): ModelCatalog {
    const content = overlaid(this.content(), loadOverlay(pathOrDocument));
    return new ModelCatalog(() => content, this.cloud, this.file);
  }

  /** Why a sound overlay cannot be laid over this catalogue, one sentence each; nothing where it can. */
  public overlayProblems(document: OverlayDocument): string[] {
    return layingProblems(this.content(), loadOverlay(document));
  }

  /**
   * What is known of a model version on a day.
   *
   * @throws if the day is not written `YYYY-MM-DD`
   */
  public lookup(query: LifecycleQuery, on: CalendarDate): LifecycleLookup {
    if (!isCalendarDate(on)) {
      throw notACalendarDay(on);
    }
    if (query.cloud !== undefined && query.cloud !== this.cloud) {
      return this.inCloud(query.cloud).lookup(query, on);
    }
    const reference = this.deployableModel(query);
    if (reference === undefined) {
      return { kind: 'unknown-model', nearest: this.index.nearest(query.name) };
    }
    const { model, fineTuned } = reference;
    const version = reference.version ?? query.version;
    const record = judgedRecord(model, version, on);
    if (record === undefined) {
      return { kind: 'unknown-version', format: model.format, name: model.name, versions: apiVersions(model) };
    }
    const answer = answerFrom(record, {
      version: apiVersion(record.facts, version),
      sku: query.sku,
      scope: fineTuned ? 'fine-tune' : (query.scope ?? 'base'),
      on,
      fineTunedFrom: this.baseOf(record),
      asOf: this.newestSourceDay(record),
    });
    return { kind: 'known', answer };
  }

  /**
   * Every way in which the name of a model is written, in lower case: models of this cloud, and those that only the
   * public cloud has, which a text may name all the same.
   */
  public spellings(): readonly ModelSpelling[] {
    this.written ??= [...this.ownSpellings(), ...this.publicSpellings()];
    return this.written;
  }

  private ownSpellings(): ModelSpelling[] {
    return this.index.all().flatMap((model) => {
      const versions = model.records.flatMap(({ facts }) => versionsOf(facts));
      const spellings = new Set(model.spellings.map((spelling) => spelling.toLowerCase()));
      return [...spellings].map((spelling) => ({ spelling, format: model.format, name: model.name, versions }));
    });
  }

  private publicSpellings(): ModelSpelling[] {
    if (this.cloud === 'public') {
      return [];
    }
    const isKnownHere = (written: string) => this.index.named(written).length > 0;
    return this.inCloud('public')
      .spellings()
      .filter(({ name, spelling }) => !isKnownHere(name) && !isKnownHere(spelling))
      .map((model) => ({ ...model, cloud: 'public' }));
  }

  /** The same knowledge for the other cloud. */
  private inCloud(cloud: AzureCloud): ModelCatalog {
    this.otherCloud ??= new ModelCatalog(this.content, requireCloud(cloud), this.file);
    return this.otherCloud;
  }

  /** Day of the newest source of the seller whose models were looked at longest ago. */
  public get asOf(): CalendarDate {
    const days = this.ownAges().map(({ asOf }) => asOf);
    return days.sort()[0] ?? NEVER;
  }

  /** The seller whose models were looked at longest ago; absent where those of all were looked at on one day. */
  public get oldestSeller(): ModelSeller | undefined {
    const ages = this.ownAges();
    const oldest = ages.filter(({ asOf }) => asOf === this.asOf);
    return oldest.length < ages.length ? oldest[0]!.seller : undefined;
  }

  /** Day as of which models are known by cloud and seller, of every cloud. */
  public ages(): readonly CatalogAge[] {
    return this.content().ages;
  }

  /** How old the knowledge of this cloud is on a day. */
  public staleness(on: CalendarDate): CatalogStaleness {
    return stalenessOf(this.asOf, on);
  }

  /** The documents and API answers that the catalogue was made from. */
  public sources(): readonly SourceEntry[] {
    return this.content().sources;
  }

  /** Every entry of this cloud. */
  public records(): readonly CatalogRecord[] {
    return this.index.all().flatMap(({ records }) => records);
  }

  /** What all layers say together of every cloud, as one document that could be a catalogue file. */
  public document(): CatalogDocument {
    return documentOf(this.content());
  }

  /** Everything that is kept of one model version, or of a name whose versions the sources do not tell apart. */
  public details(query: Pick<LifecycleQuery, 'format' | 'name' | 'version'>): ModelDetails | undefined {
    const reference = this.deployableModel(query);
    const record =
      reference && (recordOf(reference.model, reference.version ?? query.version) ?? everyVersion(reference.model));
    return record && detailsOf(record, this.content());
  }

  /** What a text means that names a model and perhaps its version, as `gpt-35-turbo-0613` does. */
  public reference(text: string, format?: string): ModelReference | undefined {
    return this.index.reference(text, format);
  }

  /** Families of models, as `classifyUpdate` reads them. */
  public families(): readonly FamilyEntry[] {
    return this.content().families();
  }

  private get index(): CatalogIndex {
    this.indexed ??= new CatalogIndex(this.content(), this.cloud);
    return this.indexed;
  }

  private deployableModel(query: Pick<LifecycleQuery, 'format' | 'name' | 'version'>): ModelReference | undefined {
    const { format, name, version } = query;
    const models = this.index.named(name, format);
    if (models.length > 1) {
      // Several publishers use the name: the version decides, if only one of them has it.
      const [model, ...others] = models.filter((candidate) => recordOf(candidate, version) !== undefined);
      return model !== undefined && others.length === 0 ? { model, fineTuned: false } : undefined;
    }
    if (models.length === 1) {
      return { model: models[0]!, fineTuned: false };
    }
    // A text that joins name and version is no name that Azure knows, unless Azure itself made it for a fine-tuned model.
    const reference = this.index.reference(name, format);
    return reference?.fineTuned && reference.version !== undefined ? reference : undefined;
  }

  private ownAges(): CatalogAge[] {
    return this.ages().filter(({ cloud }) => cloud === this.cloud);
  }

  private baseOf({ facts: { format, fineTunedFrom } }: CatalogRecord): CatalogRecord | undefined {
    const [base] = fineTunedFrom === undefined ? [] : this.index.named(fineTunedFrom.name, format);
    return base && recordOf(base, fineTunedFrom!.version);
  }

  private newestSourceDay({ facts: { seller = 'azure' }, sources }: CatalogRecord): CalendarDate {
    const age = this.ages().find((candidate) => candidate.cloud === this.cloud && candidate.seller === seller);
    const own = sources[0]!.asOf;
    return age === undefined || own > age.asOf ? own : age.asOf;
  }
}

/**
 * The entry that answers for a version: the one that lists it, else the one for every version of the name, but only
 * once that is retired. While it lives, nothing says which versions exist.
 */
function judgedRecord(model: NamedModel, version: string, on: CalendarDate): CatalogRecord | undefined {
  const listed = recordOf(model, version);
  if (listed !== undefined) {
    return listed;
  }
  const every = everyVersion(model);
  const isGone = every && stageOn(every, applicableRetirement(every, undefined, 'base'), 'base', on) === 'retired';
  return isGone ? every : undefined;
}

function everyVersion(model: NamedModel): CatalogRecord | undefined {
  return model.records.find(({ facts }) => facts.version === null);
}

function apiVersions(model: NamedModel): string[] {
  return model.records.flatMap(({ facts: { version, versions = [] } }) => (version === null ? versions : [version]));
}

function requireCloud(cloud: AzureCloud = 'public'): AzureCloud {
  if (cloud !== 'public' && cloud !== 'usgovernment') {
    throw unknownCloud(cloud);
  }
  return cloud;
}
