import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { placementOf } from '../../lib/catalog/placement';

const catalog = ModelCatalog.bundled();

test('every model of the catalogue belongs to a family', () => {
  const without = catalog.records().filter(({ facts: { format, name, version } }) => {
    return placementOf({ format, name, version: version ?? undefined }, catalog).family === undefined;
  });
  expect(without.map(({ facts }) => facts.name)).toEqual([]);
});

const ofKnownKind = catalog.records().flatMap(({ facts }) => (facts.kind === undefined ? [] : [facts]));

test.each(ofKnownKind)('the family of $name $version does the same kind of work', ({ name, version, kind }) => {
  const { family } = placementOf({ name, version: version ?? undefined }, catalog);
  // The line of general models changed from completion to chat to reasoning.
  const kinds = family!.id === 'openai-gpt' ? ['completion', 'chat', 'reasoning'] : [family!.kind];
  expect(kinds).toContain(kind);
});

test('versions that a member orders are those that the catalogue lists', () => {
  for (const { members } of catalog.families()) {
    for (const { name, versionOrder } of members) {
      if (versionOrder !== undefined) {
        const listed = catalog.records().filter(({ facts }) => facts.name === name);
        expect([...versionOrder].sort()).toEqual(listed.map(({ facts }) => facts.version).sort());
      }
    }
  }
});

test('every line that another one continues exists', () => {
  const ids = catalog.families().map(({ id }) => id);
  const continued = catalog.families().flatMap(({ succeeds = [] }) => succeeds.map(({ family }) => family));
  expect(continued.filter((id) => !ids.includes(id))).toEqual([]);
  expect(continued).toEqual(['openai-o-series', 'openai-dall-e', 'deepseek-r']);
});
