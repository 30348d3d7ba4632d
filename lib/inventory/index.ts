export { accountPlace, idKey } from './account-id';
export type { AccountPlace } from './account-id';
export { liveDeployment } from './arm-deployment';
export { compareInventory } from './comparison';
export type { ComparedDeployment, Comparison, DeclaredPlace, DeclaredState, MissingDeployment } from './comparison';
export type { DeclaredDeployment, DeclaringInput } from './declared-deployment';
export type { Drift, DriftField } from './drift';
export { inventoryDocument, readInventory } from './inventory-file';
export type { LiveDeployment, LiveInventory, LiveModel, LiveSku, UnreadScope } from './live-deployment';
