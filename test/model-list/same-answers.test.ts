import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogDocument, catalogProblems, ModelCatalog, ModelEntry } from '../../lib/catalog';
import { addDays } from '../../lib/contracts/calendar-date';
import { ListConflict } from '../../lib/model-list';
import { BUNDLED, listOf, rowOf } from './rows';

const folder = mkdtempSync(join(tmpdir(), 'model-list-'));
afterAll(() => rmSync(folder, { recursive: true }));

function opened(document: CatalogDocument): ModelCatalog {
  expect(catalogProblems(document)).toEqual([]);
  const file = join(folder, 'catalogue.json');
  writeFileSync(file, JSON.stringify(document));
  return ModelCatalog.fromFile(file);
}

const known = BUNDLED.models.filter(({ cloud, version }) => cloud === undefined && version !== null);

/** Days on both sides of every day on which an answer about the entry may change. */
function daysAround(entries: readonly ModelEntry[]): string[] {
  const thresholds = entries.flatMap(
    ({ legacyDate, deprecationDate, retirementDate, retirementNotBefore, ...rest }) => [
      legacyDate,
      deprecationDate,
      retirementDate,
      retirementNotBefore,
      ...Object.values(rest.skuRetirementDates ?? {}),
      rest.fineTune?.deploymentRetirementDate,
      ...Object.values(rest.fineTune?.skuRetirementDates ?? {}),
    ],
  );
  const days = thresholds.flatMap((day) => (day === undefined ? [] : [addDays(day, -1), day]));
  return [...new Set([...days, '2026-11-20', '2026-11-21'])];
}

function answer(
  catalog: ModelCatalog,
  entry: ModelEntry,
  sku: string | undefined,
  scope: 'base' | 'fine-tune',
  on: string,
) {
  const { format, name, version } = entry;
  const found = catalog.lookup({ format, name, version: version!, sku, scope }, on);
  if (found.kind !== 'known') {
    return found.kind;
  }
  const { stage, retirementDate, retirementIsEarliest, deprecationDate, skuListed } = found.answer;
  return JSON.stringify({ stage, retirementDate, retirementIsEarliest, deprecationDate, skuListed });
}

/** Entries whose answers differ between two catalogues, on any day, for any SKU and scope. */
function differing(
  one: ModelCatalog,
  other: ModelCatalog,
  entries: readonly ModelEntry[],
  also: readonly ModelEntry[] = [],
) {
  return entries.filter((entry, position) => {
    const both = [entry, also[position] ?? entry];
    const scopes = entry.fineTune === undefined ? (['base'] as const) : (['base', 'fine-tune'] as const);
    const skus = [
      undefined,
      ...new Set(
        both.flatMap(({ skus: listed = [], skuRetirementDates = {} }) => [
          ...listed,
          ...Object.keys(skuRetirementDates),
        ]),
      ),
    ];
    return daysAround(both).some((on) =>
      skus.some((sku) =>
        scopes.some((scope) => answer(one, entry, sku, scope, on) !== answer(other, entry, sku, scope, on)),
      ),
    );
  });
}

const label = ({ name, version }: { name: string; version: string | null }) => `${name}@${version}`;
const unexplained = (entries: readonly ModelEntry[], conflicts: readonly ListConflict[]) => {
  const explained = new Set(conflicts.map(label));
  return entries.map(label).filter((each) => !explained.has(each));
};

const bundled = ModelCatalog.bundled();
// As old as the newest source, so that each list counts as newer or the same.
const ON = { listedOn: '2026-10-05' };

describe('a list that says of every model what the bundled catalogue says', () => {
  const rows = known.map(rowOf);

  test('used alone answers the same, or the difference is among the conflicts', () => {
    const alone = listOf(rows, { ...ON, base: undefined });
    const different = differing(opened(alone.document), bundled, known);
    expect(unexplained(different, alone.conflicts)).toEqual([]);
    expect(different.length).toBeLessThan(known.length / 2);
  });

  test('over the bundled catalogue answers the same, or the difference is among the conflicts', () => {
    const over = listOf(rows, ON);
    const different = differing(opened(over.document), bundled, known);
    expect(unexplained(different, over.conflicts)).toEqual([]);
    expect(different.length).toBeLessThan(known.length / 4);
  });

  test('leaves what it does not speak of as it was', () => {
    const listed = known.filter((_, position) => position % 2 === 0);
    const others = known.filter((_, position) => position % 2 === 1);
    const over = listOf(listed.map(rowOf), ON);
    expect(differing(opened(over.document), bundled, others)).toEqual([]);
  });
});

test.each([
  ['moved earlier', -40, undefined],
  ['moved later', 40, undefined],
  ['moved and another stage', 10, 'legacy' as const],
])('a list whose dates were %s differs only where a conflict says so', (_, days, stage) => {
  const moved = known.map((entry, position): ModelEntry => {
    const { retirementDate, version } = entry;
    if (position % 3 !== 0 || retirementDate === undefined || addDays(retirementDate, days) < (version ?? '')) {
      return entry;
    }
    return { ...entry, retirementDate: addDays(retirementDate, days), stage: stage ?? entry.stage };
  });
  for (const base of [BUNDLED, undefined]) {
    const built = listOf(moved.map(rowOf), { ...ON, base });
    const different = differing(opened(built.document), bundled, known, moved);
    expect(different.length).toBeGreaterThan(30);
    expect(unexplained(different, built.conflicts)).toEqual([]);
  }
});

test('an import is a base for the next one: the same list again changes nothing', () => {
  const rows = known.map(rowOf);
  const first = listOf(rows, ON).document;
  const second = listOf(rows, { ...ON, base: first });
  expect(second.document.models).toEqual(first.models);
  expect(second.document.sources).toEqual(first.sources);
  const later = listOf(rows, { listedOn: '2026-10-06', base: first }).document;
  // What the first list said against others stays on record, and its day with it.
  expect(later.sources.length).toBeLessThanOrEqual(first.sources.length + 1);
  expect(later.conflicts!.length).toBeLessThanOrEqual(first.conflicts!.length + 5);
});
