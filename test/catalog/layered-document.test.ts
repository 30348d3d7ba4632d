import { CatalogDocument, catalogProblems, ModelCatalog, OverlayDocument } from '../../lib/catalog';
import bundled from '../../lib/catalog/data/azure-models.json';

const overlay: OverlayDocument = {
  schemaVersion: 1,
  name: 'Platform team',
  asOf: '2026-11-20',
  models: [
    {
      format: 'OpenAI',
      name: 'whisper',
      version: '001',
      retirementDate: '2027-01-31',
      regions: { standard: ['westus'], GlobalStandard: ['eastus2'] },
    },
  ],
};

function whisper(document: CatalogDocument) {
  return document.models.find(({ name, version }) => name === 'whisper' && version === '001')!;
}

test('the bundled catalogue as one document has the entries and sources of its file', () => {
  const document = ModelCatalog.bundled().document();
  expect(catalogProblems(document)).toEqual([]);
  expect([document.models, document.sources]).toEqual([bundled.models, bundled.sources]);
});

test('an overlay that moves a date becomes a further source: the stage stays that of the source below', () => {
  const document = ModelCatalog.bundled().withOverlay(overlay).document();
  expect(catalogProblems(document)).toEqual([]);
  const { source, furtherSources, retirementDate } = whisper(document);
  expect(document.sources[source]!.asOf).toBe('2026-10-05');
  expect(furtherSources!.map((each) => document.sources[each]!.name)).toEqual(['Platform team']);
  expect(retirementDate).toBe('2027-01-31');
});

test('regions of an overlay replace those of the same SKU, however it is written', () => {
  const above = { ...overlay, models: [{ ...overlay.models![0]!, regions: { Standard: ['eastus', 'westus'] } }] };
  const { regions } = whisper(ModelCatalog.bundled().withOverlay(overlay).withOverlay(above).document());
  expect(regions).toEqual({ standard: ['eastus', 'westus'], GlobalStandard: ['eastus2'] });
});

test.each([
  [
    { regions: { Standard: ['East US'] } },
    "regions.Standard[0] is 'East US'; write a region in lower case without blanks, for instance eastus2",
  ],
  [
    { regions: ['eastus'] },
    'regions is ["eastus"]; write an object, each value a list, each item a region in lower case without blanks, for instance eastus2',
  ],
  [{ furtherSources: [16] }, 'source is 16; write a position in sources, counted from 0'],
  [{ furtherSources: [-1] }, 'furtherSources[0] is -1; write a whole number, 0 or more'],
])('%j is refused', (fields, problem) => {
  const entry = { format: 'OpenAI', name: 'm', version: '1', stage: 'preview', source: 0, ...fields };
  const document = { schemaVersion: 1, sources: [{ name: 's', asOf: '2026-11-20' }], models: [entry] };
  expect(catalogProblems(document)).toEqual([`models[0] (m@1): ${problem}`]);
});
