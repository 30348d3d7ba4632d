import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { evaluate } from '../../lib/rules/evaluate';
import { mayNameModel } from '../../lib/rules/literal-prefilter';

const TODAY = '2026-11-21';

/** What an app setting gives, as severity, status, rule and message. */
function findingsOf(settings: Record<string, string>, catalog = ModelCatalog.bundled({ cloud: 'usgovernment' })) {
  const configuration = { resource: { azurerm_linux_web_app: { app: { app_settings: settings } } } };
  const facts = readStackConfiguration(configuration, { literals: mayNameModel(catalog.spellings()) });
  const judgement = { asOf: TODAY, clock: TODAY };
  return evaluate({ facts, catalog, judgement, severities: { 'catalog-stale': 'off' } }).findings;
}

describe('in Azure Government a text that names', () => {
  test('a model of its own schedule is judged by that', () => {
    expect(findingsOf({ MODEL: 'o3-mini' })).toMatchObject([
      {
        rule: 'retired-literal',
        severity: 'error',
        status: 'violation',
        message: expect.stringContaining(
          'names o3-mini, of which every version is retired (the last, 2025-01-31, retired on 2026-10-01',
        ),
      },
    ]);
  });

  test.each([
    [
      'by name',
      { MODEL: 'gpt-35-turbo' },
      'app_settings.MODEL names gpt-35-turbo, which the catalogue does not have for Azure Government; ' +
        'in the public cloud every version is retired (the last, ',
    ],
    [
      'with its version',
      { MODEL: 'gpt-35-turbo-0613' },
      'app_settings.MODEL names gpt-35-turbo@0613, which the catalogue does not have for Azure Government; ' +
        'in the public cloud it retired on 2025-02-13, 646 days ago',
    ],
    [
      'with its version beside it',
      { MODEL: 'gpt-35-turbo', MODEL_VERSION: '0613' },
      'app_settings.MODEL names gpt-35-turbo@0613, which the catalogue does not have for Azure Government, ' +
        'its version in MODEL_VERSION; in the public cloud it retired on 2025-02-13, 646 days ago',
    ],
  ])('a model that only the public cloud had and has retired, %s, is an unknown warning', (_, settings, message) => {
    expect(findingsOf(settings)).toMatchObject([
      { rule: 'retired-literal', severity: 'warning', status: 'unknown', message: expect.stringContaining(message) },
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['a public model that lives', { MODEL: 'gpt-5.4' }],
    ['a public model that retires soon', { MODEL: 'gpt-5-mini' }],
    ['a public model only in passing', { BACKEND: 'gpt-35-turbo' }],
    ['a public model whose name goes on', { MODEL: 'gpt-35-turbo-${var.version}' }],
    ['nothing that any cloud has', { MODEL: 'gpt-45' }],
  ])('%s is left', (_, settings) => {
    expect(findingsOf(settings)).toEqual([]);
  });

  test('a model that an overlay gives to Azure Government is judged by the overlay', () => {
    const catalog = ModelCatalog.bundled({ cloud: 'usgovernment' }).withOverlay({
      schemaVersion: 1,
      asOf: '2026-11-20',
      models: [
        {
          format: 'OpenAI',
          name: 'gpt-35-turbo',
          version: '0613',
          cloud: 'usgovernment',
          stage: 'generally-available',
        },
      ],
    });
    expect(findingsOf({ MODEL: 'gpt-35-turbo-0613' }, catalog)).toEqual([]);
    expect(catalog.lookup({ name: 'gpt-35-turbo', version: '0613' }, TODAY).kind).toBe('known');
  });
});

test('in the public cloud the same text is an error', () => {
  expect(findingsOf({ MODEL: 'gpt-35-turbo-0613' }, ModelCatalog.bundled())).toMatchObject([
    { rule: 'retired-literal', severity: 'error', status: 'violation' },
  ]);
});

describe('the names that Azure Government reads in texts', () => {
  const government = ModelCatalog.bundled({ cloud: 'usgovernment' });

  test('are its own, and those of the public cloud that it does not have', () => {
    const clouds = (name: string) =>
      government.spellings().flatMap((known) => (known.name === name ? [known.cloud] : []));
    expect(new Set(clouds('gpt-4o'))).toEqual(new Set([undefined]));
    expect(new Set(clouds('gpt-35-turbo'))).toEqual(new Set(['public']));
    expect(
      ModelCatalog.bundled()
        .spellings()
        .every(({ cloud }) => cloud === undefined),
    ).toBe(true);
  });

  test('are answered by the schedule of the cloud that is asked for', () => {
    const query = { name: 'gpt-35-turbo', version: '0613' };
    expect(government.lookup(query, TODAY).kind).toBe('unknown-model');
    expect(government.lookup({ ...query, cloud: 'public' }, TODAY)).toMatchObject({ answer: { stage: 'retired' } });
    expect(government.lookup({ ...query, cloud: 'usgovernment' }, TODAY).kind).toBe('unknown-model');
  });
});
