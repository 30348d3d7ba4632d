import { AutoUpgrade } from '../catalog/catalog-document';
import { LifecycleStage, Replacement } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';

/** A date that a list gives, or `null` where it says that there is none (`null` itself, or 2099-12-31). */
export type StatedDate = CalendarDate | null;

/** One SKU of a row. */
export interface ListedSku {
  readonly name: string;
  /** Which deployments it is for: of the base model, of fine-tuned ones, or of both. */
  readonly scope: 'base' | 'fine-tune' | 'all';
  readonly stage?: LifecycleStage;
  /** Absent where the list says nothing: the date of the model applies. */
  readonly date?: StatedDate;
}

/** One row of Azure's list in the words of this package, after its shape was checked. */
export interface ListedModel {
  /** Position on the page, from 0. */
  readonly index: number;
  /** Kind of account that the row is for; the same model is listed once for each. */
  readonly kind?: string;
  /** In lower case without blanks. */
  readonly region?: string;
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly stage: LifecycleStage;
  readonly inference?: StatedDate;
  /** Only of models whose capabilities say that they can be fine-tuned: the API gives others the date as well. */
  readonly training?: StatedDate;
  readonly skus: readonly ListedSku[];
  readonly defaultVersion?: boolean;
  readonly replacement?: Replacement;
  readonly autoUpgrade?: AutoUpgrade;
  readonly isMarketplace: boolean;
  /** Whether the SKUs say their own stage or scope, as api-version 2026-09-01 does and 2024-10-01 does not. */
  readonly hasSkuStages: boolean;
}

/** A row that was not used, and why. */
export interface SkippedRow {
  readonly source: string;
  /** Position on the page, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly problem: string;
}

/** A page as Azure or `az` wrote it, after its shape was checked. */
export interface ModelListPage {
  /** What the page was read from, as people should see it. */
  readonly source: string;
  /** Region that the page is about, in lower case without blanks, where it is known. */
  readonly location?: string;
  /** The api-version that the page was asked for with, where it says so. */
  readonly apiVersion?: string;
  readonly models: readonly ListedModel[];
  readonly skipped: readonly SkippedRow[];
  /** Whether it is a whole list as `az` prints it, and no page of one as the API answers. */
  readonly isWhole: boolean;
  /** Where Azure has the rest of the list. */
  readonly nextLink?: string;
}
