import { CatalogDifference, ListedOnce, ModelDifference } from '../catalog/catalog-difference';
import { DateChange } from '../catalog/date-changes';
import { counted } from '../contracts/counted';
import { CatalogDifferenceReport } from './catalog-difference-report';
import {
  ageText,
  dateField,
  dayText,
  differenceSummary,
  differentModelText,
  directionText,
  findingChangeText,
  listedText,
  otherChanges,
  touchedModelText,
  touchedTexts,
} from './catalog-difference-wording';
import { withoutLogCommands } from './inert-text';
import { Section, withinBudget } from './markdown-budget';
import { codeSpan, sentence, tableHead, tableRow } from './markdown-text';

/** The body of a pull request on GitHub ends at 65,536 characters; bytes are never fewer than characters. */
const SHARES = { head: 2_000, effect: 24_000, dates: 18_000, others: 8_000, added: 6_000, removed: 6_000 };

/** What changed between two catalogues, as the body of a pull request. */
export function catalogDifferenceMarkdown(report: CatalogDifferenceReport): string {
  const { older, newer, difference } = report;
  const summary = differenceSummary(difference);
  const head = [
    `## Model catalogue: ${summary ?? 'nothing that is compared has changed'}`,
    '',
    `From ${codeSpan(older.name)} of ${ageText(older)} to ${codeSpan(newer.name)} of ${ageText(newer)}.`,
    '',
  ].join('\n');
  const sections = [
    { before: '', items: [() => head], after: '', more: () => '', share: SHARES.head },
    ...effectSections(report),
    ...differenceSections(difference),
  ];
  return withoutLogCommands(withinBudget(sections));
}

function effectSections({ effect }: CatalogDifferenceReport): Section[] {
  if (effect === undefined) {
    return [];
  }
  const { touched, findings, deploymentCount, asOf } = effect;
  const title = `\n### ${touched.length} of ${counted(deploymentCount, 'deployment')} touched\n\nJudged on ${asOf}.\n`;
  return [
    // A title stands whether there is anything below it or not.
    { before: '', items: [() => title], after: '', more: () => '', share: SHARES.head },
    table('', ['deployment', 'model', 'what changed'], SHARES.effect / 2, touched, (each) => [
      codeSpan(each.resource.deployment ?? each.resource.address),
      codeSpan(touchedModelText(each.model)),
      sentence(touchedTexts(each).join('; ')),
    ]),
    table('', ['finding', 'resource', 'message'], SHARES.effect / 2, findings, (change) => {
      const { resource, message } = (change.after ?? change.before)!;
      return [sentence(findingChangeText(change)), codeSpan(resource.address), sentence(message)];
    }),
  ];
}

function differenceSections({ changed, added, removed }: CatalogDifference): Section[] {
  const dates = changed.flatMap(({ model, dates: all }) => all.map((change) => ({ model, change })));
  const others = changed.flatMap((model) => otherChanges(model).map((text) => ({ model, text })));
  const listedRow = (model: ListedOnce) => [modelCell(model), sentence(listedText(model))];
  return [
    table('Dates that moved', ['model', 'date of', 'from', 'to', ''], SHARES.dates, dates, ({ model, change }) => [
      modelCell(model),
      sentence(dateField(change)),
      dayText(change.from),
      dayText(change.to),
      directionCell(change),
    ]),
    table('Other facts', ['model', 'what changed'], SHARES.others, others, ({ model, text }) => [
      modelCell(model.model),
      sentence(text),
    ]),
    table('New', ['model', 'as listed'], SHARES.added, added, listedRow),
    table('Gone', ['model', 'as it was listed'], SHARES.removed, removed, listedRow),
  ];
}

function table<T>(
  title: string,
  columns: readonly string[],
  share: number,
  items: readonly T[],
  cellsOf: (item: T) => readonly string[],
): Section {
  return {
    before: `${title === '' ? '' : `\n### ${title}\n`}\n${tableHead(columns)}\n`,
    items: items.map((item) => () => `${tableRow(cellsOf(item))}\n`),
    after: '',
    more: (left) => `\n${counted(left, 'row')} more.\n`,
    share,
  };
}

function modelCell(model: ModelDifference['model']): string {
  return codeSpan(differentModelText(model));
}

function directionCell(change: DateChange): string {
  return change.direction === 'earlier' ? `**${directionText(change)}**` : directionText(change);
}
