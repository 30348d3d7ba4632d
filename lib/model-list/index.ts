export { regionOf } from './arm-words';
export { CONFLICT_CLASSES } from './list-conflict';
export type { ConflictClass, ConflictSubject, ListConflict, Statement } from './list-conflict';
export type { ListedModel, ListedSku, ModelListPage, SkippedRow, StatedDate } from './listed-model';
export { catalogFromModelLists } from './model-list-catalog';
export type { BuiltCatalog, ModelListOptions } from './model-list-catalog';
export { readModelListPage } from './model-list-page';
export type { UnfinishedList } from './page-chains';
