import { RunReport } from '../../lib/report/run-report';

/** Where in a report a text stands that somebody else chose. */
export type TextPlace = readonly (string | number)[];

/** Keys whose values come from fixed lists, from this project's rules or are days. */
const FIXED: ReadonlySet<string> = new Set(
  [
    'rule severity status asOf retirementDate expires since stage outcome scope direction driver breadth need evidence',
    'evidenceBefore kind marks command failOn toolVersion summary outcomes carriedOver',
  ].flatMap((keys) => keys.split(' ')),
);

/** Every such place of a report. */
export function textPlaces(value: unknown, place: TextPlace = []): TextPlace[] {
  if (typeof value === 'string') {
    return [place];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    FIXED.has(key) ? [] : textPlaces(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The report with another text at the places given. */
export function withTextAt(report: RunReport, places: readonly TextPlace[], text: string): RunReport {
  const copy = structuredClone(report) as unknown as Record<string | number, unknown>;
  for (const place of places) {
    const holder = place
      .slice(0, -1)
      .reduce<Record<string | number, unknown>>((inner, key) => inner[key] as Record<string | number, unknown>, copy);
    holder[place.at(-1)!] = text;
  }
  return copy as unknown as RunReport;
}
