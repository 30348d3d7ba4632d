import { ABSENT, unknown } from '../../lib/facts/attribute';
import { modelUnknown } from '../../lib/rules/model-unknown';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment } from './configuration';

const catalog = fakeKnowledge([
  { name: 'chat', version: '1' },
  { name: 'chat', version: '2' },
  ...Array.from({ length: 14 }, (_, index) => ({ name: 'many', version: `v${index + 1}` })),
]);

function check(props: Parameters<typeof deployment>[0], knowledge = catalog) {
  return modelUnknown.check(contextOf([deployment(props)], { catalog: knowledge }));
}

describe('model-unknown: a deployment names a model or version that nobody knows', () => {
  test('names the model, its format and the age of the catalogue', () => {
    expect(check({ model: 'chta' })).toMatchObject([
      {
        severity: 'error',
        status: 'violation',
        resource: { path: 'model.name' },
        message: "model 'chta' of format 'OpenAI' is not in the catalogue (as of 2026-11-21)",
        fix: "check the model's name and format; if it is newer than the catalogue, private or fine-tuned, describe it in an overlay file",
      },
    ]);
  });

  test('names a model that nobody knows also where its version cannot be read', () => {
    const version = unknown('${var.version}');
    expect(check({ model: 'chta', version }).map(({ message }) => message)).toEqual([
      "model 'chta' of format 'OpenAI' is not in the catalogue (as of 2026-11-21)",
    ]);
    expect(check({ model: 'chat', version })).toEqual([]);
  });

  test('proposes the nearest spellings', () => {
    const nearest = { ...catalog, lookup: () => ({ kind: 'unknown-model', nearest: ['chat', 'cat'] }) as const };
    expect(check({ model: 'chta' }, nearest)[0]!.fix).toBe(
      "did you mean 'chat' or 'cat'? if it is newer than the catalogue, private or fine-tuned, describe it in an overlay file",
    );
  });

  test('lists the versions that are known', () => {
    expect(check({ version: '3' })).toMatchObject([
      {
        resource: { path: 'model.version' },
        message: "version '3' of model 'chat' is not in the catalogue (as of 2026-11-21), which has 1, 2",
        fix: 'use a version that exists; if it is newer than the catalogue, private or fine-tuned, describe it in an overlay file',
      },
    ]);
  });

  test('lists at most twelve versions', () => {
    expect(check({ model: 'many', version: '3' })[0]!.message).toMatch(/which has v1, .*, v12 and 2 more$/);
  });

  test('says so where the catalogue has the name and no version of it', () => {
    const none = {
      ...catalog,
      lookup: () => ({ kind: 'unknown-version', format: 'OpenAI', name: 'chat', versions: [] }) as const,
    };
    expect(check({}, none)[0]!.message).toMatch(/, which has no version of it$/);
  });

  test.each([
    ['known', {}],
    ['known without its format', { format: ABSENT }],
    ['of an unreadable name', { model: unknown('${var.model}') }],
    ['of an unreadable version', { version: unknown('${var.version}') }],
    ['of an unreadable format and an unknown name', { format: unknown('${var.format}'), model: 'nobody' }],
    ['without a version', { model: 'nobody', version: ABSENT }],
    ['with an empty version', { model: 'nobody', version: ' ' }],
  ])('leaves a model alone that is %s', (_, props) => {
    expect(check(props)).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('does not mistake %s for a model', (model) => {
    expect(check({ model })).toHaveLength(1);
    expect(check({ version: model })).toHaveLength(1);
  });

  test('keeps hostile names on one line and short', () => {
    const [finding] = check({ model: `a\nERROR fake: \u001b[31m${'x'.repeat(100_000)}` });
    expect(finding!.message).toMatch(/^model 'a\\u\{a\}ERROR fake: \\u\{1b\}\[31mx+…' of format/);
    expect(finding!.message.length).toBeLessThan(250);
  });
});
