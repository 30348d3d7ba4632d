import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { judgementDate } from '../../lib/contracts/as-of';
import { LiveDeployment, LiveInventory } from '../../lib/inventory';
import { inventoryCsv } from '../../lib/report/inventory-csv';
import { inventoryMarkdown } from '../../lib/report/inventory-markdown';
import { inventoryText } from '../../lib/report/inventory-text';
import { inventoryReport } from '../../lib/review/inventory-rows';
import { resolveSettings } from '../../lib/rules/settings';
import { accountId, inventoryOf, live } from '../inventory/support';

const OLD = {
  model: { format: 'OpenAI', name: 'gpt-35-turbo', version: '0613' },
  sku: { name: 'Standard', capacity: 1 },
};

function reportOf(deployments: readonly LiveDeployment[], given: Partial<LiveInventory> = {}) {
  return inventoryReport({
    inventory: inventoryOf(deployments, given),
    inputs: [],
    catalog: ModelCatalog.open(),
    judgement: judgementDate('2026-11-21', '--as-of'),
    settings: resolveSettings(),
  });
}

describe('the inventory', () => {
  test('has some lines for each deployment where the terminal is too narrow for a table', () => {
    expect(
      inventoryText(reportOf([live(OLD)]), { width: 80 })
        .split('\n')
        .slice(0, 6),
    ).toEqual([
      'chat  gpt-35-turbo@0613 on Standard',
      '  models (rg-models)',
      '  Retired, retires 2025-02-13, days left -646',
      '  move to gpt-4.1@2025-04-14 (advised, until 2027-04-14)',
      '    ! Azure names gpt-35-turbo@0125: retired itself',
      '',
    ]);
  });

  test('is one line where there is nothing to look at', () => {
    expect(inventoryText(reportOf([live()]))).toBe(
      '1 deployment in 1 account, nothing to look at; read 2026-11-21 09:00 UTC, as of 2026-11-21 (catalogue of 2026-10-05)\n',
    );
    expect(inventoryText(reportOf([]))).toMatch(/^0 deployments in 0 accounts, nothing to look at; /);
  });

  test('fits a comment however much there is, and says how much is left out', () => {
    const deployments = Array.from({ length: 2_000 }, (_, index) => live({ name: `chat-${index}`, ...OLD }));
    const unread = Array.from({ length: 500 }, (_, index) => ({
      id: accountId(`closed-${index}`),
      reason: 'it is closed',
    }));
    const markdown = inventoryMarkdown(reportOf(deployments, { unread }));
    expect(markdown.length).toBeLessThan(65_536);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| `chat-')).length;
    const closed = markdown.split('\n').filter((line) => line.startsWith('- `closed-')).length;
    expect([...markdown.matchAll(/^(\d+) more;/gm)].map(([, left]) => Number(left))).toEqual([
      2_000 - rows,
      500 - closed,
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', 'two\\u{a}lines'],
  ])('writes %j into a spreadsheet as %j, which is no formula', (name, cell) => {
    const [, row] = inventoryCsv(
      reportOf([live({ ...OLD, name, id: `${accountId('models')}/deployments/${name}` })]),
    ).split('\r\n');
    expect(row).toContain(`,models,${cell},swedencentral,`);
  });

  test('keeps days that have passed a number in a spreadsheet', () => {
    expect(inventoryCsv(reportOf([live(OLD)]))).toContain(',retired,Retired,2025-02-13,-646,');
  });
});
