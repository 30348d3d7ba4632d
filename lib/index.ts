export * from './accounts';
export {
  FindingSeverity,
  LifecycleCloud,
  LifecycleFinding,
  LifecycleWaiverProps,
  ModelLifecycleGuardProps,
} from './guard/guard-props';
export { ModelLifecycleGuard } from './guard/model-lifecycle-guard';
