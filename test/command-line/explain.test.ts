import Ajv2020 from 'ajv/dist/2020';
import compareSchema from '../../lib/report/data/compare.schema.json';
import explainSchema from '../../lib/report/data/explain.schema.json';
import { runCommand } from './command-run';

const ON = ['--as-of', '2026-11-21'];

const explainsSchema = new Ajv2020().compile(explainSchema);
const comparesSchema = new Ajv2020().compile(compareSchema);

describe('model-lifecycle explain', () => {
  test.each<[string[], string[]]>([
    [
      ['gpt-4o@2024-05-13', '--sku', 'GlobalStandard'],
      [
        '  advice       alive longest under GlobalStandard: gpt-4o@2024-11-20, gpt-4.1@2025-04-14, gpt-4.1-mini@2025-04-14 (legacy, until 2027-04-14, 144 days left)',
        '  advice       longer as reasoning, with other parameters: gpt-6-luna@2026-09-22 (generally-available, until 2028-03-11, 476 days left)',
      ],
    ],
    [
      ['text-embedding-3-small@1', '--sku', 'Standard', '--region', 'swedencentral'],
      [
        '  advice       no other embeddings model of OpenAI that is listed under Standard in swedencentral is known to live longer than until 2028-02-09',
      ],
    ],
    [
      ['o4-mini@2025-04-16'],
      [
        '  advice       alive longest: gpt-6-luna@2026-09-22, gpt-6-sol@2026-09-22, gpt-6.1-sol@2026-09-29 (generally-available, until 2028-03-11, 476 days left)',
      ],
    ],
  ])('advises on %j in a line or two', async (args, expected) => {
    const { status, stdout } = await runCommand(['explain', ...args, ...ON]);
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('  advice'))).toEqual(expected);
  });

  test.each([
    [['gpt-4o'], 4],
    [['gpt-4o@2024-08-06', '--sku', 'Standard'], 1],
    [['gpt-35-turbo'], 4],
    [['gpt-4.1', '--cloud', 'usgovernment'], 1],
    [['gpt-4o@2024-08-06', '--scope', 'fine-tune'], 1],
  ])('writes JSON of %j that the published schema describes', async (args, count) => {
    const { stdout } = await runCommand(['explain', ...args, ...ON, '--format', 'json']);
    const document = JSON.parse(stdout) as { answers: { advice: object }[] };
    expect([explainsSchema(document), explainsSchema.errors]).toEqual([true, null]);
    expect(document.answers).toHaveLength(count);
    expect(document).toMatchObject({ schemaVersion: 1, asOf: '2026-11-21' });
  });
});

describe('what explain says of SKUs and regions', () => {
  const lines = (stdout: string, label: string) => stdout.split('\n').filter((line) => line.startsWith(`  ${label} `));

  test('a SKU that ends on a day of its own has a line, where no SKU is asked for', async () => {
    const { stdout } = await runCommand(['explain', 'gpt-4o@2024-08-06', ...ON]);
    expect(lines(stdout, 'retires')).toEqual(['  retires      2027-04-14, in 144 days']);
    expect(lines(stdout, 'SKU')).toEqual(['  SKU          Standard: retired 2026-03-31, 235 days ago']);
    const asked = await runCommand(['explain', 'gpt-4o@2024-08-06', '--sku', 'GlobalStandard', ...ON]);
    expect(lines(asked.stdout, 'SKU')).toEqual([]);
  });

  test.each<[string[], object | undefined]>([
    [['gpt-4o@2024-08-06'], { Standard: '2026-03-31' }],
    [['gpt-4o@2024-11-20'], undefined],
  ])('as JSON of %j', async (args, expected) => {
    const { stdout } = await runCommand(['explain', ...args, ...ON, '--format', 'json']);
    const document = JSON.parse(stdout) as { answers: { skuRetirementDates?: object }[] };
    expect([explainsSchema(document), explainsSchema.errors]).toEqual([true, null]);
    expect(document.answers.map(({ skuRetirementDates }) => skuRetirementDates)).toEqual([expected]);
  });

  test.each([
    ['Standrd', "no model is known to be offered under the SKU 'Standrd'; did you mean Standard?"],
    [
      'S0\u001b[2J',
      /^model-lifecycle: no model is known to be offered under the SKU 'S0\\u\{1b\}\[2J'; known are [^\n]+\n$/,
    ],
  ])('a SKU that no model has, %j, is refused', async (sku, message) => {
    const { status, stdout, stderr } = await runCommand(['explain', 'gpt-4o@2024-05-13', '--sku', sku, ...ON]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toEqual(
      typeof message === 'string' ? `model-lifecycle: ${message}\n` : expect.stringMatching(message),
    );
  });

  test.each([
    [
      ['gpt-image-2@2026-04-21', '--sku', 'Standard'],
      'Standard is not listed for this model: stage and date are those of its other SKUs',
    ],
    [
      ['Cohere-rerank-v4.0-pro@1', '--sku', 'Standard'],
      'whether the model is offered under Standard is not known: stage and date are those of the model',
    ],
  ])('%j is told whose dates these are', async (args, remark) => {
    const { stdout } = await runCommand(['explain', ...args, ...ON]);
    expect(lines(stdout, 'SKU')).toEqual([`  SKU          ${remark}`]);
  });

  test.each([
    ['swedencentrl', "model-lifecycle: 'swedencentrl' is no region that is known here; did you mean swedencentral?\n"],
    ['Sweden Central', ''],
  ])('the region %s', async (region, hint) => {
    const { status, stderr } = await runCommand(['explain', 'gpt-4o@2024-11-20', '--region', region, ...ON]);
    expect([status, stderr]).toEqual([0, hint]);
  });
});

describe('model-lifecycle compare', () => {
  test.each<[string[], object]>([
    [
      ['gpt-4o@2024-08-06', 'gpt-5.1@2025-11-13'],
      { from: { name: 'gpt-4o', version: '2024-08-06' }, scope: 'major-version' },
    ],
    [['gpt-4.1', 'nobody-knows-it'], { scope: 'model-change-general', unknown: expect.any(String) as string }],
    [
      ['gpt-4o', 'gpt-4o', '--from-hosting', 'self-hosted', '--to-hosting', 'GlobalStandard'],
      { scope: 'deployment-option', from: { hosting: 'self-hosted' }, to: { hosting: 'GlobalStandard' } },
    ],
  ])('writes JSON of %j that the published schema describes', async (args, expected) => {
    const { stdout } = await runCommand(['compare', ...args, ...ON, '--format', 'json']);
    const document: unknown = JSON.parse(stdout);
    expect([comparesSchema(document), comparesSchema.errors]).toEqual([true, null]);
    expect(document).toMatchObject({ schemaVersion: 1, ...expected });
  });

  test.each<[string[], string[]]>([
    [['gpt-4o@2024-08-06', 'gpt-4.1'], []],
    [
      ['gpt-4o@1999', 'gpt-4o@2024-11-20'],
      [
        "the catalogue knows no version '1999' of gpt-4o; it knows 2024-05-13, 2024-08-06, 2024-08-06-ev3, 2024-11-20",
        'gpt-4o@2024-11-20 is legacy itself, until 2027-04-14, 144 days left',
      ],
    ],
    [
      ['gpt-4o@2024-11-20', 'gpt-35-turbo@0613'],
      ['gpt-35-turbo@0613 is retired since 2025-02-13: nothing can move to it'],
    ],
    [
      ['gpt-4o@2024-08-06', 'gpt-5.1@2025-11-13'],
      ['gpt-5.1 is reasoning instead of chat, so that requests change as well'],
    ],
    [['gpt4o', 'gpt4o'], ["the catalogue knows no model 'gpt4o'; did you mean gpt-4o?"]],
    [
      ['gpt-4o@\u001b[2J', 'gpt-4.1'],
      [
        "the catalogue knows no version '\\u{1b}[2J' of gpt-4o; it knows 2024-05-13, 2024-08-06, 2024-08-06-ev3, 2024-11-20",
      ],
    ],
  ])('says of %j on standard error what the scope does not', async (args, remarks) => {
    const { status, stderr } = await runCommand(['compare', ...args, ...ON]);
    expect([status, stderr]).toEqual([0, remarks.map((remark) => `model-lifecycle: ${remark}\n`).join('')]);
  });
});
