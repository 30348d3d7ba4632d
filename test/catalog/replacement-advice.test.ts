import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelCatalog } from '../../lib/catalog';
import { kindOf } from '../../lib/catalog/model-kind';
import { PinnedModel } from '../../lib/catalog/pinned-model';
import { adviseReplacement } from '../../lib/catalog/replacement-advice';

const ON = '2026-11-21';
const catalog = ModelCatalog.bundled();
const government = ModelCatalog.bundled({ cloud: 'usgovernment' });

const namesIn = (models: readonly { readonly name: string; readonly version?: string }[]) =>
  models.map(({ name, version }) => `${name}@${version}`);

const advise = (pinned: PinnedModel, known = catalog, on = ON) => adviseReplacement(pinned, known, on);

describe('candidates for a pinned model', () => {
  test.each<[string, PinnedModel, string[], string | undefined]>([
    [
      'a deprecated chat model: legacy ones of the same line, the smallest update first, a deprecated one last',
      { name: 'gpt-4o', version: '2024-05-13', sku: 'GlobalStandard' },
      [
        'gpt-4o@2024-11-20',
        'gpt-4.1@2025-04-14',
        'gpt-4.1-mini@2025-04-14',
        'gpt-4.1-nano@2025-04-14',
        'gpt-4o@2024-08-06',
      ],
      'gpt-6-luna@2026-09-22',
    ],
    [
      'a retired chat model on Standard: only what is listed there',
      { name: 'gpt-35-turbo', version: '0613', sku: 'Standard' },
      ['gpt-4.1@2025-04-14', 'gpt-4.1-mini@2025-04-14', 'gpt-4o@2024-11-20'],
      'gpt-5.1@2025-11-13',
    ],
    [
      'a spelling and a case that only people use',
      { name: 'GPT-3.5-Turbo', version: '0613', sku: 'standard' },
      ['gpt-4.1@2025-04-14', 'gpt-4.1-mini@2025-04-14', 'gpt-4o@2024-11-20'],
      'gpt-5.1@2025-11-13',
    ],
    [
      'a legacy chat model that no other one outlives',
      { name: 'gpt-4.1', version: '2025-04-14', sku: 'GlobalStandard' },
      [],
      'gpt-6-luna@2026-09-22',
    ],
    [
      'a retired reasoning model: five of those that live longest',
      { name: 'o4-mini', version: '2025-04-16', sku: 'GlobalStandard' },
      [
        'gpt-6-luna@2026-09-22',
        'gpt-6-sol@2026-09-22',
        'gpt-6.1-sol@2026-09-29',
        'gpt-5.6-luna@2026-07-09',
        'gpt-5.6-sol@2026-07-09',
      ],
      undefined,
    ],
    [
      'embeddings that nothing outlives',
      { name: 'text-embedding-ada-002', version: '2', sku: 'Standard' },
      [],
      undefined,
    ],
    ['the only transcription on Standard', { name: 'whisper', version: '001', sku: 'Standard' }, [], undefined],
    [
      'a retired image model without a SKU',
      { name: 'dall-e-3', version: '3.0' },
      [
        'gpt-image-2@2026-04-21',
        'gpt-image-2.5-flare@2026-09-08',
        'gpt-image-2.5-sunburst@2026-09-08',
        'gpt-image-1-mini@2025-10-06',
        'gpt-image-1.5@2025-12-16',
      ],
      undefined,
    ],
    [
      'a preview: what lives longest, though it is of an earlier number',
      { name: 'gpt-realtime-2', version: '2026-05-06', sku: 'DataZoneStandard' },
      ['gpt-realtime-1.5@2026-02-23', 'gpt-realtime-2.1@2026-07-07'],
      undefined,
    ],
  ])('%s', (_, pinned, expected, otherKind) => {
    const advice = advise(pinned);
    expect(namesIn(advice.candidates)).toEqual(expected);
    expect(namesIn(advice.otherKind ? [advice.otherKind] : [])).toEqual(otherKind ? [otherKind] : []);
  });

  test.each<[PinnedModel, string]>([
    [
      { name: 'text-embedding-3-small', version: '1', sku: 'Standard' },
      'no other embeddings model of OpenAI that is listed under Standard is known to live longer than until 2028-02-09',
    ],
    [
      { name: 'dall-e-3', version: '3.0', sku: 'Standard' },
      'no other image model of OpenAI is alive on 2026-11-21 and listed under Standard',
    ],
    [
      { name: 'gpt-4o', version: '2024-11-20' },
      'no other chat model of OpenAI is known to live longer than until 2027-04-14',
    ],
    [{ name: 'gpt-9\u001b[2J', version: '1' }, "the catalogue knows no model 'gpt-9\\u{1b}[2J'"],
    [{ name: 'gpt-4o', version: 'latest' }, "the catalogue knows no version 'latest' of 'gpt-4o'"],
    [
      { name: 'Cohere-rerank-v3.5', version: '1', sku: 'GlobalStandard' },
      'the catalogue does not say under which SKUs the other rerank models of Cohere are offered',
    ],
  ])('there is none for %j, and why is said', (pinned, reason) => {
    expect(advise(pinned)).toMatchObject({ candidates: [], reason });
  });

  test('each says why, in one sentence', () => {
    const [first, , , , last] = advise({ name: 'gpt-4o', version: '2024-05-13', sku: 'GlobalStandard' }).candidates;
    expect(first!.why).toBe(
      'alive under GlobalStandard, until 2027-04-14, 144 days left; chat like gpt-4o; minor-version; legacy: its deprecation comes next',
    );
    expect(last!.why).toBe(
      'alive under GlobalStandard, until 2027-04-14, 144 days left; chat like gpt-4o; minor-version; ' +
        'deprecated: a subscription that never deployed it cannot create it',
    );
    expect(advise({ name: 'gpt-4.1', version: '2025-04-14' }).otherKind!.why).toBe(
      'alive, until 2028-03-11, 476 days left; reasoning instead of chat, so that requests take other parameters; major-version',
    );
  });

  test('a model without a date stands behind those with one, and is said to have none', () => {
    const known = catalog.withOverlay({
      schemaVersion: 1,
      asOf: ON,
      models: [
        {
          format: 'OpenAI',
          name: 'text-embedding-4',
          version: '1',
          stage: 'generally-available',
          kind: 'embeddings',
          skus: ['Standard'],
        },
      ],
    });
    const { candidates } = advise({ name: 'text-similarity-ada-001', version: '1', sku: 'Standard' }, known);
    expect(namesIn(candidates)).toEqual([
      'text-embedding-3-large@1',
      'text-embedding-3-small@1',
      'text-embedding-ada-002@2',
      'text-embedding-4@1',
    ]);
    expect(candidates[3]).not.toHaveProperty('retirementDate');
    expect(candidates[3]!.why).toContain('alive under Standard, no date known');
  });

  test('what is to be fine-tuned anew needs a model that can be', () => {
    const pinned = { name: 'gpt-35-turbo', version: '0613', scope: 'fine-tune' as const };
    expect(namesIn(advise(pinned).candidates)).toEqual([
      'gpt-4.1@2025-04-14',
      'gpt-4.1-mini@2025-04-14',
      'gpt-4.1-nano@2025-04-14',
      'gpt-4o@2024-08-06',
      'gpt-4o-mini@2024-07-18',
    ]);
    expect(namesIn(advise({ ...pinned, scope: 'base' }).candidates)).toContain('gpt-4o@2024-11-20');
  });

  test('Azure Government has its own list, and no SKUs in it', () => {
    expect(advise({ name: 'gpt-4o', version: '2024-11-20' }, government)).toMatchObject({
      named: [{ name: 'gpt-4.1', version: '2025-04-14', stage: 'deprecated', remarks: ['deprecated itself'] }],
      candidates: [],
      otherKind: { name: 'gpt-5.1', kind: 'reasoning' },
    });
    expect(advise({ name: 'o3-mini', version: '2025-01-31', sku: 'Standard' }, government)).toMatchObject({
      named: [{ name: 'gpt-5.1', version: '2025-11-13', namesVersion: false, isAvailable: true }],
      reason: 'the catalogue does not say under which SKUs the other reasoning models of OpenAI are offered',
    });
  });

  test('refuses a day that is none', () => {
    expect(() => advise({ name: 'gpt-4o', version: '2024-05-13' }, catalog, 'tomorrow')).toThrow(
      'the day to judge on is "tomorrow"; write a calendar day as YYYY-MM-DD',
    );
  });
});

describe('what Azure names', () => {
  test.each<[PinnedModel, object]>([
    [
      { name: 'gpt-4o', version: '2024-05-13', sku: 'GlobalStandard' },
      {
        name: 'gpt-5.6-sol',
        version: '2026-07-09',
        namesVersion: true,
        isAvailable: true,
        remarks: ['reasoning instead of chat'],
      },
    ],
    [
      { name: 'gpt-4o', version: '2024-05-13', sku: 'Standard' },
      {
        name: 'gpt-5.6-sol',
        skuListed: 'unlisted',
        isAvailable: false,
        remarks: ['not listed under Standard', 'reasoning instead of chat'],
      },
    ],
    [
      { name: 'gpt-35-turbo', version: '0613', sku: 'Standard' },
      { name: 'gpt-35-turbo', version: '0125', stage: 'retired', isAvailable: false, remarks: ['retired itself'] },
    ],
    [
      { name: 'o4-mini', version: '2025-04-16', sku: 'GlobalStandard' },
      {
        name: 'gpt-5.6-terra',
        version: '2026-07-09',
        namesVersion: false,
        stage: 'generally-available',
        isAvailable: true,
        remarks: [],
      },
    ],
    [
      { name: 'dall-e-3', version: '3.0', sku: 'Standard' },
      {
        name: 'gpt-image-1.5',
        retirementDate: '2026-12-16',
        isAvailable: false,
        remarks: ['not listed under Standard'],
      },
    ],
  ])('for %j is shown with where it stands itself', (pinned, expected) => {
    expect(advise(pinned).named).toMatchObject([expected]);
  });

  test('may be unknown to the catalogue', () => {
    const known = catalog.withOverlay({
      schemaVersion: 1,
      asOf: ON,
      models: [{ format: 'OpenAI', name: 'gpt-4.1', version: '2025-04-14', replacements: [{ name: 'gpt-12' }] }],
    });
    expect(advise({ name: 'gpt-4.1', version: '2025-04-14' }, known).named).toEqual([
      {
        name: 'gpt-12',
        namesVersion: false,
        skuListed: 'unknown',
        regionListed: 'unknown',
        scope: 'model-change-general',
        isAvailable: false,
        remarks: ['not in the catalogue'],
      },
    ]);
  });
});

describe('a region', () => {
  const regional = catalog.withOverlay({
    schemaVersion: 1,
    asOf: ON,
    models: [
      {
        format: 'OpenAI',
        name: 'gpt-6-sol',
        version: '2026-09-22',
        regions: { GlobalStandard: ['eastus2', 'swedencentral'] },
      },
      {
        format: 'OpenAI',
        name: 'gpt-5.6-terra',
        version: '2026-07-09',
        regions: { GlobalStandard: ['eastus2'], DataZoneStandard: ['swedencentral'] },
      },
    ],
  });
  const pinned = { name: 'o4-mini', version: '2025-04-16', sku: 'GlobalStandard' };

  test.each(['swedencentral', 'Sweden Central'])(
    '%s leaves only what the catalogue lists there under the SKU',
    (region) => {
      const { candidates, named } = advise({ ...pinned, region }, regional);
      expect(candidates).toMatchObject([{ name: 'gpt-6-sol', regionListed: 'listed' }]);
      expect(candidates[0]!.why).toContain(`alive under GlobalStandard in ${region}, until`);
      expect(named).toMatchObject([
        { name: 'gpt-5.6-terra', isAvailable: false, remarks: [`not listed in ${region}`] },
      ]);
    },
  );

  test('that the catalogue has no list of takes nothing away, and that is said', () => {
    const { candidates } = advise({ ...pinned, region: 'japaneast' }, regional);
    expect(candidates).toHaveLength(5);
    expect(candidates.map(({ why }) => why.includes('whether japaneast has it is not known'))).toEqual(
      Array(5).fill(true),
    );
  });

  test('changes nothing where the catalogue knows no regions', () => {
    expect(namesIn(advise({ ...pinned, region: 'swedencentral' }).candidates)).toEqual(
      namesIn(advise(pinned).candidates),
    );
  });
});

describe('whatever is pinned', () => {
  const skus = [undefined, 'GlobalStandard', 'Standard', 'DataZoneStandard', 'GlobalBatch', 'ProvisionedManaged'];
  const days = ['2024-01-01', ON, '2027-06-01', '2028-06-01'];
  const cases = catalog.records().map(({ facts: { format, name, version, versions } }, index) => ({
    pinned: { format, name, version: version ?? versions?.[0] ?? '1', sku: skus[index % skus.length] },
    on: days[Math.floor(index / skus.length) % days.length]!,
  }));

  test('no candidate is retired, of another kind or publisher, unlisted under the SKU, the pinned model, or shorter-lived', () => {
    let found = 0;
    for (const { pinned, on } of cases) {
      const kind = kindOf(pinned, catalog);
      const own = catalog.lookup(pinned, on);
      const until = own.kind === 'known' && own.answer.stage !== 'retired' ? (own.answer.retirementDate ?? on) : on;
      for (const candidate of advise(pinned, catalog, on).candidates) {
        const { format, name, version, retirementDate } = candidate;
        const lookup = catalog.lookup({ format, name, version, sku: pinned.sku }, on);
        const answer = lookup.kind === 'known' ? lookup.answer : undefined;
        expect([answer?.stage, kindOf(candidate, catalog), format]).toEqual([candidate.stage, kind, pinned.format]);
        expect(candidate.stage).not.toBe('retired');
        expect(answer!.skuListed).toBe(pinned.sku === undefined ? 'unknown' : 'listed');
        expect(`${name}@${version}`).not.toBe(`${pinned.name}@${pinned.version}`);
        expect(retirementDate === undefined || retirementDate > until || until <= on).toBe(true);
        expect(retirementDate).toBe(answer!.retirementDate);
        found++;
      }
    }
    expect(found).toBeGreaterThan(100);
  });

  test('the order does not follow the order of the catalogue', () => {
    const folder = mkdtempSync(join(tmpdir(), 'advice-'));
    const file = join(folder, 'reversed.json');
    const document = catalog.document();
    writeFileSync(file, JSON.stringify({ ...document, models: [...document.models].reverse() }));
    const reversed = ModelCatalog.fromFile(file);
    rmSync(folder, { recursive: true });
    expect(reversed.records()[0]!.facts.name).not.toBe(catalog.records()[0]!.facts.name);
    for (const sku of skus) {
      const pinned = { name: 'o1-preview', version: '2024-09-12', sku };
      expect(namesIn(advise(pinned, reversed).candidates)).toEqual(namesIn(advise(pinned).candidates));
    }
  });
});
