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
});
