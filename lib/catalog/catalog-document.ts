import { CalendarDate } from '../contracts/calendar-date';
import { AzureCloud, LifecycleStage, Replacement } from './lifecycle';

/** The version of the file format that this release reads and writes. */
export const CATALOG_SCHEMA_VERSION = 1;

/** Azure's API gives this day where a model has no retirement date; files may use it to say so. */
export const NO_RETIREMENT_DATE: CalendarDate = '2099-12-31';

/** Who sells a model: Azure itself, or a partner through Azure. Each publishes dates on its own. */
export type ModelSeller = 'azure' | 'partner';

export const MODEL_SELLERS: readonly ModelSeller[] = ['azure', 'partner'];

export const LIFECYCLE_STAGES: readonly LifecycleStage[] = [
  'preview',
  'generally-available',
  'legacy',
  'deprecated',
  'retired',
];

/** What a model does; two models of different kinds are called through different requests. */
export type ModelKind = (typeof MODEL_KINDS)[number];

export const MODEL_KINDS = [
  'chat',
  'reasoning',
  'completion',
  'embeddings',
  'image',
  'video',
  'audio',
  'realtime',
  'transcription',
  'tts',
  'rerank',
  'document',
  'forecasting',
  'tabular',
] as const;

/** Retirement dates by SKU name. */
export type SkuDates = Readonly<Record<string, CalendarDate>>;

/** Regions by SKU name: in lower case without blanks, as `eastus2`, and in order. */
export type SkuRegions = Readonly<Record<string, readonly string[]>>;

/** A document or an API answer that facts were read from. */
export interface SourceEntry {
  readonly name: string;
  /** Day as of which the source's facts are true. */
  readonly asOf: CalendarDate;
  readonly kind?: string;
  /** Region that the source is about, where it is about one: `eastus2`. */
  readonly region?: string;
  readonly url?: string;
  readonly notes?: string;
}

/** Dates of deployments that run a model fine-tuned from the entry's model. */
export interface FineTuneDates {
  /** First day on which no new fine-tuning starts. */
  readonly trainingRetirementDate?: CalendarDate;
  /** First day on which fine-tuned deployments refuse inference. */
  readonly deploymentRetirementDate?: CalendarDate;
  /** SKUs that fine-tuned models are deployed under, each with its own date. */
  readonly skuRetirementDates?: SkuDates;
}

/** How Azure upgrades deployments that did not switch auto-upgrade off. */
export interface AutoUpgrade {
  /** Day on which `OnceNewDefaultVersionAvailable` starts to upgrade. */
  readonly startDate: CalendarDate;
  /** Days before retirement on which `OnceCurrentVersionExpired` starts to upgrade. */
  readonly expiryLeadDays?: number;
}

/** What is stated of a model version; an overlay gives only the fields that it changes. */
export interface ModelFacts {
  /** @default 'public' */
  readonly cloud?: AzureCloud;
  /** @default 'azure' */
  readonly seller?: ModelSeller;
  readonly format: string;
  /** The API's name, as a deployment must give it. */
  readonly name: string;
  /** The version that a deployment names; `null` where the source states its facts for the name, whatever the version. */
  readonly version: string | null;
  /** Other ways to write the version, for instance the documentation's `3` for the API's `3.0`. */
  readonly versionSpellings?: readonly string[];
  /** Versions that the API lists, where `version` is `null`. */
  readonly versions?: readonly string[];
  readonly kind?: ModelKind;
  readonly legacyDate?: CalendarDate;
  /** Day from which subscriptions without history cannot create deployments. */
  readonly deprecationDate?: CalendarDate;
  /** A deprecation date that was announced and often not kept: shown, never judged by. */
  readonly announcedDeprecationDate?: CalendarDate;
  /** First day on which inference is refused, for every SKU without a date of its own. */
  readonly retirementDate?: CalendarDate;
  /** Earliest day on which the model may retire, where the source gives no more than that. */
  readonly retirementNotBefore?: CalendarDate;
  readonly skuRetirementDates?: SkuDates;
  readonly fineTune?: FineTuneDates;
  /** SKUs that the API lists, in the regions that were looked at. */
  readonly skus?: readonly string[];
  /** Regions in which the API was seen to list a SKU; a region that is not named was not looked at, or has it not. */
  readonly regions?: SkuRegions;
  readonly defaultVersion?: boolean;
  readonly replacements?: readonly Replacement[];
  readonly autoUpgrade?: AutoUpgrade;
  /** The model that this one was fine-tuned from: its dates for fine-tuned deployments apply. */
  readonly fineTunedFrom?: { readonly name: string; readonly version: string };
  readonly confidence?: 'inferred' | 'low';
  readonly notes?: string;
}

/** What is stated of a model version, its stage included. */
export interface StagedFacts extends ModelFacts {
  /** The stage as the source states it, in the documentation's words. */
  readonly stage: LifecycleStage;
  /** `retired` where the model left every list without a notice: from `retirementDate` or `retirementNotBefore` on. */
  readonly inferredStage?: 'retired';
}

/** One line of the catalogue. */
export interface ModelEntry extends StagedFacts {
  /** Index into the document's sources: what states the stage. */
  readonly source: number;
  /** Sources of other facts of the entry, newest first. */
  readonly furtherSources?: readonly number[];
}

/** One line of an overlay; `stage` is required only for a model that the layers below do not know. */
export interface OverlayModelEntry extends ModelFacts {
  readonly stage?: LifecycleStage;
}

/** Another way to write a model's name. */
export interface SpellingEntry {
  readonly spelling: string;
  readonly format: string;
  readonly name: string;
}

/** Where a model stands in its family. */
export interface FamilyMember {
  readonly name: string;
  /** @default the family's format */
  readonly format?: string;
  /** Versions that the coordinates hold for, oldest first. @default every version without a member of its own */
  readonly versions?: readonly string[];
  /** Major version, `4` in `gpt-4.1`; absent where the vendor does not number the model. */
  readonly major?: number;
  /** Step between two major versions, `1` in `gpt-4.1`. @default 0 */
  readonly intermediate?: number;
  /** Order of generations under one number: `gpt-4` is 1, `gpt-4o` is 2. @default 1 */
  readonly generation?: number;
  /** Size, speed or speciality, for instance `mini`; absent for the line's main model. */
  readonly variant?: string;
  /** @default the kind of the model's entry, else the family's */
  readonly kind?: ModelKind;
  /** @default the family's domain */
  readonly domain?: string;
  /** Who runs it, where a third party offers another vendor's model. */
  readonly hosting?: string;
  /** Every version of the name, oldest first, where the versions do not sort by themselves. */
  readonly versionOrder?: readonly string[];
}

/** Models that a vendor presents as one line. */
export interface FamilyEntry {
  readonly id: string;
  readonly format: string;
  readonly kind?: ModelKind;
  /** What the models were trained for, for instance `finance`. @default 'general' */
  readonly domain?: string;
  /** Lines that this one continues, from the given major version on. */
  readonly succeeds?: readonly { readonly family: string; readonly fromMajor?: number }[];
  readonly members: readonly FamilyMember[];
}

/** What the sources said of one model's retirement over time. */
export interface DateHistoryEntry {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly history: readonly DateStatement[];
}

export interface DateStatement {
  readonly asOf: CalendarDate;
  readonly retirement: CalendarDate;
  readonly notBefore: boolean;
  readonly source: number;
  readonly sku?: string;
}

/** A disagreement between sources, and which statement was kept. */
export interface ConflictEntry {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly field: string;
  readonly kept: ConflictingStatement;
  readonly other: readonly ConflictingStatement[];
  readonly reason: string;
}

export interface ConflictingStatement {
  readonly value: string | null;
  readonly source: number;
}

/** Day as of which one seller's models in one cloud are known. */
export interface CatalogAge {
  readonly cloud: AzureCloud;
  readonly seller: ModelSeller;
  readonly asOf: CalendarDate;
}

/** A whole catalogue as a file: `data/catalog.schema.json` describes it. */
export interface CatalogDocument {
  readonly $schema?: string;
  readonly schemaVersion: typeof CATALOG_SCHEMA_VERSION;
  /** How old the knowledge is, where some sources tell of few models only. @default - newest source day of each seller */
  readonly ages?: readonly CatalogAge[];
  readonly sources: readonly SourceEntry[];
  readonly models: readonly ModelEntry[];
  readonly spellings?: readonly SpellingEntry[];
  readonly families?: readonly FamilyEntry[];
  readonly dateHistory?: readonly DateHistoryEntry[];
  readonly conflicts?: readonly ConflictEntry[];
}

/** Facts that a team adds or moves: `data/overlay.schema.json` describes it. */
export interface OverlayDocument {
  readonly $schema?: string;
  readonly schemaVersion: typeof CATALOG_SCHEMA_VERSION;
  /** What the facts were read from, as people should see it. @default the file's path */
  readonly name?: string;
  /** Day as of which the facts are true. */
  readonly asOf: CalendarDate;
  readonly url?: string;
  /** Sellers whose models are listed completely as of that day: only they make the catalogue younger. */
  readonly covers?: readonly ModelSeller[];
  readonly models?: readonly OverlayModelEntry[];
  readonly spellings?: readonly SpellingEntry[];
  readonly families?: readonly FamilyEntry[];
}
