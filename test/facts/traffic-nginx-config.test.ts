import fc from 'fast-check';
import { allDirectives, NginxDirective, readNginxConfig } from '../../lib/facts/traffic-nginx-config';

/** Words of each directive, those in braces behind them. */
type Shape = readonly (readonly [...string[]] | { readonly head: readonly string[]; readonly block: Shape })[];

function shape(directives: readonly NginxDirective[]): Shape {
  return directives.map(({ words, block }) => (block === undefined ? words : { head: words, block: shape(block) }));
}

function read(text: string): Shape | string {
  const reading = readNginxConfig(text);
  return 'problem' in reading ? reading.problem : shape(reading.directives);
}

describe('a configuration of nginx', () => {
  test.each<[string, string, Shape]>([
    [
      'directives and blocks',
      'a 1;\nb { c 2 3; d {} }',
      [['a', '1'], { head: ['b'], block: [['c', '2', '3'], { head: ['d'], block: [] }] }],
    ],
    ['words that touch what ends them', 'a b;c{d e;}', [['a', 'b'], { head: ['c'], block: [['d', 'e']] }]],
    ['comments, but not inside of words', '# x; }\na b#c; # y {\n', [['a', 'b#c']]],
    ['quotes of both kinds', `a "b; c" 'd { "e' f'g;`, [['a', 'b; c', 'd { "e', "f'g"]]],
    [
      'escapes',
      String.raw`a "x\"y\\z\n" b\;c d\ e \$f;`,
      [['a', 'x"y\\z\n', String.raw`b\;c`, String.raw`d\ e`, String.raw`\$f`]],
    ],
    ['variables in braces', 'a ${b}c "${d}" ${{e;', [['a', '${b}c', '${d}', '${{e']]],
    [
      'a closing bracket behind a quote',
      'if ($a = "b") { c; }',
      [{ head: ['if', '($a', '=', 'b', ')'], block: [['c']] }],
    ],
    ['a bracket that a quote begins behind', 'if ( "b") { c; }', [{ head: ['if', '(', 'b', ')'], block: [['c']] }]],
    ['an empty text', '  \n', []],
    ['an empty word', 'a "";', [['a', '']]],
    ['white space of Windows', 'a\tb;\r\nc;\r\n', [['a', 'b'], ['c']]],
    [
      'a brace in the middle of a word that ends at it',
      'location ~x{ a; }',
      [{ head: ['location', '~x'], block: [['a']] }],
    ],
    [
      'letters of other scripts',
      'a ä→; b 𝒳;',
      [
        ['a', 'ä→'],
        ['b', '𝒳'],
      ],
    ],
  ])('is read with %s', (_what, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ['a directive that never ends', 'a b;\nc d', 'unexpected end: ";" is missing for line 2'],
    ['a block that never ends', 'a {\nb;\n', 'unexpected end: "}" is missing for line 1'],
    ['a block that was never opened', 'a;\n}', 'unexpected "}" in line 2'],
    ['a directive without end in a block', 'a { b }', 'unexpected "}" in line 1'],
    ['nothing before a semicolon', 'a;\n;', 'unexpected ";" in line 2'],
    ['nothing before a brace', '{ }', 'unexpected "{" in line 1'],
    ['a quote that never ends', 'a\n"b\n;', 'unexpected end: " is not closed in line 2'],
    ['text right behind a quote', "a 'b'c;", 'unexpected "c" in line 1'],
    ['a comment right behind a quote', 'a "b"#c\n;', 'unexpected "#" in line 1'],
  ])('is refused for %s', (_what, text, problem) => {
    expect(read(text)).toBe(problem);
  });

  test('says in which line a directive begins', () => {
    const reading = readNginxConfig('a "x\ny"\n z;\n\nb {\n c;\n}');
    const lines =
      'problem' in reading ? [] : allDirectives(reading.directives).map(({ words, line }) => [words[0], line]);
    expect(lines).toEqual([
      ['a', 1],
      ['b', 5],
      ['c', 6],
    ]);
  });

  test('of a hundred thousand braces is read without descending', () => {
    const deep = `${'a {'.repeat(100_000)}${'}'.repeat(100_000)}`;
    const reading = readNginxConfig(deep);
    expect('problem' in reading ? reading.problem : allDirectives(reading.directives).length).toBe(100_000);
    expect(read('a {'.repeat(100_000))).toBe('unexpected end: "}" is missing for line 1');
  });
});

describe('any configuration', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 12 });
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  const { directives } = fc.letrec<{ directive: NginxDirective; directives: NginxDirective[] }>((tie) => ({
    directive: fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 4 }),
      line: fc.constant(1),
      ...{ block: fc.option(tie('directives'), { nil: undefined, depthSize: 'small' }) },
    }) as fc.Arbitrary<NginxDirective>,
    directives: fc.array(tie('directive'), { maxLength: 4 }),
  }));

  function written(all: readonly NginxDirective[]): string {
    return all
      .map(
        ({ words, block }) => `${words.map(quoted).join(' ')}${block === undefined ? ';' : ` {\n${written(block)}}`}`,
      )
      .join('\n');
  }

  test('that is written comes back', () => {
    fc.assert(fc.property(directives, (all) => expect(read(written(all))).toEqual(shape(all))));
  });

  test('is read or refused, never an exception', () => {
    const piece = fc.constantFrom(
      ' ',
      '\n',
      ';',
      '{',
      '}',
      '"',
      "'",
      '\\',
      '$',
      '#',
      ')',
      'a',
      'split_clients',
      '5%',
      '*',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const reading = readNginxConfig(pieces.join(''));
        expect('problem' in reading ? typeof reading.problem : Array.isArray(reading.directives)).not.toBe(false);
      }),
    );
  });
});
