import { LifecycleAnswer, LifecycleQuery } from '../../lib/catalog/lifecycle';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import sourceFacts from '../../tools/catalog-sources/azure-openai-model-lifecycle.json';

const catalog = ModelCatalog.bundled();
const government = ModelCatalog.bundled({ cloud: 'usgovernment' });
const ON = '2026-11-21';

function answer(query: LifecycleQuery, on = ON, asked = catalog): LifecycleAnswer {
  const found = asked.lookup(query, on);
  if (found.kind !== 'known') {
    throw new Error(`expected a known version, got ${JSON.stringify(found)}`);
  }
  return found.answer;
}

function openAi(name: string, version: string, sku?: string): LifecycleQuery {
  return { format: 'OpenAI', name, version, sku };
}

test('is what the rules ask for', () => {
  const knowledge: LifecycleKnowledge = catalog;
  expect(knowledge.asOf).toBe('2026-10-05');
});

describe('stage on a day', () => {
  test.each([
    ['a day before', openAi('o1', '2024-12-17'), '2026-11-18', 'deprecated', 1],
    ['on the day', openAi('o1', '2024-12-17'), '2026-11-19', 'retired', 0],
    ['long before', openAi('o1', '2024-12-17'), '2026-10-05', 'deprecated', 45],
    ['general availability', openAi('gpt-5.1', '2025-11-13'), ON, 'generally-available', 175],
    ['legacy', openAi('gpt-4.1', '2025-04-14'), ON, 'legacy', 144],
    ['preview', openAi('gpt-chat-latest', '2026-08-06'), ON, 'preview', 11],
    ['a preview past its date', openAi('sora-2', '2025-10-06'), ON, 'retired', -129],
    ['stated as retired', openAi('gpt-35-turbo', '0613'), ON, 'retired', -646],
  ])('%s', (_, query, on, stage, daysLeft) => {
    expect(answer(query, on)).toMatchObject({ stage, daysLeft });
  });

  test('an announced deprecation date that was not kept is no stage', () => {
    const { record } = catalog.details({ name: 'gpt-5', version: '2025-08-07' })!;
    expect(record.facts.announcedDeprecationDate).toBe('2026-08-07');
    expect(answer(openAi('gpt-5', '2025-08-07'))).toMatchObject({ stage: 'generally-available' });
    expect(answer(openAi('gpt-5', '2025-08-07')).deprecationDate).toBeUndefined();
  });

  test.each([
    ['2026-03-25', 'generally-available'],
    ['2026-03-26', 'legacy'],
    ['2026-03-31', 'legacy'],
    ['2026-04-01', 'deprecated'],
    ['2026-04-30', 'deprecated'],
    ['2026-05-01', 'retired'],
  ])('grok-3 is judged for %s by its dates: %s', (on, stage) => {
    expect(answer({ name: 'grok-3', version: '1' }, on).stage).toBe(stage);
  });

  test('what a source calls retired was deprecated before, as far as is known', () => {
    expect(answer(openAi('gpt-5-chat', '2025-08-07'), '2026-06-28')).toMatchObject({
      stage: 'deprecated',
      daysLeft: 1,
    });
    expect(answer(openAi('gpt-5-chat', '2025-08-07'), '2026-06-29').stage).toBe('retired');
  });
});

describe('SKUs', () => {
  test.each([
    ['Standard', '2026-03-30', 'deprecated', '2026-03-31'],
    ['Standard', '2026-03-31', 'retired', '2026-03-31'],
    ['standard', ON, 'retired', '2026-03-31'],
    ['GlobalStandard', ON, 'deprecated', '2027-04-14'],
    ['GLOBALSTANDARD', '2027-04-13', 'deprecated', '2027-04-14'],
    ['DataZoneStandard', '2027-04-14', 'retired', '2027-04-14'],
    [undefined, ON, 'deprecated', '2027-04-14'],
  ])('gpt-4o 2024-08-06 as %s on %s is %s', (sku, on, stage, retirementDate) => {
    expect(answer(openAi('gpt-4o', '2024-08-06', sku), on)).toMatchObject({ stage, retirementDate });
  });

  test.each([
    ['gpt-5.1', '2025-11-13', 'GlobalStandard', 'listed'],
    ['gpt-5.1', '2025-11-13', 'globalstandard', 'listed'],
    ['gpt-5.2', '2025-12-11', 'Standard', 'unlisted'],
    ['gpt-5.1', '2025-11-13', 'No-Such-Sku', 'unlisted'],
    ['gpt-5.1', '2025-11-13', undefined, 'unknown'],
    ['tts', '001', 'Standard', 'unknown'],
    ['gpt-35-turbo', '0613', 'GlobalBatch', 'listed'],
    ['gpt-35-turbo', '0613', 'Standard', 'unknown'],
  ])('%s %s as %s is %s', (name, version, sku, skuListed) => {
    expect(answer(openAi(name, version, sku)).skuListed).toBe(skuListed);
  });

  test('a SKU may outlive its model', () => {
    expect(answer(openAi('gpt-4', '0613', 'ProvisionedManaged'), '2025-06-14').stage).toBe('deprecated');
    expect(answer(openAi('gpt-4', '0613', 'Standard'), '2025-06-14').stage).toBe('retired');
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', '', '${var.sku}'])('the SKU %p is not listed', (sku) => {
    expect(answer(openAi('gpt-4o', '2024-08-06', sku))).toMatchObject({
      skuListed: 'unlisted',
      retirementDate: '2027-04-14',
    });
  });
});

describe('models that left the lists without a notice', () => {
  test.each([
    ['gpt-35-turbo', '0125', '2025-08-31', '2025-09-01'],
    ['gpt-4', 'turbo-2024-04-09', '2025-08-31', '2025-09-01'],
    ['o1-mini', '2024-09-12', '2025-09-25', '2025-09-26'],
    ['sora', '2025-05-02', '2026-02-14', '2026-02-15'],
  ])('%s %s counts as retired from the earliest day that the vendor allowed', (name, version, before, day) => {
    expect(answer(openAi(name, version), before).stage).not.toBe('retired');
    expect(answer(openAi(name, version), day)).toMatchObject({
      stage: 'retired',
      confidence: 'inferred',
      retirementDate: day,
      retirementIsEarliest: true,
      daysLeft: 0,
    });
  });

  test('one with a date retires on it', () => {
    expect(answer(openAi('dall-e-3', '3.0'), '2026-03-03').stage).toBe('generally-available');
    expect(answer(openAi('dall-e-3', '3.0'), '2026-03-04')).toMatchObject({ stage: 'retired', confidence: 'inferred' });
  });

  test('an earliest day that has passed does not retire a model that is still listed, and counts nothing down', () => {
    const known = answer(openAi('computer-use-preview', '2025-03-11'));
    expect(known).toMatchObject({ stage: 'preview', retirementDate: '2026-04-14', retirementIsEarliest: true });
    expect(known.daysLeft).toBeUndefined();
  });
});

test.each([...sourceFacts.models, ...sourceFacts.foundryModels].filter((model) => 'effectiveLifecycle' in model))(
  'agrees with the compilers of the facts that $name $version was retired on 2026-11-21',
  ({ format, name, version }) => {
    expect(answer({ format, name, version: version ?? '1' }).stage).toBe('retired');
  },
);

test.each([...sourceFacts.models, ...sourceFacts.foundryModels].filter(({ version }) => version !== null))(
  'finds $name $version as the source writes it',
  ({ format, name, version }) => {
    expect(catalog.lookup({ format, name, version: version! }, ON).kind).toBe('known');
    expect(catalog.lookup({ name: name.toUpperCase(), version: version!.toUpperCase() }, ON).kind).toBe('known');
  },
);

describe('spellings', () => {
  test.each([
    ['gpt-3.5-turbo', '0613', 'gpt-35-turbo', '0613'],
    ['gpt-3.5-turbo-16k', '0613', 'gpt-35-turbo-16k', '0613'],
    ['gpt-3.5-turbo-instruct', '0914', 'gpt-35-turbo-instruct', '0914'],
    ['Gpt-4.1', '2025-04-14', 'gpt-4.1', '2025-04-14'],
    ['dall-e-3', '3', 'dall-e-3', '3.0'],
    ['dall-e-2', '2', 'dall-e-2', '2.0'],
    ['gpt-4', '0125-preview', 'gpt-4', '0125-Preview'],
    ['gpt-4', 'TURBO-2024-04-09', 'gpt-4', 'turbo-2024-04-09'],
    ['Command R', '1', 'Cohere-command-r', '1'],
    ['command r+', '1', 'Cohere-command-r-plus', '1'],
    ['Jamba Instruct', '1', 'AI21-Jamba-Instruct', '1'],
    ['mistral-large-2411', '2', 'Mistral-Large-2411', '2'],
    ['claude-haiku-4-5', '20251001', 'claude-haiku-4-5', '1'],
    ['claude-haiku-4-5', '2', 'claude-haiku-4-5', '2'],
    ['deepseek-v3', '1', 'DeepSeek-V3', '1'],
  ])('%s %s is the API’s %s %s', (name, version, apiName, apiVersion) => {
    expect(answer({ name, version })).toMatchObject({ name: apiName, version: apiVersion });
  });

  test.each([
    ['Mistral AI', 'Mistral-Large-3'],
    ['mistral-ai', 'Mistral-Large-3'],
    ['openai-oss', 'gpt-oss-120b'],
    [undefined, 'gpt-oss-120b'],
  ])('format %p finds %s', (format, name) => {
    expect(answer({ format, name, version: '1' }).name).toBe(name);
  });

  test('lists every way to write a name, in lower case, with its versions', () => {
    const spellings = catalog.spellings();
    expect(spellings).toContainEqual({
      spelling: 'gpt-3.5-turbo',
      format: 'OpenAI',
      name: 'gpt-35-turbo',
      versions: ['0125', '0301', '0613', '1106'],
    });
    expect(spellings.find(({ spelling }) => spelling === 'dall-e-3')!.versions).toEqual(['3.0', '3']);
    expect(spellings.find(({ spelling }) => spelling === 'command r')!.name).toBe('Cohere-command-r');
    expect(spellings.every(({ spelling }) => spelling === spelling.toLowerCase())).toBe(true);
    expect(new Set(spellings.map(({ spelling }) => spelling)).size).toBe(spellings.length);
  });
});

describe('names without versions', () => {
  test('a retired name without versions is retired whatever the version', () => {
    expect(answer({ name: 'Phi-3-mini-4k-instruct', version: '13' })).toMatchObject({
      version: '13',
      stage: 'retired',
      retirementDate: '2025-08-30',
    });
  });

  test('of a living one, only versions that the API lists are known', () => {
    expect(catalog.lookup({ name: 'Phi-4', version: '7' }, ON)).toEqual({
      kind: 'unknown-version',
      format: 'Microsoft',
      name: 'Phi-4',
      versions: [],
    });
    expect(answer({ name: 'Llama-3.3-70B-Instruct', version: '5' })).toMatchObject({
      version: '5',
      stage: 'generally-available',
    });
    expect(catalog.lookup({ name: 'Llama-3.3-70B-Instruct', version: '6' }, ON)).toMatchObject({
      kind: 'unknown-version',
      versions: ['1', '2', '3', '4', '5', '9'],
    });
  });

  test('the day of retirement is the day from which every version is known', () => {
    const query = { name: 'claude-mythos-preview', version: '1' };
    expect(catalog.lookup(query, '2027-04-01').kind).toBe('unknown-version');
    expect(answer(query, '2027-04-02').stage).toBe('retired');
  });
});

describe('what is not known', () => {
  test('a version of a known name is answered with the versions that there are', () => {
    expect(catalog.lookup(openAi('gpt-4o', '2024-12-01'), ON)).toEqual({
      kind: 'unknown-version',
      format: 'OpenAI',
      name: 'gpt-4o',
      versions: ['2024-05-13', '2024-08-06', '2024-08-06-ev3', '2024-11-20'],
    });
    expect(catalog.lookup(openAi('gpt-4o', ''), ON).kind).toBe('unknown-version');
  });

  test.each([
    ['gpt4o', ['gpt-4o']],
    ['gpt-4-o', ['gpt-4o']],
    ['gpt-35turbo', ['gpt-35-turbo']],
    ['gpt-3.5turbo', ['gpt-35-turbo']],
    ['gpt 4.1 mini', ['gpt-4.1-mini']],
    ['text-embeding-3-large', ['text-embedding-3-large']],
    ['gpt-4o-minni', ['gpt-4o-mini', 'gpt-4.1-mini']],
    ['gpt-35-turbo-0613', ['gpt-35-turbo']],
    ['no-such-model-at-all', []],
  ])('%s was probably meant to be %p', (name, nearest) => {
    expect(catalog.lookup({ name, version: '1' }, ON)).toEqual({ kind: 'unknown-model', nearest });
  });

  test('never suggests more than three names', () => {
    const found = catalog.lookup({ name: 'gpt-5.9', version: '1' }, ON);
    expect(found).toMatchObject({ kind: 'unknown-model', nearest: { length: 3 } });
  });

  test('a name of another format is not found, and the answer says where it is', () => {
    expect(catalog.lookup({ format: 'OpenAI', name: 'gpt-oss-120b', version: '1' }, ON)).toEqual({
      kind: 'unknown-model',
      nearest: ['gpt-oss-120b (format OpenAI-OSS)'],
    });
  });

  test.each(['__proto__', 'constructor', 'toString', '', '${var.model}', 'gpt-4o\n', '.ft-x', 'a'.repeat(1_000_000)])(
    'the name %p is unknown like any other',
    (name) => {
      expect(catalog.lookup({ name, version: '1' }, ON).kind).toBe('unknown-model');
      expect(catalog.lookup({ name: 'gpt-4o', version: name }, ON).kind).toBe('unknown-version');
    },
  );

  test.each(['', 'today', '2026-02-30', '2026-11-21T00:00:00Z'])('the day %p is refused', (on) => {
    expect(() => catalog.lookup(openAi('gpt-4o', '2024-08-06'), on)).toThrow(
      new Error(`the day to judge on is ${JSON.stringify(on)}; write a calendar day as YYYY-MM-DD`),
    );
  });
});

describe('one name under several formats', () => {
  const twice = catalog.withOverlay({
    schemaVersion: 1,
    asOf: '2026-11-20',
    models: [
      { format: 'House', name: 'gpt-4.1', version: '9', stage: 'preview' },
      { format: 'House', name: 'gpt-5.1', version: '2025-11-13', stage: 'preview' },
    ],
  });

  test('the version decides where only one of them has it', () => {
    expect(answer({ name: 'gpt-4.1', version: '9' }, ON, twice).format).toBe('House');
    expect(answer({ name: 'gpt-4.1', version: '2025-04-14' }, ON, twice).format).toBe('OpenAI');
  });

  test('otherwise the format has to be given', () => {
    expect(twice.lookup({ name: 'gpt-5.1', version: '2025-11-13' }, ON)).toEqual({
      kind: 'unknown-model',
      nearest: ['gpt-5.1 (format OpenAI)', 'gpt-5.1 (format House)'],
    });
    expect(answer({ format: 'house', name: 'gpt-5.1', version: '2025-11-13' }, ON, twice).stage).toBe('preview');
  });
});

describe('fine-tuned deployments', () => {
  test.each([
    ['GlobalStandard', '2027-11-18', 'deprecated'],
    ['GlobalStandard', '2027-11-19', 'retired'],
    [undefined, '2027-11-18', 'deprecated'],
  ])('outlive their base: o4-mini as %s on %s is %s', (sku, on, stage) => {
    const query = { ...openAi('o4-mini', '2025-04-16', sku), scope: 'fine-tune' as const };
    expect(answer(query, on)).toMatchObject({ stage, retirementDate: '2027-11-19', confidence: 'stated' });
    expect(answer(openAi('o4-mini', '2025-04-16', sku), on).stage).toBe('retired');
  });

  test('are at least deprecated once their base has gone', () => {
    const query = { ...openAi('gpt-4.1', '2025-04-14'), scope: 'fine-tune' as const };
    expect(answer(query, '2027-04-13').stage).toBe('legacy');
    expect(answer(query, '2027-04-14').stage).toBe('deprecated');
  });

  test('are listed under SKUs of their own', () => {
    const query = { ...openAi('gpt-4.1', '2025-04-14'), scope: 'fine-tune' as const };
    expect(answer({ ...query, sku: 'DeveloperTier' }).skuListed).toBe('listed');
    expect(answer({ ...query, sku: 'DataZoneBatch' }).skuListed).toBe('unlisted');
    expect(answer({ ...query, scope: 'base', sku: 'DeveloperTier' }).skuListed).toBe('unlisted');
  });

  test('without dates of their own get the base model’s as the earliest, with little confidence', () => {
    const query = { ...openAi('gpt-5.1', '2025-11-13'), scope: 'fine-tune' as const };
    expect(answer(query)).toMatchObject({
      stage: 'generally-available',
      retirementDate: '2027-05-15',
      retirementIsEarliest: true,
      confidence: 'low',
    });
    expect(answer(query, '2027-05-15').stage).toBe('retired');
  });

  test.each([
    'gpt-4.1-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83',
    'gpt-4.1-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83-billing',
    'GPT-4.1-2025-04-14.ft-b044',
  ])('the name that Azure gives to one is understood: %s', (name) => {
    expect(answer(openAi(name, '1', 'GlobalStandard'))).toMatchObject({
      name: 'gpt-4.1',
      version: '2025-04-14',
      retirementDate: '2028-04-13',
    });
  });

  test.each(['gpt-9-2025-04-14.ft-b044', 'gpt-4.1-2020-01-01.ft-b044', 'gpt-4.1.ft-b044'])(
    'one of an unknown base is unknown: %s',
    (name) => {
      expect(catalog.lookup(openAi(name, '1'), ON).kind).toBe('unknown-model');
    },
  );
});

describe('Azure Government', () => {
  test.each([
    ['2026-09-30', 'deprecated'],
    ['2026-10-01', 'retired'],
  ])('has dates of its own: o3-mini on %s is %s', (on, stage) => {
    expect(answer(openAi('o3-mini', '2025-01-31'), on, government).stage).toBe(stage);
    expect(answer(openAi('o3-mini', '2025-01-31'), on).stage).toBe('deprecated');
  });

  test('has replacements of its own', () => {
    expect(answer(openAi('gpt-4o', '2024-11-20'), ON, government).replacements).toEqual([{ name: 'gpt-4.1' }]);
    expect(answer(openAi('gpt-4o', '2024-11-20')).replacements).toEqual([{ name: 'gpt-5.1', version: '2025-11-13' }]);
  });

  test('a model that is not on its list is unknown there', () => {
    expect(government.lookup(openAi('gpt-5', '2025-08-07'), ON).kind).toBe('unknown-model');
    expect(government.lookup(openAi('gpt-4o', '2024-08-06'), ON)).toMatchObject({ versions: ['2024-11-20'] });
    expect(government.records()).toHaveLength(8);
  });

  test('knows how old its list is', () => {
    expect(government.asOf).toBe('2026-04-24');
    expect(answer(openAi('gpt-5.1', '2025-11-13'), ON, government).asOf).toBe('2026-04-24');
  });

  test('another cloud is refused', () => {
    expect(() => ModelCatalog.bundled({ cloud: 'china' as never })).toThrow(
      new Error(`cloud is "china"; write 'public' or 'usgovernment'`),
    );
  });
});

describe('where an answer comes from', () => {
  test('names its source, its day and its layer', () => {
    expect(answer(openAi('gpt-5.1', '2025-11-13'))).toMatchObject({
      layer: 'bundled',
      asOf: '2026-10-05',
      confidence: 'stated',
      sources: [
        {
          name: 'ARM locations/models response, eastus2, api-version 2026-09-01 (captured by a third party as a test fixture)',
          asOf: '2026-10-05',
          url: 'https://github.com/pczhao1210/ms-foundry-notification/blob/b632fb6ea404ce3310b889f8238ef523c0e47266/tests/fixtures/models_eastus2_2026-09-01.json',
        },
      ],
    });
  });

  test('the day is that of the seller’s newest source, not of the entry’s own', () => {
    expect(answer(openAi('gpt-35-turbo', '0125')).asOf).toBe('2026-10-05');
  });

  test('details hold what a lookup leaves out', () => {
    const { record, dateHistory, conflicts } = catalog.details({ name: 'gpt-4.1-nano', version: '2025-04-14' })!;
    expect(record.facts.announcedDeprecationDate).toBe('2026-04-14');
    expect(dateHistory).toHaveLength(7);
    expect(dateHistory[0]).toMatchObject({
      asOf: '2025-06-18',
      retirement: '2026-04-11',
      notBefore: true,
      source: { name: 'Model retirement table, mid-2025' },
    });
    expect(conflicts).toHaveLength(3);
    expect(conflicts[1]).toMatch(
      /^lifecycle: kept legacy \(ARM .*\) against deprecated \(Foundry .*\), legacy \(.*\): /,
    );
    expect(catalog.details({ name: 'gpt-4o', version: '2024-05-13' })!.record.facts.autoUpgrade).toEqual({
      startDate: '2026-11-24',
      expiryLeadDays: 23,
    });
    expect(catalog.details({ name: 'Phi-4', version: 'any' })!.record.facts.version).toBeNull();
    expect(catalog.details({ name: 'gpt-4o', version: 'none' })).toBeUndefined();
    expect(government.details({ name: 'gpt-4o', version: '2024-11-20' })).toMatchObject({
      dateHistory: [],
      conflicts: [],
    });
  });

  test('knows its sources', () => {
    expect(catalog.sources()).toHaveLength(16);
  });
});
