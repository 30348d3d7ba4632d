import { templateParts } from '../../../lib/emulator/synthesised/template-text';

describe('a text is divided into what is written and what is worked out', () => {
  test.each([
    ['', []],
    ['plain', [{ text: 'plain' }]],
    ['${a.b.c}', [{ expression: 'a.b.c' }]],
    ['x-${ a.b.c }-y', [{ text: 'x-' }, { expression: 'a.b.c' }, { text: '-y' }]],
    ['${a.b.c}${d.e.f}', [{ expression: 'a.b.c' }, { expression: 'd.e.f' }]],
    ['$${not} and %%{not}', [{ text: '${not} and %{not}' }]],
    ['a $ b % c } d', [{ text: 'a $ b % c } d' }]],
    ['${f("}")}z', [{ expression: 'f("}")' }, { text: 'z' }]],
    ['${f("\\"}")}z', [{ expression: 'f("\\"}")' }, { text: 'z' }]],
    ['${f("${g("}")}")}z', [{ expression: 'f("${g("}")}")' }, { text: 'z' }]],
    ['${{ a = { b = 1 } }}z', [{ expression: '{ a = { b = 1 } }' }, { text: 'z' }]],
    ['%{ if x }y%{ endif }', [{ expression: '%if x' }, { text: 'y' }, { expression: '%endif' }]],
  ])('%j', (template, parts) => {
    expect(templateParts(template)).toEqual(parts);
  });

  test('an expression that never ends reaches to the end of the text', () => {
    expect(templateParts('x${a.b')).toEqual([{ text: 'x' }, { expression: 'a.b' }]);
    expect(templateParts('x${"a}')).toEqual([{ text: 'x' }, { expression: '"a}' }]);
  });

  test('neither depth nor number of brackets is too much', () => {
    const deep = '${"'.repeat(100_000);
    expect(templateParts(deep)).toEqual([{ expression: deep.slice(2) }]);
    expect(templateParts('${a}'.repeat(100_000))).toHaveLength(100_000);
  });
});
