/** Whether a value is a whole number from `least` to `most`, both included. */
export function isWholeNumber(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}
