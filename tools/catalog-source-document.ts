import {
  ConflictEntry,
  DateHistoryEntry,
  ModelEntry,
  ModelKind,
  ModelSeller,
  SkuDates,
} from '../lib/catalog/catalog-document';
import { LifecycleStage, Replacement } from '../lib/catalog/lifecycle';

/** The vendored facts, as they were compiled: `catalog-sources/README.md` explains the fields. */
export interface SourceDocument {
  readonly sources: readonly VendorSource[];
  readonly models: readonly SourceModel[];
  readonly foundryModels: readonly SourceModel[];
  readonly azureGovernment: readonly SourceModel[];
  readonly dateHistory: readonly DateHistoryEntry[];
  readonly conflicts: readonly ConflictEntry[];
}

export interface VendorSource {
  readonly name: string;
  readonly repo: string;
  readonly path: string;
  readonly commit: string;
  readonly asOf: string;
  readonly kind: string;
  readonly note?: string;
}

export interface SourceModel {
  readonly format: string;
  readonly name: string;
  readonly version: string | null;
  readonly type?: ModelKind;
  readonly lifecycle: LifecycleStage;
  readonly soldBy?: ModelSeller;
  readonly armName?: string;
  readonly armVersion?: string;
  readonly docsName?: string;
  readonly legacyDate?: string;
  readonly deprecationDate?: string;
  readonly announcedDeprecationDate?: string;
  readonly retirementDate?: string;
  readonly retirementNotBefore?: string;
  readonly skuSpecificDates?: SkuDates;
  readonly fineTuneTrainingRetirement?: string;
  readonly fineTuneDeploymentRetirement?: string;
  readonly fineTuneSkuDates?: SkuDates;
  readonly skus?: readonly string[];
  readonly isDefaultVersion?: boolean;
  readonly replacement?: Replacement;
  readonly replacements?: readonly string[];
  readonly autoUpgradeStartDate?: string;
  readonly upgradeOnExpiryLeadTimeDays?: number;
  readonly confidence?: 'inferred-retired' | 'low';
  readonly notes?: string;
  readonly source: number;
}

/** What is changed on top of the facts, each with its reason. */
export interface Corrections {
  readonly models: readonly Correction[];
  readonly sources: readonly { readonly name: string; readonly url: string; readonly reason: string }[];
}

export interface Correction {
  readonly format: string;
  readonly name: string;
  readonly version: string | null;
  /** The documentation's version stays what a deployment names; the API's becomes a spelling. */
  readonly keepVersion?: true;
  readonly set?: Partial<ModelEntry>;
  readonly reason: string;
}
