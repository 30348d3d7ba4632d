import fc from 'fast-check';
import { parseFragment, parsePolicy } from '../../lib/policy/parse-policy';
import { policyProblems } from '../../lib/policy/policy-problems';
import { referencesOf } from '../../lib/policy/references';
import { serialisePolicy } from '../../lib/policy/serialise-policy';
import { fragmentDocuments, hostileText, policyDocuments } from './documents';

describe('writing and reading back', () => {
  test('gives every policy back as it was, whatever its indentation', () => {
    fc.assert(
      fc.property(policyDocuments, fc.constantFrom(0, 2), (document, indentation) => {
        expect(parsePolicy(serialisePolicy(document, { indentation }))).toEqual({ document });
      }),
      { numRuns: 300 },
    );
  });

  test('gives every fragment back as it was', () => {
    fc.assert(
      fc.property(fragmentDocuments, (document) => {
        expect(parseFragment(serialisePolicy(document))).toEqual({ document });
      }),
    );
  });

  test('writes no single-quoted attribute, CDATA, comment, named value, interpolation or control character', () => {
    fc.assert(
      fc.property(policyDocuments, (document) => {
        const text = serialisePolicy(document);
        expect(text).not.toMatch(/<!|<\?|\{\{|[$%]\{|(?![\n\t])[\p{Cc}\p{Cs}]/u);
        expect(text.replace(/"[^"]*"/g, '""').match(/='/)).toBeNull();
      }),
    );
  });

  test('is always well-formed: between quotes and between tags stands no bare < or &', () => {
    const element = /^(?:<\/?[\w-]+(?: [\w-]+="[^"<]*")*(?: \/)?>|[^<>]+)*$/;
    fc.assert(
      fc.property(policyDocuments, (document) => {
        const text = serialisePolicy(document, { indentation: 0 });
        expect(
          text.split('>').every((piece) => element.test(`${piece}>`.replace(/^[^<]*/, '')) || piece === '\n'),
        ).toBe(true);
        expect(text.match(/&(?!(?:quot|amp|lt|gt);)/)).toBeNull();
      }),
    );
  });
});

describe('reading anything', () => {
  const pieces = fc.constantFrom(
    ...[
      '<policies>',
      '</policies>',
      '<inbound>',
      '</inbound>',
      '<choose>',
      '<when condition="',
      '">',
      '@(',
      '@{',
      ')',
      '}',
    ],
    ...[
      '<set-body>',
      '</set-body>',
      "'",
      '"',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!',
      '/>',
      '<',
      '&#0;',
      '=',
      ' a',
    ],
  );

  test('ends in a document or in problems, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, hostileText), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const reading of [parsePolicy(text), parsePolicy(`<policies><inbound>${text}</inbound></policies>`)]) {
          if ('problems' in reading) {
            expect(reading.problems.length).toBeGreaterThan(0);
          } else {
            policyProblems(reading.document);
            referencesOf(reading.document);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['open elements', '<a>'.repeat(350_000)],
    [
      'wrong choose elements inside each other',
      `<policies><inbound>${'<choose><when condition="@(x)"></when>'.repeat(199)}`,
    ],
    ['expressions that never close', '<policies><inbound><a b="x@(" c="@ '.repeat(30_000)],
    ['half expressions in text', `<policies><inbound><a>${'x @( <b/> '.repeat(100_000)}</a></inbound></policies>`],
    ['interpolated holes', `<policies><inbound><a b="@(${'$"{'.repeat(300_000)}"/></inbound></policies>`],
    [
      'attributes',
      `<policies><inbound><a ${Array.from({ length: 60_000 }, (_, i) => `b${i}="1"`).join(' ')}/></inbound></policies>`,
    ],
    ['escapes', `<policies><inbound><a b="@("${'\\"'.repeat(500_000)}")"/></inbound></policies>`],
    ['white space', `<policies><inbound><a b="@((int)${' '.repeat(900_000)}context.Variables)"/></inbound></policies>`],
    ['open brackets of casts', `<policies><inbound><a b="@(${'( '.repeat(400_000)}Variables"/></inbound></policies>`],
    ['ampersands', `<policies><inbound><a>${'&#'.repeat(500_000)}</a></inbound></policies>`],
    ['text', `<policies><inbound><a>${'x'.repeat(1_000_000)}</a></inbound></policies>`],
  ])(
    'of a megabyte made of %s comes to an end',
    (_, text) => {
      const reading = parsePolicy(text);
      if ('document' in reading) {
        policyProblems(reading.document);
        referencesOf(reading.document);
      }
    },
    60_000,
  );
});
