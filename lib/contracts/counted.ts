/** `1 error`, `2 errors`; `many` is what more than one are called where an `s` does not make it. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
