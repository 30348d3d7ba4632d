export * from './accounts';
export * from './gateway';
export * from './operations';
export * from './orchestrators';
export * from './releases';
export * from './routing';
export {
  FindingSeverity,
  LifecycleCloud,
  LifecycleFinding,
  LifecycleWaiverProps,
  ModelLifecycleGuardProps,
} from './guard/guard-props';
export { ModelLifecycleGuard } from './guard/model-lifecycle-guard';
