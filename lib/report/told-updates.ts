import { ChangeReport, ReleaseReview, UpdateReview } from '../review/change-report';

/** Finds the release whose entry already tells all of an update, so that its deployment need not repeat it. */
export type UpdateTeller = (update: UpdateReview) => string | undefined;

/** Over the first releases of the report, as many as are shown. */
export function updateTeller({ releases }: ChangeReport, shown: number): UpdateTeller {
  const labels = new Map<string, string>();
  for (const { label, models } of releases.slice(0, shown)) {
    for (const update of updatesIn(models)) {
      const text = JSON.stringify(update);
      labels.set(text, labels.get(text) ?? label);
    }
  }
  return (update) => labels.get(JSON.stringify(update));
}

function updatesIn(models: ReleaseReview['models']): readonly UpdateReview[] {
  return models.flatMap(({ update }) => update ?? []);
}
