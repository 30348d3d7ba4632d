import { RunReport } from '../../lib/report/run-report';
import { textReport } from '../../lib/report/text-report';

const report: RunReport = {
  asOf: '2026-11-21',
  catalog: { asOf: '2026-10-05', sources: [{ name: 'schedule', asOf: '2026-10-05' }] },
  inputs: ['cdk.tf.json'],
  toolVersion: '0.1.0',
  command: 'check',
  failOn: 'error',
  models: [],
  summary: { errors: 1, warnings: 2, notes: 0, unknown: 0, waived: 0, carriedOver: 0 },
  findings: [
    {
      rule: 'model-retired',
      severity: 'error',
      status: 'violation',
      resource: {
        address: 'azurerm_cognitive_deployment.chat',
        type: 'azurerm_cognitive_deployment',
        account: '/subscriptions/s/a',
        deployment: 'chat',
      },
      message: 'it retired',
      fix: 'replace it',
      retirementDate: '2025-02-13',
    },
  ],
};

describe('the text report', () => {
  test('shows the findings, then the counts, the day and the age of the knowledge', () => {
    expect(textReport(report)).toBe(
      [
        'error model-retired: azurerm_cognitive_deployment.chat',
        '  it retired',
        '  fix: replace it',
        '',
        '1 error, 2 warnings, 0 notes, 0 waived in 1 stack, as of 2026-11-21 (catalogue of 2026-10-05)',
        '',
      ].join('\n'),
    );
  });

  test('of nothing found is the counts alone', () => {
    const clean = { errors: 0, warnings: 0, notes: 0, unknown: 0, waived: 0, carriedOver: 0 };
    expect(textReport({ ...report, findings: [], summary: clean, inputs: [] })).toBe(
      '0 errors, 0 warnings, 0 notes, 0 waived in 0 stacks, as of 2026-11-21 (catalogue of 2026-10-05)\n',
    );
  });
});
