import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { evaluate } from '../../lib/rules/evaluate';
import { configuration, deployment, TODAY } from './configuration';

const catalog = ModelCatalog.bundled();

function judge(model: string, version: string, sku: string, asOf = TODAY) {
  const facts = configuration([deployment({ model, version, sku })]);
  return evaluate({ facts, catalog, judgement: { asOf, clock: asOf }, extent: 'part' }).findings;
}

function outcome(model: string, version: string, sku: string, asOf?: string): string[] {
  return judge(model, version, sku, asOf).map((finding) => `${finding.severity} ${finding.rule}`);
}

describe('model pins that well-known samples still carry, on 2026-11-21', () => {
  test.each([
    // Retired on 2025-02-13.
    ['gpt-35-turbo', '0613', 'Standard', ['error model-retired']],
    // Regional Standard retired on 2026-03-31; the other SKUs retire on 2026-12-09, in 18 days.
    ['gpt-4o', '2024-05-13', 'Standard', ['error model-retired']],
    ['gpt-4o', '2024-05-13', 'GlobalStandard', ['error model-retiring']],
    // Deprecated; Standard retired on 2026-03-31, the others retire on 2027-04-14.
    ['gpt-4o', '2024-08-06', 'Standard', ['error model-retired']],
    ['gpt-4o', '2024-08-06', 'GlobalStandard', ['warning model-deprecated']],
    // Legacy, and retires on 2027-04-14, in 144 days.
    ['gpt-4o', '2024-11-20', 'GlobalStandard', []],
    ['gpt-4o', '2024-11-20', 'Standard', []],
    // Retired on 2026-11-19, two days ago.
    ['o1', '2024-12-17', 'GlobalStandard', ['error model-retired']],
    // Retires on 2028-02-09.
    ['text-embedding-ada-002', '2', 'Standard', []],
  ])('%s %s on %s: %j', (model, version, sku, expected) => {
    expect(outcome(model, version, sku)).toEqual(expected);
  });

  test('the findings name dates, days and what to deploy instead', () => {
    expect(judge('gpt-35-turbo', '0613', 'Standard')).toMatchObject([
      {
        retirementDate: '2025-02-13',
        message: expect.stringMatching(/^gpt-35-turbo@0613 on Standard retired on 2025-02-13, 646 days ago: /),
        // Its named replacement, gpt-35-turbo 0125, is retired too; that one's is gpt-4.1-mini.
        fix: expect.stringMatching(/^deploy gpt-4\.1-mini@2025-04-14\b/),
      },
    ]);
    expect(judge('gpt-4o', '2024-08-06', 'Standard')).toMatchObject([
      {
        retirementDate: '2026-03-31',
        message: expect.stringMatching(/^gpt-4o@2024-08-06 on Standard retired on 2026-03-31, 235 days ago: /),
        fix: expect.stringMatching(
          /^deploy gpt-5\.1@2025-11-13\b.*not retired on GlobalStandard and DataZoneStandard, /,
        ),
      },
    ]);
    expect(judge('o1', '2024-12-17', 'GlobalStandard')[0]).toMatchObject({
      message: expect.stringContaining('retired on 2026-11-19, 2 days ago'),
      fix: expect.stringMatching(/^deploy (?:gpt-5\.6-sol@|a pinned version of gpt-5\.6-sol)/),
    });
  });

  test.each([
    ['2026-03-30', 'Standard', 'error model-retiring'],
    ['2026-03-31', 'Standard', 'error model-retired'],
    ['2027-04-13', 'GlobalStandard', 'error model-retiring'],
    ['2027-04-14', 'GlobalStandard', 'error model-retired'],
    ['2027-03-14', 'GlobalStandard', 'warning model-retiring'],
    ['2027-03-15', 'GlobalStandard', 'error model-retiring'],
    ['2026-12-14', 'GlobalStandard', 'warning model-deprecated'],
    ['2026-12-15', 'GlobalStandard', 'warning model-retiring'],
  ])('gpt-4o 2024-08-06 on %s and %s: %s', (asOf, sku, expected) => {
    expect(outcome('gpt-4o', '2024-08-06', sku, asOf)).toEqual([expected]);
  });

  test.each([
    ['gpt-3.5-turbo', '0613', ['error model-retired']],
    ['GPT-4o', '2024-11-20', []],
    ['gpt-4o', '2024-11-21', ['error model-unknown']],
    ['gpt4o', '2024-11-20', ['error model-unknown']],
  ])('spelt %s %s: %j', (model, version, expected) => {
    expect(outcome(model, version, 'GlobalStandard')).toEqual(expected);
  });

  test('a misspelt name is answered with the right one', () => {
    expect(judge('gpt4o', '2024-11-20', 'GlobalStandard')[0]!.fix).toMatch(/^did you mean 'gpt-4o'/);
  });
});
