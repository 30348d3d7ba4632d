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
import { Line, painted, Paint, shortName, TerminalLayout, terminalText } from './terminal-text';

const PAINTS: Readonly<Partial<Record<DateChange['direction'], Paint>>> = { earlier: 'red', later: 'green' };

/** What changed between two catalogues, for a terminal or a log. */
export function catalogDifferenceText(report: CatalogDifferenceReport, layout: TerminalLayout = {}): string {
  const { older, newer, difference } = report;
  const { added, removed, changed } = difference;
  const dated = changed.filter(({ dates }) => dates.length > 0);
  const others = changed.filter((model) => otherChanges(model).length > 0);
  const lines: Line[] = [
    [painted(differenceSummary(difference) ?? 'Nothing that is compared has changed', 'bold')],
    [`from ${older.name} of ${ageText(older)} to ${newer.name} of ${ageText(newer)}`],
    ...effectLines(report),
    ...section('Dates that moved', dated, ({ model, dates }) => [
      [`  ${shortName(differentModelText(model))}`],
      ...dates.map((change): Line => {
        const paint = PAINTS[change.direction];
        const text = directionText(change);
        const what = `    ${dateField(change)}: ${dayText(change.from)} → ${dayText(change.to)}, `;
        return [what, paint === undefined ? text : painted(text, paint)];
      }),
    ]),
    ...section('Other facts', others, (model) => [
      [`  ${shortName(differentModelText(model.model))}`],
      ...otherChanges(model).map((text): Line => [`    ${text}`]),
    ]),
    ...section('New', added, (model) => [[`  ${shortName(differentModelText(model))}: ${listedText(model)}`]]),
    ...section('Gone', removed, (model) => [[`  ${shortName(differentModelText(model))}: ${listedText(model)}`]]),
  ];
  return withoutLogCommands(terminalText(lines, layout));
}

function effectLines({ effect }: CatalogDifferenceReport): Line[] {
  if (effect === undefined) {
    return [];
  }
  const { touched, findings, deploymentCount, asOf } = effect;
  return [
    [''],
    [painted(`${touched.length} of ${counted(deploymentCount, 'deployment')} touched, judged on ${asOf}`, 'bold')],
    ...touched.map((each): Line => {
      const name = shortName(each.resource.deployment ?? each.resource.address);
      return [`  ${name} (${touchedModelText(each.model)}): ${touchedTexts(each).join('; ')}`];
    }),
    ...findings.map((change): Line => {
      const { resource, message } = (change.after ?? change.before)!;
      const isWorse = change.change === 'appeared' || change.change === 'heavier';
      const text = findingChangeText(change);
      return ['  ', isWorse ? painted(text, 'red') : text, ` at ${shortName(resource.address)}: ${message}`];
    }),
  ];
}

function section<T>(title: string, items: readonly T[], linesOf: (item: T) => readonly Line[]): Line[] {
  return items.length === 0 ? [] : [[''], [painted(title, 'bold')], ...items.flatMap(linesOf)];
}
