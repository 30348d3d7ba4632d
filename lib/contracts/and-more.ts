/** What stands behind a list that was cut, for instance `and 3 more` behind `lead`; empty where nothing is left out. */
export function andMore(left: number, lead = ''): string {
  return left > 0 ? `${lead}and ${left} more` : '';
}
