/** Ids that are hard on encodings, and ordinary ones in between; always the same list. */
export function hostileIds(count: number): string[] {
  const fixed = [
    '',
    ' ',
    ':',
    'a:b',
    '\0',
    '\n',
    '\ud800',
    '\udc00',
    '\udc00\ud800',
    'a\ud83d',
    '\ud83d\ude00',
    '\uffff',
    '\ufeff',
    'e\u0301',
    '\u00e9',
    '\u{10ffff}',
    'İ',
    'ß',
    '"; return 0; //',
    '${x}',
    '{{x}}',
    '<x>&amp;',
    'x'.repeat(10_000),
    '\u00e4'.repeat(5000),
  ];
  const random = generator(7);
  const made = Array.from({ length: count - fixed.length }, (_, index) => {
    if (index % 3 === 0) {
      return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    }
    const length = Math.floor(random() * 40);
    const limit = index % 3 === 1 ? 0x10000 : 0x250;
    return Array.from({ length }, () => String.fromCharCode(Math.floor(random() * limit))).join('');
  });
  return [...fixed, ...made];
}

/** https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
