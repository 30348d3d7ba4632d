import { ModelCatalog, UpdateSubject } from '../../lib/catalog';
import { kindOf } from '../../lib/catalog/model-kind';
import { lifeOf, lifeText } from '../../lib/catalog/model-life';
import { placementOf } from '../../lib/catalog/placement';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { printable, quoted } from '../../lib/contracts/printable';
import { versionedName } from '../../lib/contracts/versioned-name';
import { unknownModel } from './unknown-model';

/** What a classification does not say of the models, one sentence each: slips of the pen, a target that ends, another API. */
export function compareRemarks(
  older: UpdateSubject,
  newer: UpdateSubject,
  catalog: ModelCatalog,
  on: CalendarDate,
): string[] {
  const remarks = [
    ...[older, newer].flatMap((subject) => spellingRemark(subject, catalog, on)),
    ...targetRemark(newer, catalog, on),
    ...kindRemark(older, newer, catalog),
  ];
  // Names of a catalogue file may hold anything but line breaks.
  return [...new Set(remarks)].map(printable);
}

/** What nobody knows is classified all the same, so a slip of the pen would pass for a model or a version of its own. */
function spellingRemark(subject: UpdateSubject, catalog: ModelCatalog, on: CalendarDate): string[] {
  const { family, record, name, version } = placementOf(subject, catalog);
  // No version is spelled so: what counts then is whether the name is known.
  const lookup = catalog.lookup({ name, version: version ?? '?' }, on);
  if (lookup.kind === 'unknown-model') {
    return family === undefined && record === undefined ? [unknownModel(subject.name, lookup.nearest).message] : [];
  }
  return lookup.kind === 'unknown-version' && version !== undefined
    ? [
        `the catalogue knows no version ${quoted(version)} of ${lookup.name}; it knows ${lookup.versions.join(', ') || 'none'}`,
      ]
    : [];
}

/** A model that Azure is about to take away, or has, is a poor one to move to. */
function targetRemark(newer: UpdateSubject, catalog: ModelCatalog, on: CalendarDate): string[] {
  const { name, version } = placementOf(newer, catalog);
  const lookup = version === undefined ? undefined : catalog.lookup({ name, version }, on);
  if (lookup?.kind !== 'known') {
    return [];
  }
  const { answer } = lookup;
  const text = lifeText(lifeOf(answer));
  switch (answer.stage) {
    case 'retired':
      return [`${versionedName(name, version!)} is ${text}: nothing can move to it`];
    case 'deprecated':
    case 'legacy':
      return [`${versionedName(name, version!)} is ${answer.stage} itself, ${text}`];
    default:
      return [];
  }
}

/** How a model is called decides what moving to it takes: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning */
function kindRemark(older: UpdateSubject, newer: UpdateSubject, catalog: ModelCatalog): string[] {
  const [from, to] = [older, newer].map((subject) => kindOf(subject, catalog));
  return from === undefined || to === undefined || from === to
    ? []
    : [`${newer.name} is ${to} instead of ${from}, so that requests change as well`];
}
