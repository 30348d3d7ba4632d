import { ABSENT, known, unknown } from '../../lib/facts/attribute';
import { modelUnpinned } from '../../lib/rules/model-unpinned';
import { contextOf, deployment } from './configuration';

function check(props: Parameters<typeof deployment>[0]) {
  return modelUnpinned.check(contextOf([deployment(props)]));
}

describe('model-unpinned: a deployment gives no model version', () => {
  test.each([
    ['left out', ABSENT],
    ['empty', known('')],
    ['blank', known('  ')],
  ])('reports a version that is %s', (_, version) => {
    expect(check({ version })).toMatchObject([
      {
        rule: 'model-unpinned',
        severity: 'error',
        status: 'violation',
        resource: { path: 'model.version' },
        message: 'the deployment of chat gives no version, so Azure picks the default version of the day',
        fix: 'give the exact model version that was tested',
      },
    ]);
  });

  test.each(['latest', 'Default', ' auto '])('reports %j, which is no version', (version) => {
    expect(check({ version })).toMatchObject([
      { message: expect.stringMatching(/^'.*' is no version of a model: Azure knows exact versions only$/) },
    ]);
  });

  test.each([
    ['a version', {}],
    ['an unreadable version', { version: unknown('${var.version}') }],
    ['neither name nor version', { model: ABSENT, version: ABSENT }],
    ["a version that is the module's own", { version: ABSENT, declaredBy: 'module' as const }],
  ])('leaves a deployment alone that has %s', (_, props) => {
    expect(check(props)).toEqual([]);
  });

  test('reports an unreadable name without version too', () => {
    expect(check({ model: unknown('${var.model}'), version: ABSENT })[0]!.message).toBe(
      'the deployment of a model gives no version, so Azure picks the default version of the day',
    );
  });

  test.each([
    ['azapi', 'body.properties.model.version'],
    ['template', 'properties.model.version'],
  ] as const)('names the attribute of %s', (declaredBy, path) => {
    expect(check({ version: ABSENT, declaredBy })[0]!.resource.path).toBe(path);
  });
});
