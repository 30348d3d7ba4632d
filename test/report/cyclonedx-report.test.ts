import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { cycloneDxReport } from '../../lib/report/cyclonedx-report';
import { ModelInUse } from '../../lib/report/run-report';
import { anyReport } from './arbitrary-report';
import { SAMPLES } from './sample-list';
import { CLEAN, MODEL_CHANGE, sampleReport } from './sample-reports';

// The official schemas come with CycloneDX's own library.
const schemas = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res', 'schema');

function schema(name: string): object {
  return JSON.parse(readFileSync(join(schemas, name), 'utf8'));
}

const ajv = addFormats(new Ajv({ strict: false, validateFormats: true }), { mode: 'full' });
ajv.addFormat(
  'iri-reference',
  (text: string) => /^[^\s"<>\\^`{|}]*$/u.test(text) && URL.canParse(text, 'https://base'),
);
ajv.addFormat('idn-email', true);
ajv.addSchema(schema('spdx.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
ajv.addSchema(schema('jsf-0.82.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
const isValid = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));

function problems(text: string): string {
  return isValid(JSON.parse(text)) ? '' : ajv.errorsText(isValid.errors);
}

const GPT_51: ModelInUse = MODEL_CHANGE.models[0]!;

describe('the official schema of CycloneDX 1.6', () => {
  test.each(SAMPLES)('accepts %s', (_name, report) => {
    expect(problems(cycloneDxReport(report))).toBe('');
  });

  test('accepts any report', () => {
    fc.assert(
      fc.property(anyReport, (report) => problems(cycloneDxReport(report)) === ''),
      { numRuns: 15 },
    );
  });

  test('refuses a component without a name, so that it is not empty praise', () => {
    const document = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'machine-learning-model' }] };
    expect(isValid(document)).toBe(false);
  });
});

test('a model in use is a component with its stage, its end and the places where it is used', () => {
  const { metadata, components, ...rest } = JSON.parse(cycloneDxReport(MODEL_CHANGE));
  expect(rest).toEqual({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
  });
  expect(metadata.timestamp).toBe('2026-11-21T00:00:00Z');
  expect(metadata.tools.components).toEqual([{ type: 'application', name: 'model-lifecycle', version: '0.1.0' }]);
  expect(components).toEqual([
    {
      type: 'machine-learning-model',
      'bom-ref': 'model:OpenAI/gpt-5.1@2025-11-13?sku=GlobalStandard',
      publisher: 'OpenAI',
      name: 'gpt-5.1',
      version: '2025-11-13',
      properties: [
        { name: 'model-lifecycle:sku', value: 'GlobalStandard' },
        { name: 'model-lifecycle:stage', value: 'generally-available' },
        { name: 'model-lifecycle:retirementDate', value: '2027-05-15' },
        { name: 'model-lifecycle:address', value: 'azurerm_cognitive_deployment.chat51' },
      ],
    },
  ]);
});

function componentsOf(models: readonly ModelInUse[]) {
  return JSON.parse(cycloneDxReport(sampleReport({ models }))).components;
}

function elsewhere(address: string, overrides: Partial<ModelInUse> = {}): ModelInUse {
  return { ...GPT_51, resource: { address, type: 'azurerm_cognitive_deployment' }, ...overrides };
}

test('two deployments of one model are one component with two places, in whatever order they come', () => {
  const [first, second] = [elsewhere('a.a'), elsewhere('b.b')];
  const places = componentsOf([first, second]).map(
    ({ properties }: { properties: { name: string; value: string }[] }) =>
      properties.filter(({ name }) => name === 'model-lifecycle:address').map(({ value }) => value),
  );
  expect(places).toEqual([['a.a', 'b.b']]);
});

test('one model with two ends is two components with references of their own', () => {
  const components = componentsOf([elsewhere('a.a'), elsewhere('b.b', { retirementDate: '2027-01-01' })]);
  expect(components.map((component: Record<string, string>) => component['bom-ref'])).toEqual([
    'model:OpenAI/gpt-5.1@2025-11-13?sku=GlobalStandard',
    'model:OpenAI/gpt-5.1@2025-11-13?sku=GlobalStandard#2',
  ]);
});

test('a model that cannot be read before the apply is listed all the same', () => {
  const [component] = componentsOf([{ resource: { address: 'a.a', type: 'a' }, model: {}, sources: [] }]);
  expect(component).toEqual({
    type: 'machine-learning-model',
    'bom-ref': 'model:/@?sku=',
    name: 'unread model',
    properties: [{ name: 'model-lifecycle:address', value: 'a.a' }],
  });
});

test.each([
  ['https://learn.microsoft.com/x y', ['https://learn.microsoft.com/x%20y']],
  ['javascript:alert(1)', undefined],
  ['https://', undefined],
])('of a source %s only what is a page on the web becomes a reference', (url, urls) => {
  const [component] = componentsOf([elsewhere('a.a', { sources: [{ name: 's', asOf: '2026-10-05', url }] })]);
  expect(component.externalReferences?.map((reference: { url: string }) => reference.url)).toEqual(urls);
});

test('the same report gives the same text', () => {
  expect(cycloneDxReport(CLEAN)).toBe(cycloneDxReport({ ...CLEAN }));
  expect(JSON.parse(cycloneDxReport(CLEAN))).not.toHaveProperty('serialNumber');
});
