import { modelPreview } from '../../lib/rules/model-preview';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment } from './configuration';

const catalog = fakeKnowledge([
  {
    name: 'chat',
    version: 'preview',
    stage: 'preview',
    retirementDate: '2027-01-31',
    replacements: [{ name: 'chat', version: '1' }],
  },
  { name: 'chat', version: 'lone-preview', stage: 'preview' },
  { name: 'chat', version: '1' },
]);

function check(version: string, asOf?: string, forbidPreviews = false) {
  return modelPreview.check(contextOf([deployment({ version })], { catalog, asOf, settings: { forbidPreviews } }));
}

describe('model-preview: a deployment uses a preview model', () => {
  test('warns, and names a model to use instead', () => {
    expect(check('preview')).toMatchObject([
      {
        severity: 'warning',
        status: 'violation',
        message:
          'chat@preview is a preview, which Azure upgrades or retires even with NoAutoUpgrade (source: test, as of 2026-11-21)',
        fix: 'use a generally available model, for instance chat@1',
        retirementDate: '2027-01-31',
      },
    ]);
  });

  test('names no model where none is known', () => {
    expect(check('lone-preview')[0]!.fix).toBe('use a generally available model');
  });

  test('is an error where previews are forbidden', () => {
    expect(check('preview', undefined, true)).toMatchObject([{ severity: 'error' }]);
  });

  test('leaves generally available models alone', () => {
    expect(check('1', undefined, true)).toEqual([]);
  });

  test.each([
    ['2027-01-30', 1],
    ['2027-01-31', 0],
  ])('on %s there are %i findings, with retirement on 2027-01-31', (asOf, count) => {
    expect(check('preview', asOf)).toHaveLength(count);
  });
});
