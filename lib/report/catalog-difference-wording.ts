import { soldBy } from '../catalog/catalog-age';
import { CatalogDifference, DifferentModel, ListedOnce, ModelDifference } from '../catalog/catalog-difference';
import { DateChange, DatedFact, StatedDate } from '../catalog/date-changes';
import { Replacement } from '../catalog/lifecycle';
import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { versionedName } from '../contracts/versioned-name';
import { FindingChange, KnownLife, TouchedDeployment } from '../review/catalog-effect';
import { FindingModel } from '../rules/finding';
import { ComparedCatalog } from './catalog-difference-report';
import { STAGE_WORDS } from './change-wording';

/** What the writers say of two catalogues, in the same words. What a catalogue says is in it as it is: nothing is escaped. */

const DATE_WORDS: Readonly<Record<DatedFact, string>> = {
  legacy: 'Legacy from',
  deprecation: 'Deprecated from',
  'announced-deprecation': 'announced deprecation',
  'auto-upgrade': 'auto-upgrade from',
  retirement: 'retirement',
  'fine-tune-training-retirement': 'end of fine-tuning',
  'fine-tune-retirement': 'retirement of fine-tuned deployments',
};

const MOST_LISTED = 12;

/** `gpt-4o@2024-08-06`; the cloud stands with it where it is not the public one. */
export function differentModelText({ cloud, name, version }: DifferentModel): string {
  const model = version === null ? `${name}, every version` : versionedName(name, version);
  return cloud === 'public' ? model : `${model} (Azure Government)`;
}

/** `2026-10-05`, or `2026-10-05 (models sold by Azure: 2026-11-20)` where some are known better than others. */
export function ageText({ asOf, sellers }: ComparedCatalog): string {
  const newer = sellers.filter((seller) => seller.asOf !== asOf);
  const texts = newer.map((seller) => `models ${soldBy(seller.seller)}: ${seller.asOf}`);
  return texts.length === 0 ? asOf : `${asOf} (${texts.join(', ')})`;
}

/** `retirement on Standard`. */
export function dateField({ field, sku }: DateChange): string {
  return DATE_WORDS[field] + (sku === undefined ? '' : ` on ${sku}`);
}

/** `2026-03-31`, `not before 2027-01-01`, `none`. */
export function dayText(day: StatedDate | undefined): string {
  return day === undefined ? 'none' : `${day.isEarliest ? 'not before ' : ''}${day.date}`;
}

/** `30 days earlier`; a word where days cannot be counted. */
export function directionText({ direction, days = 0 }: DateChange): string {
  return days === 0 ? direction : `${counted(Math.abs(days), 'day')} ${direction}`;
}

/** What an entry says that only one catalogue has. */
export function listedText({ stage, retirementDate, retirementIsEarliest }: ListedOnce): string {
  const day = retirementDate === undefined ? undefined : { date: retirementDate, isEarliest: retirementIsEarliest };
  return `${STAGE_WORDS[stage]}, ${day === undefined ? 'no retirement date' : `retirement ${dayText(day)}`}`;
}

/** Everything else that changed of a model, a phrase each. */
export function otherChanges({ stage, replacements, defaultVersion, skus, regions }: ModelDifference): string[] {
  return [
    ...(stage === undefined
      ? []
      : [`stage ${STAGE_WORDS[stage.from]} → ${STAGE_WORDS[stage.to]} (${stage.direction})`]),
    ...(replacements === undefined
      ? []
      : [`replacement ${replacementsText(replacements.from)} → ${replacementsText(replacements.to)}`]),
    ...(defaultVersion === undefined ? [] : [`${defaultVersion.to ? 'now' : 'no more'} the default version`]),
    ...(skus === undefined ? [] : [listText('SKUs', skus)]),
    ...regions.map((change) => listText(`regions of ${change.sku}`, change)),
  ];
}

/** `3 dates earlier, 1 later, 2 models new`; `undefined` where nothing changed. */
export function differenceSummary({ added, removed, changed }: CatalogDifference): string | undefined {
  const dates = changed.flatMap((model) => model.dates);
  const moved = (direction: DateChange['direction']) => dates.filter((date) => date.direction === direction).length;
  const others = changed.filter((model) => otherChanges(model).length > 0).length;
  const counts: readonly (readonly [number, string])[] = [
    [moved('earlier'), `${counted(moved('earlier'), 'date')} earlier`],
    [moved('later'), `${counted(moved('later'), 'date')} later`],
    [moved('new'), `${counted(moved('new'), 'date')} new`],
    [moved('removed'), `${counted(moved('removed'), 'date')} removed`],
    [
      moved('confirmed') + moved('loosened'),
      `${counted(moved('confirmed') + moved('loosened'), 'date')} confirmed or loosened`,
    ],
    [others, `other facts of ${counted(others, 'model version')}`],
    [added.length, `${counted(added.length, 'model version')} new`],
    [removed.length, `${counted(removed.length, 'model version')} gone`],
  ];
  const said = counts.filter(([count]) => count > 0).map(([, text]) => text);
  return said.length === 0 ? undefined : said.join(', ');
}

/** `gpt-4o@2024-08-06 on Standard`. */
export function touchedModelText({ name, version, sku }: FindingModel): string {
  return versionedName(name ?? 'a model', version) + (sku === undefined ? '' : ` on ${sku}`);
}

/** What differs of the answers for a deployment, a phrase each: `retires 2027-04-14 → 2027-03-15`. */
export function touchedTexts({ before, after }: TouchedDeployment): string[] {
  if (before === undefined || after === undefined) {
    const life = before ?? after!;
    const what = `${STAGE_WORDS[life.stage]}, retires ${retirementText(life)}`;
    return [before === undefined ? `known now: ${what}` : `not in the catalogue any more; it was ${what}`];
  }
  const rows: readonly (readonly [string, string, string])[] = [
    ['stage', STAGE_WORDS[before.stage], STAGE_WORDS[after.stage]],
    ['retires', retirementText(before), retirementText(after)],
    ['Deprecated from', before.deprecationDate ?? 'none', after.deprecationDate ?? 'none'],
    ['replacement', replacementsText(before.replacements), replacementsText(after.replacements)],
    ['SKU', before.skuListed, after.skuListed],
  ];
  return rows.filter(([, from, to]) => from !== to).map(([what, from, to]) => `${what} ${from} → ${to}`);
}

/** `model-retiring: warning becomes an error`. */
export function findingChangeText({ before, after, change }: FindingChange): string {
  const { rule } = (after ?? before)!;
  switch (change) {
    case 'appeared':
      return `${rule}: new ${weightText(after!)}`;
    case 'gone':
      return `${rule}: gone (was ${weightText(before!)})`;
    case 'changed':
      return `${rule}: ${weightText(after!)}, says something else`;
    default:
      return `${rule}: ${weightText(before!)} becomes ${weightText(after!)}`;
  }
}

function weightText({ severity, waived }: NonNullable<FindingChange['after']>): string {
  return waived === undefined ? severity : `waived ${severity}`;
}

function retirementText({ retirementDate, retirementIsEarliest }: KnownLife): string {
  return dayText(retirementDate === undefined ? undefined : { date: retirementDate, isEarliest: retirementIsEarliest });
}

function replacementsText(replacements: readonly Replacement[]): string {
  return replacements.map(({ name, version }) => versionedName(name, version)).join(' or ') || 'none';
}

function listText(what: string, { added, removed }: { added: readonly string[]; removed: readonly string[] }): string {
  const sides = [
    ...(added.length === 0 ? [] : [`new ${abridgedList(added)}`]),
    ...(removed.length === 0 ? [] : [`gone ${abridgedList(removed)}`]),
  ];
  return `${what}: ${sides.join('; ')}`;
}

function abridgedList(items: readonly string[]): string {
  return items.slice(0, MOST_LISTED).join(', ') + andMore(items.length - MOST_LISTED, ' ');
}
