export type { BreadthNeed, UpdateBreadths, UpdateScope } from '../catalog/breadths';
export { ModelCatalog } from '../catalog/model-catalog';
export type { ModelCatalogOptions } from '../catalog/model-catalog';
export { judgementDate } from '../contracts/as-of';
export type { JudgementDate } from '../contracts/as-of';
export type { CalendarDate } from '../contracts/calendar-date';
export type { Waiver } from '../contracts/waiver';
export { compareConfigurations } from '../facts/compared-configurations';
export type { Attribute } from '../facts/attribute';
export type { ConfigurationFacts, DeploymentFact, ResourceOrigin } from '../facts/facts';
export type { PlanDocument, ResourceChange } from '../facts/plan-document';
export type { DeploymentChange, DeploymentDrift, DeploymentOutcome, PlanFacts } from '../facts/plan-facts';
export { readPlanFacts } from '../facts/plan-facts-reader';
export { readPlanDocument } from '../facts/plan-reader';
export { recognise } from '../facts/plan-recognition';
export type { InputKind } from '../facts/plan-recognition';
export { readStackConfiguration } from '../facts/stack-configuration';
export { readStateFacts } from '../facts/state-configuration';
export { readSynthesisedOutput } from '../facts/synthesised-output';
export type { SynthesisedStack } from '../facts/synthesised-output';
export { baselineText, readBaseline } from '../rules/baseline';
export { knownFindingsOf } from '../rules/baseline-carry';
export type { KnownFinding } from '../rules/baseline-carry';
export { evaluateAll } from '../rules/evaluate';
export type { Evaluation, EvaluationOptions, EvaluationSummary } from '../rules/evaluate';
export type { Finding, FindingModel, FindingResource, Severity } from '../rules/finding';
export type { FailOn } from '../rules/failing';
export { fingerprintOf } from '../rules/fingerprint';
export { mayNameModel } from '../rules/literal-prefilter';
export type { LifecycleKnowledge, RuleSettings } from '../rules/rule';
export { resolveSettings } from '../rules/settings';
export type { SeverityOverrides } from '../rules/severities';
export type { UnknownPolicy } from '../rules/unknown-policy';
export { readWaiverFile } from '../rules/waiver-file';
export type {
  BreadthReview,
  ChangeReport,
  DeploymentReview,
  EvaluationReview,
  KillSwitchReview,
  PredecessorReview,
  ReleaseReview,
  ReviewedInput,
  ReviewedModel,
  RoleReview,
  TrafficReview,
  TrafficRowReview,
  UpcomingRetirement,
  UpdateReview,
} from './change-report';
export { changeReport } from './change-report-builder';
export { modelsInUse } from './models-in-use';
export type { ModelInUse } from './models-in-use';
export type { NewestVersion, OutdatedReplacement, OutdatedReport, OutdatedRow, OutdatedState } from './outdated-report';
export { outdatedRows } from './outdated-rows';
export type { OutdatedRequest } from './outdated-rows';
export { verdictOf } from './verdict';
export type { Verdict } from './verdict';
