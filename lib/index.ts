export * from './accounts';
export * from './gateway';
export {
  FindingSeverity,
  LifecycleCloud,
  LifecycleFinding,
  LifecycleWaiverProps,
  ModelLifecycleGuardProps,
} from './guard/guard-props';
export { ModelLifecycleGuard } from './guard/model-lifecycle-guard';
