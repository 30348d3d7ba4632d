export type { BreadthNeed, UpdateBreadths, UpdateScope } from './breadths';
export { STALE_AFTER_DAYS } from './catalog-age';
export type { CatalogStaleness } from './catalog-age';
export type { CatalogRecord } from './catalog-content';
export {
  CATALOG_SCHEMA_VERSION,
  LIFECYCLE_STAGES,
  MODEL_KINDS,
  MODEL_SELLERS,
  NO_RETIREMENT_DATE,
} from './catalog-document';
export type {
  AutoUpgrade,
  CatalogAge,
  CatalogDocument,
  ConflictEntry,
  ConflictingStatement,
  DateHistoryEntry,
  DateStatement,
  FamilyEntry,
  FamilyMember,
  FineTuneDates,
  ModelEntry,
  ModelFacts,
  ModelKind,
  ModelSeller,
  OverlayDocument,
  OverlayModelEntry,
  SkuDates,
  SkuRegions,
  SourceEntry,
  SpellingEntry,
  StagedFacts,
} from './catalog-document';
export type { ModelReference, NamedModel } from './catalog-index';
export { catalogProblems, overlayProblems } from './catalog-validation';
export type {
  AzureCloud,
  CatalogSource,
  DeploymentScope,
  LifecycleAnswer,
  LifecycleLookup,
  LifecycleQuery,
  LifecycleStage,
  ModelSpelling,
  Replacement,
} from './lifecycle';
export { ModelCatalog } from './model-catalog';
export type { ModelCatalogLayers, ModelCatalogOptions } from './model-catalog';
export type { DatedStatement, ModelDetails } from './model-details';
export type { Listing } from './model-availability';
export type { ModelLife } from './model-life';
export type { NamedReplacement } from './named-replacement';
export type { PinnedModel } from './pinned-model';
export type { UpdateSubject } from './placement';
export { adviseReplacement } from './replacement-advice';
export type { ReplacementAdvice } from './replacement-advice';
export type { ReplacementCandidate } from './replacement-candidate';
export type { UpdateDirection } from './update-direction';
export { classifyUpdate } from './update-scope';
export type { UpdateClassification } from './update-scope';
