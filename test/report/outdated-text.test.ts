import { outdatedMarkdown } from '../../lib/report/outdated-markdown';
import { outdatedText } from '../../lib/report/outdated-text';
import { OutdatedReport, OutdatedRow } from '../../lib/review/outdated-report';

const ROW: OutdatedRow = {
  input: 'plan.json',
  resource: { address: 'azurerm_cognitive_deployment.chat', type: 'azurerm_cognitive_deployment', deployment: 'chat' },
  model: {
    format: 'OpenAI',
    name: 'gpt-4o',
    version: '2024-05-13',
    sku: 'GlobalStandard',
    stage: 'deprecated',
    retirementDate: '2026-12-09',
    daysLeft: 18,
    unread: [],
  },
  state: 'retiring',
  newest: { version: '2024-11-20', stage: 'legacy', retirementDate: '2027-04-14', isNewer: true },
  replacement: { name: 'gpt-5.1', version: '2025-11-13', by: 'azure', remarks: ['reasoning instead of chat'] },
  scope: 'major-version',
  severity: 'error',
  isWaived: false,
};

const reportOf = (rows: readonly OutdatedRow[]): OutdatedReport => ({
  asOf: '2026-11-21',
  catalogAsOf: '2026-10-05',
  inputs: ['plan.json'],
  rows,
  currentCount: 0,
  deploymentCount: rows.length,
  findings: [],
});

describe('the table for a terminal', () => {
  test('becomes some lines for each deployment where it is too wide', () => {
    expect(outdatedText(reportOf([ROW]), { width: 70 }).split('\n')).toEqual([
      'chat  gpt-4o@2024-05-13 on GlobalStandard',
      '  Deprecated, retires 2026-12-09, days left 18, newest 2024-11-20',
      '  move to gpt-5.1@2025-11-13 (Azure), major version',
      '  azurerm_cognitive_deployment.chat',
      '    ! reasoning instead of chat',
      '',
      '1 of 1 deployment to look at: 1 retiring; as of 2026-11-21',
      '  (catalogue of 2026-10-05)',
      '',
    ]);
  });

  test.each([70, 300])('takes at most %i columns, whatever stands in it', (width) => {
    const wide = '漢'.repeat(60);
    const hostile: OutdatedRow = {
      ...ROW,
      resource: { ...ROW.resource, deployment: wide, address: 'x'.repeat(5_000) },
    };
    const lines = outdatedText(reportOf([ROW, hostile]), { width }).split('\n');
    expect(Math.max(...lines.map((line) => line.replace(/漢/g, '--').length))).toBeLessThanOrEqual(width);
  });

  test('is coloured only when asked for, without moving its columns', () => {
    const plain = outdatedText(reportOf([ROW]));
    const coloured = outdatedText(reportOf([ROW]), { colour: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[33mDeprecated\u001b[39m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('says of a newer version that it ends earlier, of a date that it may move, and of one that is not known', () => {
    const newest = { version: '2024-11-20', stage: 'preview', retirementDate: '2026-12-01', isNewer: true } as const;
    const undated = { ...ROW.model, retirementDate: undefined, daysLeft: undefined };
    const text = outdatedText(
      reportOf([
        { ...ROW, newest, replacement: undefined },
        { ...ROW, model: { ...ROW.model, retirementIsEarliest: true } },
        { ...ROW, model: undated },
      ]),
    );
    expect(text).toContain('! 2024-11-20 retires earlier, on 2026-12-01');
    expect(text).toContain('not before 2026-12-09');
    expect(text).toContain('no date known');
  });
});

test('the Markdown table stays below the limit of a comment and counts what is left out', () => {
  const text = outdatedMarkdown(reportOf(Array.from({ length: 1_000 }, () => ROW)));
  const shown = text.split('\n').filter((line) => line.startsWith('| `chat`')).length;
  expect(text.length).toBeLessThan(65_536);
  expect(shown).toBeGreaterThan(200);
  expect(text).toContain(`${1_000 - shown} more; \`--format json\` has all`);
});
