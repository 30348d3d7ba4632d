import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';

const root = join(__dirname, '..', '..');
const exported: Readonly<Record<string, unknown>> = manifest.exports;
const schemas = ['catalog', 'contracts', 'evaluation', 'rules', 'report'].flatMap((folder) =>
  readdirSync(join(root, 'lib', folder, 'data'))
    .filter((file) => file.endsWith('.schema.json'))
    .map((file): [string, string] => [file, `${folder}/data/${file}`]),
);

test('there is a schema for every file that people or programs write and read', () => {
  expect(schemas.map(([file]) => file).sort()).toEqual([
    'baseline.schema.json',
    'calendar.schema.json',
    'catalog-difference.schema.json',
    'catalog-import.schema.json',
    'catalog-status.schema.json',
    'catalog-validation.schema.json',
    'catalog.schema.json',
    'compare.schema.json',
    'config.schema.json',
    'evidence.schema.json',
    'explain.schema.json',
    'inventory-report.schema.json',
    'inventory.schema.json',
    'outdated.schema.json',
    'overlay.schema.json',
    'release-manifest.schema.json',
    'report.schema.json',
    'waivers.schema.json',
  ]);
});

test.each(schemas)('the package exports %s, under the name that the schema gives itself', (file, path) => {
  const { $id } = JSON.parse(readFileSync(join(root, 'lib', path), 'utf8')) as { $id: string };
  expect($id).toBe(`${manifest.repository.url.replace(/\.git$/, '').replace('git+', '')}/schemas/${file}`);
  expect(exported[`./schemas/${file}`]).toBe(`./dist/${path}`);
});
