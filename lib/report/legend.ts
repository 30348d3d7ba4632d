import { ChangeReport } from '../review/change-report';

/** A word that stands beside updates, and what it means; both are plain text. */
interface LegendEntry {
  readonly term: string;
  readonly meaning: string;
}

/** The words of the Azure Architecture Center: https://learn.microsoft.com/azure/architecture/ai-ml/guide/manage-foundation-models-lifecycle */
export const LEGEND: readonly LegendEntry[] = [
  { term: 'Scope', meaning: 'how far the new model is from the old one' },
  {
    term: 'Driver',
    meaning: 'required where the old model has retired or retires within the warning days, else voluntary',
  },
  {
    term: 'Breadths',
    meaning:
      'what may have to change along with the model: must, likely, or check, where an evaluation has to tell; ' +
      '☑ changes here, ☐ does not, ? is not visible',
  },
];

/** Whether the report uses the words of the legend. */
export function hasUpdates({ deployments, releases }: ChangeReport): boolean {
  return (
    deployments.some(({ update }) => update !== undefined) ||
    releases.some(({ models }) => models.some(({ update }) => update !== undefined))
  );
}
