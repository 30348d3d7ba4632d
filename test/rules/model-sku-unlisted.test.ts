import { ABSENT, unknown } from '../../lib/facts/attribute';
import { modelSkuUnlisted } from '../../lib/rules/model-sku-unlisted';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment } from './configuration';

const catalog = fakeKnowledge([
  { name: 'chat', version: '1', skus: ['GlobalStandard', 'DataZoneStandard'] },
  { name: 'partner', version: '1' },
  { name: 'old', version: '1', retirementDate: '2025-01-01', skus: ['Standard'] },
  { name: 'split', version: '1', skuDates: { Standard: '2026-01-01' }, skus: ['Standard', 'GlobalStandard'] },
]);

function check(props: Parameters<typeof deployment>[0]) {
  return modelSkuUnlisted.check(contextOf([deployment(props)], { catalog }));
}

describe('model-sku-unlisted: a deployment uses a SKU that the catalogue does not list', () => {
  test('lists the SKUs that there are', () => {
    expect(check({ sku: 'Standard' })).toMatchObject([
      {
        severity: 'warning',
        status: 'violation',
        resource: { path: 'sku.name' },
        message:
          'chat@1 on Standard is not listed: the catalogue lists GlobalStandard, DataZoneStandard (source: test, as of 2026-11-21)',
        fix: 'use one of GlobalStandard, DataZoneStandard, or check that your region offers this SKU and waive the finding',
      },
    ]);
  });

  test('is an error with the nearest name when Azure is not known to have such a SKU: its dates are not known', () => {
    expect(check({ sku: 'GlobalStandart' })).toMatchObject([
      {
        severity: 'error',
        status: 'violation',
        message: "'GlobalStandart' is no SKU that Azure is known to have, so the dates of chat@1 on it are not known",
        fix: 'use one of GlobalStandard, DataZoneStandard; did you mean GlobalStandard?',
      },
    ]);
    expect(check({ model: 'partner', sku: 'Serverless' })).toMatchObject([{ severity: 'error', status: 'unknown' }]);
  });

  test.each(['globalstandard', 'DATAZONESTANDARD'])('reads %s whatever its case', (sku) => {
    expect(check({ sku }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('leaves a listed SKU alone', () => {
    expect(check({ sku: 'DataZoneStandard' })).toEqual([]);
  });

  test.each([
    ['is a token', unknown('${var.sku}'), 'the SKU of chat@1 cannot be read before Terraform runs: ${var.sku}'],
    ['is left out', ABSENT, 'the deployment of chat@1 names no SKU'],
  ])('is unknown when the SKU %s', (_, sku, message) => {
    expect(check({ sku })).toMatchObject([
      {
        severity: 'warning',
        status: 'unknown',
        message,
        fix: 'write the SKU as a literal, one of GlobalStandard, DataZoneStandard',
      },
    ]);
  });

  test('is a note of status unknown where the catalogue lists no SKUs for the model', () => {
    expect(check({ model: 'partner' })).toMatchObject([
      {
        severity: 'note',
        status: 'unknown',
        message:
          'the catalogue lists no SKUs for partner@1, so it cannot tell whether this one is offered (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test.each([
    ['a retired model', { model: 'old', sku: 'GlobalStandard' }],
    ['an unreadable SKU that model-retired reports', { model: 'split', sku: unknown('${var.sku}') }],
    ['a model that is not in the catalogue', { model: 'nobody' }],
    ['a version that is not in the catalogue', { version: '2' }],
    ['a deployment without version', { version: ABSENT, sku: 'Standard' }],
  ])('leaves %s to other rules', (_, props) => {
    expect(check(props)).toEqual([]);
  });
});
