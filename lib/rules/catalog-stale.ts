import { soldBy, STALE_AFTER_DAYS, stalenessOf } from '../catalog/catalog-age';
import { quoted } from '../contracts/printable';
import { LifecycleKnowledge, RunRule } from './rule';

/** A catalogue that is too old to have heard of announced retirements. */
export const catalogStale: RunRule = {
  id: 'catalog-stale',
  summary: 'The catalogue is more than 60 days old.',
  why:
    'Azure gives 60 days of notice for generally available models and 30 for previews, and dates move both ways: an older catalogue may miss a ' +
    'retirement that has been announced since.',
  fix: 'Update the package, or give a newer catalogue file or an overlay.',
  severity: 'warning',
  severityNote: 'warning; error when a fresh catalogue is required (`requireFresh`)',
  unknownWhen: 'Never.',
  checkRun({ catalog, judgement }) {
    const { days, stale } = stalenessOf(catalog.asOf, judgement.asOf);
    if (!stale) {
      return [];
    }
    return [
      {
        rule: catalogStale.id,
        severity: catalogStale.severity,
        status: 'violation',
        resource: { address: 'catalog', type: 'catalog' },
        message: `${subjectOf(catalog)} is of ${catalog.asOf}, ${days} days before ${judgement.asOf}; Azure announces retirements ${STALE_AFTER_DAYS} days ahead, so newer ones may be missing`,
        fix: fixFor(catalog),
      },
    ];
  },
};

function subjectOf({ oldestSeller }: LifecycleKnowledge): string {
  return oldestSeller === undefined ? 'the catalogue' : `what the catalogue knows of models ${soldBy(oldestSeller)}`;
}

/** A newer package does not help where a file is read in place of what it brings. */
function fixFor({ file, oldestSeller }: LifecycleKnowledge): string {
  if (file === undefined) {
    return 'update cdktf-azure-model-lifecycle, or give a newer catalogue file or an overlay';
  }
  const where = oldestSeller === undefined ? '' : ', with regions that list these models';
  return `make ${quoted(file)} again with 'model-lifecycle catalog refresh'${where}, or leave it out for the catalogue of the package`;
}
