/** How text is to look where it is printed. */
export interface TerminalLook {
  readonly colour: boolean;
  /** Columns. @default - not a terminal */
  readonly width?: number;
}

/**
 * How standard output shows text. `--no-color` has the first word, then `FORCE_COLOR` (off at `0` and `false`), then
 * `NO_COLOR` (https://no-color.org), then whether there is a terminal that shows colours.
 */
export function terminalLook(
  { color }: { readonly color: boolean },
  { isTTY = false, columns }: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): TerminalLook {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = environment;
  const isShown =
    forced !== undefined ? forced !== '0' && forced !== 'false' : !refused && isTTY && terminal !== 'dumb';
  return { colour: color && isShown, ...(isTTY && columns !== undefined && columns > 0 && { width: columns }) };
}
