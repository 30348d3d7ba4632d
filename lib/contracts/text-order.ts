/** Order of texts by their characters' codes: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
