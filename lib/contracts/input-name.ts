/** What reports call an input: a file by its path as it was given, `-` by what it stands for. */
export function inputName(input: string): string {
  return input === '-' ? 'standard input' : input;
}
