import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { retiredLiteral } from '../../lib/rules/retired-literal';
import { retiringLiteral } from '../../lib/rules/retiring-literal';
import { resolveSettings } from '../../lib/rules/settings';
import { fakeKnowledge } from '../support/knowledge';
import { isDeployedIn } from './configuration';

const TODAY = '2026-11-21';

const catalog = fakeKnowledge([
  {
    name: 'gpt-4o',
    version: '2024-05-13',
    retirementDate: '2026-12-20',
    replacements: [{ name: 'gpt-5.1', version: '2025-11-13' }],
  },
  { name: 'gpt-4o', version: '2024-08-06', retirementDate: '2027-12-01' },
  { name: 'gpt-4', version: '0613', retirementDate: '2025-06-06' },
  { name: 'gpt-4', version: 'turbo-2024-04-09', retirementDate: '2027-01-15' },
  { format: 'Microsoft', name: 'Phi-4', version: '', retirementDate: '2027-01-15' },
  { name: 'gpt-5.1', version: '2025-11-13' },
]);

function context(configuration: unknown, asOf = TODAY, warnDays = 120) {
  const facts = readStackConfiguration(configuration, { literals: mayNameModel(catalog.spellings()) });
  return { facts, catalog, asOf, settings: { ...resolveSettings(), warnDays }, isDeployed: isDeployedIn(facts) };
}

function check(configuration: unknown, asOf = TODAY, warnDays = 120) {
  return retiringLiteral.check(context(configuration, asOf, warnDays));
}

function settings(entries: Record<string, string>, more: Record<string, unknown> = {}) {
  return { resource: { azurerm_linux_web_app: { app: { app_settings: entries } }, ...more } };
}

function deployment(name: string, version: string) {
  return { azurerm_cognitive_deployment: { chat: { name: 'chat', model: { format: 'OpenAI', name, version } } } };
}

test('a text that names a model that retires soon is a warning with the date and the replacement', () => {
  expect(check(settings({ MODEL: 'gpt-4o-2024-05-13' }))).toEqual([
    {
      rule: 'retiring-literal',
      severity: 'warning',
      status: 'violation',
      resource: {
        address: 'azurerm_linux_web_app.app',
        type: 'azurerm_linux_web_app',
        path: 'app_settings.MODEL',
      },
      message: 'app_settings.MODEL names gpt-4o@2024-05-13, which retires on 2026-12-20, in 29 days',
      fix: 'name gpt-5.1@2025-11-13 instead before that day',
      model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-05-13' },
      retirementDate: '2026-12-20',
    },
  ]);
});

test.each<[string, Record<string, string>, string]>([
  [
    'a pair',
    { MODEL: 'gpt-4o', MODEL_VERSION: '2024-05-13' },
    'app_settings.MODEL names gpt-4o@2024-05-13, which retires on 2026-12-20, in 29 days, its version in MODEL_VERSION',
  ],
  [
    'a name of which every version retires',
    { MODEL: 'gpt-4' },
    'app_settings.MODEL names gpt-4, of which no version lives longer than turbo-2024-04-09, which retires on 2027-01-15, in 55 days',
  ],
  [
    'a name of which every version retires, whatever the variable holds',
    { MODEL: 'gpt-4', MODEL_VERSION: '${var.version}' },
    'app_settings.MODEL names gpt-4, of which no version lives longer than turbo-2024-04-09, which retires on 2027-01-15, in 55 days, its version in MODEL_VERSION',
  ],
  [
    'a model without versions',
    { MODEL: 'phi-4' },
    'app_settings.MODEL names Phi-4, which retires on 2027-01-15, in 55 days',
  ],
])('it speaks of %s', (_what, entries, message) => {
  const findings = check(settings(entries));
  expect(findings.map((finding) => [finding.severity, finding.message])).toEqual([['warning', message]]);
});

test.each<[string, Record<string, string>]>([
  ['a name of which a version lives longer', { MODEL: 'gpt-4o' }],
  ['a version that lives longer', { MODEL: 'gpt-4o-2024-08-06' }],
  ['a version that is retired', { MODEL: 'gpt-4-0613' }],
  ['a version that the catalogue does not know', { MODEL: 'gpt-4-9999' }],
  ['a name that goes on', { MODEL: 'gpt-4-${var.version}' }],
  ['a key that only suggests a model', { BIG: 'gpt-4' }],
  ['what is denied', { DENIED_MODELS: 'gpt-4' }],
  ['a living model', { MODEL: 'gpt-5.1' }],
])('it says nothing of %s', (_what, entries) => {
  expect(check(settings(entries))).toEqual([]);
});

test.each([
  ['2026-08-21', 120, 0],
  ['2026-08-22', 120, 1],
  ['2026-12-19', 120, 1],
  ['2026-12-20', 120, 0],
  ['2026-11-21', 28, 0],
  ['2026-11-21', 29, 1],
])('on %s with warnDays %d there are %d findings', (asOf, warnDays, count) => {
  expect(check(settings({ MODEL: 'gpt-4o-2024-05-13' }), asOf, warnDays)).toHaveLength(count);
});

test.each([
  ['gpt-4o', '2024-05-13', 0],
  ['GPT-4o', '2024-05-13', 0],
  ['gpt-4o', '2024-08-06', 1],
  ['gpt-5.1', '2025-11-13', 1],
])('where %s@%s is deployed there are %d findings, as model-retiring speaks of deployments', (name, version, count) => {
  expect(check(settings({ MODEL: 'gpt-4o@2024-05-13' }, deployment(name, version)))).toHaveLength(count);
});

test('from the retirement date on the other rule speaks', () => {
  const configuration = settings({ MODEL: 'gpt-4o-2024-05-13' });
  const findings = (asOf: string) => {
    const shared = context(configuration, asOf);
    return [...retiredLiteral.check(shared), ...retiringLiteral.check(shared)].map(({ rule }) => rule);
  };
  expect(findings('2026-12-19')).toEqual(['retiring-literal']);
  expect(findings('2026-12-20')).toEqual(['retired-literal']);
});
