import { ModelCatalog } from '../catalog/model-catalog';
import { JudgementDate, judgementDate } from '../contracts/as-of';
import { RuleSettings } from '../rules/rule';
import { resolveSettings } from '../rules/settings';
import { withSeverity } from '../rules/severities';
import { FileWaiver, readWaiverFile } from '../rules/waiver-file';
import { FindingSeverity, LifecycleCloud, ModelLifecycleGuardProps } from './guard-props';

/** Props of one protected scope with everything read and checked. */
export interface GuardSettings {
  readonly judgement: JudgementDate;
  readonly catalog: ModelCatalog;
  readonly rules: RuleSettings;
  readonly severities: Readonly<Record<string, FindingSeverity>>;
  readonly waivers: readonly FileWaiver[];
}

/** @throws if a date, a threshold, a severity, the catalogue, an overlay or the waiver file cannot be used */
export function guardSettings(props: ModelLifecycleGuardProps = {}): GuardSettings {
  const severities = {
    ...(props.requireFresh ? { 'catalog-stale': FindingSeverity.ERROR } : {}),
    ...props.severities,
  };
  withSeverity(severities);
  return {
    judgement: judgementDate(props.asOf),
    catalog: catalogOf(props),
    rules: resolveSettings({
      failDays: props.failDays,
      warnDays: props.warnDays,
      forbidPreviews: props.forbidPreviews,
      forbidModelRouter: props.forbidModelRouter,
    }),
    severities,
    waivers: props.waiverFile === undefined ? [] : readWaiverFile(props.waiverFile),
  };
}

function catalogOf(props: ModelLifecycleGuardProps): ModelCatalog {
  const cloud = props.cloud ?? LifecycleCloud.PUBLIC;
  const base =
    props.catalogFile === undefined
      ? ModelCatalog.bundled({ cloud })
      : ModelCatalog.fromFile(props.catalogFile, { cloud });
  return (props.overlayFiles ?? []).reduce((catalog, file) => catalog.withOverlay(file), base);
}
