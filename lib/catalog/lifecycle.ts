import { CalendarDate } from '../contracts/calendar-date';

/**
 * Lifecycle stages in the words of Microsoft's documentation.
 * The ARM API's `Deprecating` is `deprecated` here and its `Deprecated` is `retired`.
 */
export type LifecycleStage = 'preview' | 'generally-available' | 'legacy' | 'deprecated' | 'retired';

/** Azure cloud whose dates apply; Azure Government follows its own schedule. */
export type AzureCloud = 'public' | 'usgovernment';

/** Which deployments a date is for: of the base model, or of a model fine-tuned from it. */
export type DeploymentScope = 'base' | 'fine-tune';

/** What is asked of the catalogue. */
export interface LifecycleQuery {
  /** Model format (publisher), for instance `OpenAI`; left out, the name decides if it is unambiguous. */
  readonly format?: string;
  readonly name: string;
  readonly version: string;
  /** Deployment type, for instance `GlobalStandard`; left out, the base date answers. */
  readonly sku?: string;
  /** @default 'base' */
  readonly scope?: DeploymentScope;
  /** Cloud whose schedule is asked for. @default the cloud that the catalogue was opened for */
  readonly cloud?: AzureCloud;
}

/** Where an answer comes from. */
export interface CatalogSource {
  readonly name: string;
  /** Day as of which the source's facts are true. */
  readonly asOf: CalendarDate;
  readonly url?: string;
}

/** The model that the vendor names as the next one. */
export interface Replacement {
  readonly name: string;
  readonly version?: string;
}

/** What is known of one model version under one deployment type on one day. */
export interface LifecycleAnswer {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly stage: LifecycleStage;
  /** First day on which inference is refused, for the SKU and scope asked for; absent if no date is known. */
  readonly retirementDate?: CalendarDate;
  /** True where the source says only "not before" this day: the date may move later, never be relied on. */
  readonly retirementIsEarliest?: boolean;
  /** Days from the judgement date to the retirement date; zero or negative means retired. */
  readonly daysLeft?: number;
  /** Day from which subscriptions without history cannot create deployments, where announced. */
  readonly deprecationDate?: CalendarDate;
  readonly replacements: readonly Replacement[];
  /** Whether the catalogue lists the SKU for this model; `unknown` where it lists none at all. */
  readonly skuListed: 'listed' | 'unlisted' | 'unknown';
  /** SKUs that the catalogue lists (one region's list: other regions differ). */
  readonly skus: readonly string[];
  readonly confidence: 'stated' | 'inferred' | 'low';
  readonly sources: readonly CatalogSource[];
  /** Day of the newest source for this cloud and seller. */
  readonly asOf: CalendarDate;
  /** The layer that answered: `bundled`, a file path, or an overlay's path. */
  readonly layer: string;
}

/** Answer of a lookup: a version is known, or its name is, or neither. */
export type LifecycleLookup =
  | { readonly kind: 'known'; readonly answer: LifecycleAnswer }
  | {
      readonly kind: 'unknown-version';
      readonly format: string;
      readonly name: string;
      readonly versions: readonly string[];
    }
  | { readonly kind: 'unknown-model'; readonly nearest: readonly string[] };

/** One way to write a model's name: the API's, the documentation's, or a common one. */
export interface ModelSpelling {
  /** In lower case. */
  readonly spelling: string;
  readonly format: string;
  /** The API's name, as a deployment must give it. */
  readonly name: string;
  /** Versions that the catalogue knows under this name. */
  readonly versions: readonly string[];
  /** The cloud that has the model, where it is not the one that the catalogue was opened for. */
  readonly cloud?: AzureCloud;
}
