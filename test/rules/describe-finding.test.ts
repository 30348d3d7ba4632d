import { describeFinding } from '../../lib/rules/describe-finding';
import { Finding } from '../../lib/rules/finding';

const FINDING: Finding = {
  rule: 'model-retired',
  severity: 'error',
  status: 'violation',
  resource: {
    address: 'azurerm_cognitive_deployment.chat',
    type: 'azurerm_cognitive_deployment',
    constructPath: 'production/chat',
    declaredAt: 'bin/app.ts:42',
  },
  message: 'chat@1 retired on 2026-03-31',
  fix: 'deploy chat@2 beside it',
};

describe('a finding as text', () => {
  test('has a line for the rule, the place, the message and the fix', () => {
    expect(describeFinding(FINDING)).toBe(
      [
        'error model-retired: azurerm_cognitive_deployment.chat (production/chat)',
        '  declared at bin/app.ts:42',
        '  chat@1 retired on 2026-03-31',
        '  fix: deploy chat@2 beside it',
      ].join('\n'),
    );
  });

  test('names the input in a line of its own where it is told one, whatever the input is called', () => {
    const lines = describeFinding(FINDING, { input: 'plans/\u001b[2J\nstaging.json' }).split('\n');
    expect(lines.slice(1, 3)).toEqual(['  in plans/\\u{1b}[2J\\u{a}staging.json', '  declared at bin/app.ts:42']);
    expect(lines).toHaveLength(5);
  });

  test('leaves out what is not known, and adds the path, the status and the waiver', () => {
    const resource = { address: 'catalog', type: 'catalog', path: 'model.version' };
    const waived = { reason: 'reviewed by hand', owner: 'team', expires: '2026-12-01' };
    expect(describeFinding({ ...FINDING, severity: 'note', status: 'unknown', resource, waived })).toBe(
      [
        'waived (unknown) model-retired: catalog, model.version',
        '  chat@1 retired on 2026-03-31',
        '  fix: deploy chat@2 beside it',
        '  waived until 2026-12-01 by team: reviewed by hand',
      ].join('\n'),
    );
  });

  test.each([
    ['base', undefined, '  carried over from the base'],
    ['baseline', '2026-10-01', '  carried over from the baseline, there since 2026-10-01'],
  ] as const)('marks what was in the %s before', (from, since, line) => {
    expect(describeFinding({ ...FINDING, carriedOver: { from, ...(since && { since }) } }).split('\n')).toEqual([
      'carried over error model-retired: azurerm_cognitive_deployment.chat (production/chat)',
      '  declared at bin/app.ts:42',
      '  chat@1 retired on 2026-03-31',
      '  fix: deploy chat@2 beside it',
      line,
    ]);
  });

  test('says of what a waiver covers that it does, whether it was there before or not', () => {
    const waived = { reason: 'reviewed by hand', owner: 'team', expires: '2026-12-01' };
    const lines = describeFinding({ ...FINDING, waived, carriedOver: { from: 'base' } }).split('\n');
    expect([lines[0], lines.at(-1)]).toEqual([
      'waived model-retired: azurerm_cognitive_deployment.chat (production/chat)',
      '  waived until 2026-12-01 by team: reviewed by hand',
    ]);
  });

  test('keeps hostile texts on their line', () => {
    const hostile = 'x\nerror fake: \u001b[2J\u202e';
    const waived = { reason: hostile, owner: hostile, expires: hostile };
    const resource = { address: hostile, type: 'x', constructPath: hostile, path: hostile, declaredAt: hostile };
    const text = describeFinding({ ...FINDING, resource, waived, message: hostile, fix: hostile });
    expect(text.split('\n')).toHaveLength(5);
    expect(text.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
