import { todayBefore } from '../contracts/day-to-come';
import { CatalogAge, CatalogDocument, FamilyEntry, ModelFacts, OverlayDocument, SourceEntry } from './catalog-document';

/** Entries of one document that say something about the same thing twice. */
export function duplicates({ models = [], families = [] }: CatalogDocument | OverlayDocument): string[] {
  return [
    ...repeated(models.map((model) => [model.cloud ?? 'public', model.format, model.name, String(model.version)])).map(
      ([first, second]) => {
        const { name, version } = models[second]!;
        return `models[${second}] (${name}@${version ?? '*'}) repeats models[${first}]; keep one entry`;
      },
    ),
    ...repeated(families.map(({ id }) => [id])).map(
      ([first, second]) => `families[${second}] (${families[second]!.id}) repeats families[${first}]; keep one entry`,
    ),
    ...families.flatMap(duplicateMembers),
  ];
}

function duplicateMembers({ id, format, members }: FamilyEntry, index: number): string[] {
  const keys = members.map((member) => [member.format ?? format, member.name, (member.versions ?? []).join('\n')]);
  return repeated(keys).map(
    ([first, second]) =>
      `families[${index}] (${id}): members[${second}] (${members[second]!.name}) repeats members[${first}]; keep one entry`,
  );
}

/** Ages that are given twice, or are newer than all that the document was made from. */
export function agesWithoutGround(ages: readonly CatalogAge[], sources: readonly SourceEntry[]): string[] {
  const newest = sources.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '');
  return [
    ...repeated(ages.map(({ cloud, seller }) => [cloud, seller])).map(
      ([first, second]) => `ages[${second}] repeats ages[${first}]; keep one entry`,
    ),
    ...ages.flatMap(({ asOf }, index) =>
      asOf > newest
        ? [`ages[${index}]: asOf ${asOf} is after the day of every source; write a day that a source is of`]
        : [],
    ),
  ];
}

/** Entries whose dates contradict each other. */
export function datesOutOfOrder({ models = [] }: CatalogDocument | OverlayDocument): string[] {
  return models.flatMap((model, index) => {
    const at = `models[${index}] (${model.name}@${model.version ?? '*'})`;
    const { legacyDate, deprecationDate, retirementDate } = model;
    const problems: string[] = [];
    if (isAfter(legacyDate, deprecationDate)) {
      problems.push(
        `${at}: deprecationDate ${deprecationDate} is before legacyDate ${legacyDate}; swap or correct them`,
      );
    }
    for (const [field, earlier] of Object.entries({ legacyDate, deprecationDate })) {
      if (isAfter(earlier, retirementDate)) {
        problems.push(`${at}: retirementDate ${retirementDate} is before ${field} ${earlier}; swap or correct them`);
      }
    }
    return [...problems, ...contradictions(model, at)];
  });
}

/** Days of sources that are still to come: with one of them a catalogue would never be called stale. */
export function daysToCome(document: CatalogDocument | OverlayDocument): string[] {
  const dated =
    'sources' in document
      ? document.sources.map(({ name, asOf }, index) => ({ at: `sources[${index}] (${name}): asOf`, day: asOf }))
      : [{ at: 'asOf', day: document.asOf }];
  return dated.flatMap(({ at, day }) => {
    const today = todayBefore(day);
    return today === undefined
      ? []
      : [`${at} is ${day}, and today is ${today}; write the day as of which the facts are true`];
  });
}

function contradictions(model: ModelFacts, at: string): string[] {
  const problems = [
    ...repeatedSkus('skuRetirementDates', model.skuRetirementDates),
    ...repeatedSkus('fineTune.skuRetirementDates', model.fineTune?.skuRetirementDates),
    ...repeatedSkus('regions', model.regions),
  ].map((problem) => `${at}: ${problem}`);
  if (model.retirementDate !== undefined && model.retirementNotBefore !== undefined) {
    problems.push(`${at}: retirementDate and retirementNotBefore are both given; keep the one that is known`);
  }
  if (model.version !== null && model.versions !== undefined) {
    problems.push(`${at}: versions goes with version null only; write one entry for each version instead`);
  }
  if (model.version === null && model.versionSpellings !== undefined) {
    problems.push(`${at}: versionSpellings goes with a version; write versions instead`);
  }
  return problems;
}

/** SKUs are compared without case, so that two spellings of one would give two answers. */
function repeatedSkus(field: string, table: Readonly<Record<string, unknown>> = {}): string[] {
  const names = Object.keys(table);
  return repeated(names.map((name) => [name])).map(
    ([first, second]) => `${field} gives ${names[second]} beside ${names[first]}; keep one of them`,
  );
}

function isAfter(earlier: string | undefined, later: string | undefined): boolean {
  return earlier !== undefined && later !== undefined && earlier > later;
}

/** Pairs of positions whose keys are the same when case does not count. */
function repeated(keys: readonly (readonly string[])[]): [first: number, second: number][] {
  const seen = new Map<string, number>();
  return keys.flatMap((key, index): [number, number][] => {
    const joined = key.join('\n').toLowerCase();
    const first = seen.get(joined);
    seen.set(joined, first ?? index);
    return first === undefined ? [] : [[first, index]];
  });
}
