import { realpathSync } from 'node:fs';
import { ModelCatalog } from '../catalog/model-catalog';
import { JudgementDate, judgementDate } from '../contracts/as-of';
import { RuleSettings } from '../rules/rule';
import { resolveSettings } from '../rules/settings';
import { requireSeverities } from '../rules/severities';
import { FileWaiver, readWaiverFile } from '../rules/waiver-file';
import { FindingSeverity, ModelLifecycleGuardProps } from './guard-props';

/** Props of one protected scope with everything read and checked. */
export interface GuardSettings {
  readonly judgement: JudgementDate;
  readonly catalog: ModelCatalog;
  readonly rules: RuleSettings;
  readonly severities: Readonly<Record<string, FindingSeverity>>;
  readonly waivers: readonly FileWaiver[];
  /** The file of the waivers, by the one path that it has however it was named. */
  readonly waiverFile?: string;
}

/** @throws if a date, a threshold, a severity, the catalogue, an overlay or the waiver file cannot be used */
export function guardSettings(props: ModelLifecycleGuardProps = {}): GuardSettings {
  const severities = {
    ...(props.requireFresh ? { 'catalog-stale': FindingSeverity.ERROR } : {}),
    ...props.severities,
  };
  requireSeverities(severities);
  return {
    judgement: judgementDate(props.asOf),
    catalog: ModelCatalog.open({ file: props.catalogFile, overlays: props.overlayFiles, cloud: props.cloud }),
    rules: resolveSettings({
      failDays: props.failDays,
      warnDays: props.warnDays,
      forbidPreviews: props.forbidPreviews,
      forbidModelRouter: props.forbidModelRouter,
    }),
    severities,
    ...waiversFrom(props.waiverFile),
  };
}

function waiversFrom(file: string | undefined): Pick<GuardSettings, 'waivers' | 'waiverFile'> {
  return file === undefined ? { waivers: [] } : { waivers: readWaiverFile(file), waiverFile: realpathSync(file) };
}
