import { OverlayDocument, OverlayModelEntry } from '../../lib/catalog/catalog-document';
import { LifecycleAnswer, LifecycleQuery } from '../../lib/catalog/lifecycle';
import { ModelCatalog } from '../../lib/catalog/model-catalog';

const ON = '2026-11-21';
const bundled = ModelCatalog.bundled();

function overlay(models: OverlayModelEntry[], rest: Partial<OverlayDocument> = {}): OverlayDocument {
  return { schemaVersion: 1, name: 'ours', asOf: '2026-11-20', models, ...rest };
}

function answer(catalog: ModelCatalog, query: Partial<LifecycleQuery>, on = ON): LifecycleAnswer {
  const found = catalog.lookup({ format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06', ...query }, on);
  if (found.kind !== 'known') {
    throw new Error(`expected a known version, got ${JSON.stringify(found)}`);
  }
  return found.answer;
}

const GPT_4O = { format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06' };

describe('a date that moved', () => {
  const moved = bundled.withOverlay(overlay([{ ...GPT_4O, retirementDate: '2026-12-01' }]));

  test('wins, for every SKU without a date of its own', () => {
    expect(answer(moved, { sku: 'GlobalStandard' })).toMatchObject({ retirementDate: '2026-12-01', daysLeft: 10 });
    expect(answer(moved, { sku: 'Standard' })).toMatchObject({ retirementDate: '2026-03-31', stage: 'retired' });
  });

  test('leaves everything else as it was, and names the layer and its source', () => {
    expect(answer(moved, {})).toMatchObject({
      stage: 'deprecated',
      replacements: [{ name: 'gpt-5.1', version: '2025-11-13' }],
      skuListed: 'unknown',
      layer: 'ours',
      asOf: '2026-11-20',
    });
    expect(answer(moved, {}).sources.map(({ name }) => name)).toEqual([
      'ours',
      'ARM locations/models response, eastus2, api-version 2026-09-01 (captured by a third party as a test fixture)',
    ]);
    expect(answer(moved, {}).skus).toHaveLength(8);
  });

  test('does not change the catalogue that it was laid over', () => {
    expect(answer(bundled, {})).toMatchObject({ retirementDate: '2027-04-14', layer: 'bundled' });
    expect(answer(moved, { version: '2024-11-20' }).layer).toBe('bundled');
  });

  test('by SKU: only that one moves, whatever its case', () => {
    const extended = bundled.withOverlay(overlay([{ ...GPT_4O, skuRetirementDates: { standard: '2027-01-01' } }]));
    expect(answer(extended, { sku: 'Standard' })).toMatchObject({ retirementDate: '2027-01-01', stage: 'deprecated' });
    expect(answer(extended, { sku: 'GlobalStandard' }).retirementDate).toBe('2027-04-14');
  });

  test('by scope: only fine-tuned deployments move', () => {
    const extended = bundled.withOverlay(
      overlay([{ ...GPT_4O, fineTune: { skuRetirementDates: { Standard: '2029-01-01' } } }]),
    );
    expect(answer(extended, { scope: 'fine-tune', sku: 'Standard' }).retirementDate).toBe('2029-01-01');
    expect(answer(extended, { scope: 'fine-tune', sku: 'GlobalStandard' }).retirementDate).toBe('2028-04-13');
    expect(answer(extended, { scope: 'fine-tune' }).retirementDate).toBe('2028-04-13');
    expect(answer(extended, { sku: 'GlobalStandard' }).retirementDate).toBe('2027-04-14');
  });

  test('to 2099-12-31 there is none any more', () => {
    const kept = bundled.withOverlay(overlay([{ ...GPT_4O, retirementDate: '2099-12-31' }]));
    expect(answer(kept, {})).toMatchObject({ stage: 'deprecated' });
    expect(answer(kept, {}).retirementDate).toBeUndefined();
    expect(answer(kept, {}, '2100-01-01').stage).toBe('deprecated');
    const sku = bundled.withOverlay(overlay([{ ...GPT_4O, skuRetirementDates: { Standard: '2099-12-31' } }]));
    expect(answer(sku, { sku: 'Standard' }, '2100-01-01').stage).toBe('deprecated');
    expect(answer(sku, {}, '2100-01-01').stage).toBe('retired');
  });

  test('revives a model that the layer below calls retired, until that date', () => {
    const query = { name: 'gpt-35-turbo', version: '0613' };
    const revived = bundled.withOverlay(overlay([{ format: 'OpenAI', ...query, retirementDate: '2026-12-01' }]));
    expect(answer(revived, query, '2026-11-30')).toMatchObject({ stage: 'deprecated', daysLeft: 1 });
    expect(answer(revived, query, '2026-12-01').stage).toBe('retired');
  });

  test('replaces what was only inferred', () => {
    const query = { name: 'gpt-35-turbo', version: '0125' };
    const revived = bundled.withOverlay(overlay([{ format: 'OpenAI', ...query, retirementDate: '2026-12-01' }]));
    expect(answer(revived, query)).toMatchObject({ stage: 'generally-available', confidence: 'stated', daysLeft: 10 });
    expect(answer(revived, query).retirementIsEarliest).toBeUndefined();
  });

  test('an earliest day replaces a stated one', () => {
    const open = bundled.withOverlay(overlay([{ ...GPT_4O, retirementNotBefore: '2027-06-01' }]));
    expect(answer(open, {})).toMatchObject({ retirementDate: '2027-06-01', retirementIsEarliest: true });
    expect(answer(open, {}, '2027-06-01').stage).toBe('deprecated');
  });
});

describe('a stage that changed', () => {
  test('wins', () => {
    const gone = bundled.withOverlay(overlay([{ ...GPT_4O, stage: 'retired' }]));
    expect(answer(gone, {})).toMatchObject({ stage: 'retired', retirementDate: '2027-04-14' });
    expect(answer(gone, {}).daysLeft).toBeUndefined();
    expect(answer(gone, {}, '2026-11-19').stage).toBe('deprecated');
  });

  test('does not bring back what a date has retired', () => {
    const stage = 'generally-available';
    const back = bundled.withOverlay(overlay([{ format: 'OpenAI', name: 'o1', version: '2024-12-17', stage }]));
    expect(answer(back, { name: 'o1', version: '2024-12-17' }).stage).toBe('retired');
  });

  test('brings back what was only inferred', () => {
    const query = { name: 'o1-mini', version: '2024-09-12' };
    const stage = 'generally-available';
    const back = bundled.withOverlay(overlay([{ format: 'OpenAI', ...query, stage }]));
    expect(answer(back, query)).toMatchObject({ stage: 'generally-available', confidence: 'stated' });
  });
});

describe('a model that is added', () => {
  const added = bundled.withOverlay(
    overlay([
      { format: 'House', name: 'house-model', version: '1', stage: 'preview', skus: ['GlobalStandard'] },
      { format: 'OpenAI', name: 'gpt-4o', version: '2027-01-01', stage: 'preview' },
    ]),
  );

  test('is known by name, with or without its format', () => {
    expect(answer(added, { format: 'house', name: 'House-Model', version: '1', sku: 'Standard' })).toMatchObject({
      format: 'House',
      name: 'house-model',
      stage: 'preview',
      skuListed: 'unlisted',
      layer: 'ours',
    });
    expect(answer(added, { format: undefined, name: 'house-model', version: '1' }).stage).toBe('preview');
    expect(added.lookup({ name: 'housemodel', version: '1' }, ON)).toMatchObject({ nearest: ['house-model'] });
  });

  test('joins the versions of a known name', () => {
    expect(added.lookup({ name: 'gpt-4o', version: 'x' }, ON)).toMatchObject({
      versions: ['2024-05-13', '2024-08-06', '2024-08-06-ev3', '2024-11-20', '2027-01-01'],
    });
  });

  test('needs a stage', () => {
    expect(() => bundled.withOverlay(overlay([{ format: 'House', name: 'house-model', version: '1' }]))).toThrow(
      new Error(
        "overlay 'ours': models[0] (house-model@1) adds a model and has no stage; " +
          "write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired'",
      ),
    );
  });
});

describe('a private model that was fine-tuned from a known one', () => {
  const tuned = {
    format: 'OpenAI',
    name: 'house-tuned',
    version: '1',
    stage: 'generally-available',
    fineTunedFrom: { name: 'gpt-4.1', version: '2025-04-14' },
  } as const;

  test('retires with the fine-tuned deployments of its base', () => {
    const catalog = bundled.withOverlay(overlay([tuned]));
    const query = { name: 'house-tuned', version: '1', sku: 'DeveloperTier' };
    expect(answer(catalog, query)).toMatchObject({
      name: 'house-tuned',
      stage: 'generally-available',
      retirementDate: '2028-04-13',
      skuListed: 'listed',
      layer: 'ours',
    });
    expect(answer(catalog, query).sources).toHaveLength(2);
    expect(answer(catalog, query, '2028-04-13').stage).toBe('retired');
  });

  test('has dates of its own where the overlay gives them', () => {
    const catalog = bundled.withOverlay(overlay([{ ...tuned, retirementDate: '2026-12-01' }]));
    expect(answer(catalog, { name: 'house-tuned', version: '1' })).toMatchObject({
      stage: 'generally-available',
      retirementDate: '2026-12-01',
    });
  });

  test('cannot come from a model that nobody knows', () => {
    const fineTunedFrom = { name: 'gpt-9', version: '1' };
    expect(() => bundled.withOverlay(overlay([{ ...tuned, fineTunedFrom }]))).toThrow(
      new Error(
        "overlay 'ours': models[0] (house-tuned@1): fineTunedFrom is gpt-9@1, which is not in the catalogue; " +
          "write the base model's name and version as the API does",
      ),
    );
  });
});

describe('spellings', () => {
  test('an overlay may add one, but not take another model’s name', () => {
    const catalog = bundled.withOverlay(
      overlay([], {
        spellings: [
          { spelling: 'our-chat', format: 'OpenAI', name: 'gpt-5.1' },
          { spelling: 'gpt-4o', format: 'OpenAI', name: 'gpt-5.1' },
          { spelling: 'nobody', format: 'OpenAI', name: 'no-such-model' },
        ],
      }),
    );
    expect(answer(catalog, { name: 'Our-Chat', version: '2025-11-13' }).name).toBe('gpt-5.1');
    expect(answer(catalog, {}).name).toBe('gpt-4o');
    expect(catalog.lookup({ name: 'nobody', version: '1' }, ON).kind).toBe('unknown-model');
  });

  test('an entry is found by every spelling of its version', () => {
    const catalog = bundled.withOverlay(
      overlay([{ format: 'openai', name: 'DALL-E-3', version: '3', retirementDate: '2027-01-01' }]),
    );
    expect(answer(catalog, { name: 'dall-e-3', version: '3.0' })).toMatchObject({
      format: 'OpenAI',
      name: 'dall-e-3',
      version: '3.0',
      retirementDate: '2027-01-01',
    });
    expect(catalog.records().filter(({ facts: { name } }) => name.toLowerCase() === 'dall-e-3')).toHaveLength(1);
  });
});

describe('layers', () => {
  test('a later overlay wins over an earlier one, and the rest of both stays', () => {
    const catalog = bundled
      .withOverlay(overlay([{ ...GPT_4O, retirementDate: '2026-12-01', notes: 'first' }], { name: 'first' }))
      .withOverlay(overlay([{ ...GPT_4O, retirementDate: '2026-12-24' }], { name: 'second' }));
    expect(answer(catalog, {})).toMatchObject({ retirementDate: '2026-12-24', layer: 'second' });
    expect(catalog.details(GPT_4O)!.record.facts.notes).toBe('first');
    expect(
      answer(catalog, {})
        .sources.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['second', 'first']);
  });

  test('Azure Government is changed by entries for it only', () => {
    const government = ModelCatalog.bundled({ cloud: 'usgovernment' });
    const version = { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' };
    const changed = government.withOverlay(
      overlay([
        { ...version, retirementDate: '2028-01-01' },
        { ...version, cloud: 'usgovernment', retirementDate: '2029-01-01' },
      ]),
    );
    expect(answer(changed, version).retirementDate).toBe('2029-01-01');
    expect(changed.cloud).toBe('usgovernment');
  });

  test('an overlay with ten thousand models is laid over in no time to speak of', () => {
    const models = Array.from({ length: 10_000 }, (_, index) => ({
      format: 'House',
      name: `house-${index}`,
      version: '1',
      stage: 'preview' as const,
    }));
    const catalog = bundled.withOverlay(overlay(models));
    expect(answer(catalog, { format: 'House', name: 'house-9999', version: '1' }).stage).toBe('preview');
  });
});
