/** A sequence of numbers from 0 up to 1 that is the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const INTEGERS = [
  '(int)context.Variables["i"]',
  '(int)context.Variables["j"]',
  '(int)context.Variables["big"]',
  '(long)context.Variables["l"]',
  '3',
  '-2',
  "'x'",
  '7L',
];
const NUMBERS = [...INTEGERS, '(double)context.Variables["d"]', '0.5', '2.0'];
const TEXTS = [
  '"ab"',
  '(string)context.Variables["s"]',
  'context.Request.Headers.GetValueOrDefault("x-many", "")',
  '"Ünïcode"',
  '""',
  '"a,b"',
];

/** Arithmetic and text expressions of all kinds, typed correctly, without constants that a compiler would fold into an error. */
export function generatedExpressions(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const integer = (depth: number): string =>
    depth === 0
      ? pick(INTEGERS)
      : `(${integer(depth - 1)} ${pick(['+', '-', '*', '&', '|', '^'])} ${pick(INTEGERS.slice(0, 4))})`;
  const number = (depth: number): string =>
    depth === 0
      ? pick(NUMBERS)
      : `(${number(depth - 1)} ${pick(['+', '-', '*', '/', '%'])} ${pick([...INTEGERS.slice(0, 4), ...NUMBERS.slice(8, 9)])})`;
  const text = (depth: number): string =>
    depth === 0
      ? pick(TEXTS)
      : pick([
          () => `(${text(depth - 1)} + ${pick([text(0), number(1)])})`,
          () => `(${text(depth - 1)}).Replace("${pick(['a', 'b', 'x'])}", "${pick(['', 'zz', ','])}")`,
          () => `(${text(depth - 1)}).PadLeft(${Math.floor(random() * 9)}, '*')`,
          () => `string.Join("-", (${text(depth - 1)}).Split('${pick([',', 'e'])}'))`,
          () => `(${text(depth - 1)}).ToUpperInvariant()`,
          () => `(${condition(1)} ? ${text(depth - 1)} : ${text(0)})`,
        ])();
  const condition = (depth: number): string =>
    depth === 0
      ? `(${number(1)} ${pick(['<', '>', '<=', '>=', '==', '!='])} ${number(1)})`
      : `(${condition(depth - 1)} ${pick(['&&', '||', '^'])} ${pick([condition(0), `${text(0)} == ${text(0)}`, `!(${text(0)}).Contains("a")`])})`;
  return Array.from({ length: count }, () => pick([integer, number, text, condition])(1 + Math.floor(random() * 3)));
}
