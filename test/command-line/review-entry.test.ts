import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import {
  changeReport,
  evaluateAll,
  fingerprintOf,
  judgementDate,
  knownFindingsOf,
  mayNameModel,
  ModelCatalog,
  outdatedRows,
  readPlanDocument,
  readPlanFacts,
  resolveSettings,
  verdictOf,
} from '../../lib/review';
import manifest from '../../package.json';
import { WORSE } from './sample-plans';

async function* chunksOf(text: string) {
  yield Buffer.from(text);
}

test('a program can review a plan by the entry point ./review', async () => {
  const catalog = ModelCatalog.bundled();
  const judgement = judgementDate('2026-11-21');
  const literals = mayNameModel(catalog.spellings());
  const plan = await readPlanDocument(chunksOf(WORSE), { source: 'plan.json', mayNameModel: literals });
  const inputs = [{ input: 'plan.json', facts: readPlanFacts(plan, { literals }) }];
  const { findings } = evaluateAll({ catalog, judgement, configurations: inputs.map(({ facts }) => facts) });
  const changes = changeReport({ inputs, catalog, asOf: judgement.asOf, settings: resolveSettings() });
  expect(changes.deployments).toMatchObject([{ outcome: 'created', to: { name: 'gpt-35-turbo', stage: 'retired' } }]);
  expect(new Set(findings.map(fingerprintOf)).size).toBe(2);
  expect(verdictOf({ findings, failOn: 'error', changes }).word).toBe('stop');
  const again = evaluateAll({
    catalog,
    judgement,
    configurations: inputs.map(({ facts }) => facts),
    knownFindings: knownFindingsOf(findings),
  });
  expect(again.summary).toMatchObject({ errors: 0, carriedOver: 2 });
});

test('a program can list what is outdated by the entry point ./review', async () => {
  const catalog = ModelCatalog.bundled();
  const plan = await readPlanDocument(chunksOf(WORSE), { source: 'plan.json', mayNameModel: () => false });
  const inputs = [{ input: 'plan.json', facts: readPlanFacts(plan, { literals: () => false }) }];
  const request = { inputs, catalog, settings: resolveSettings() };
  const { rows, findings, deploymentCount } = outdatedRows({ ...request, judgement: judgementDate('2026-11-21') });
  expect([deploymentCount, rows.map(({ resource, state }) => [resource.deployment, state])]).toEqual([
    2,
    [
      ['chat', 'retired'],
      ['more', 'retired'],
    ],
  ]);
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ['model-retired', 'error'],
    ['model-retired', 'error'],
  ]);
  const later = outdatedRows({ ...request, judgement: judgementDate('2027-11-21') });
  expect(later.findings.map(({ rule }) => rule)).toEqual(['model-retired', 'model-retired', 'catalog-stale']);
});

test('the entry point loads nothing but this package', () => {
  const { metafile } = buildSync({
    entryPoints: [resolve(__dirname, '../../lib/review/index.ts')],
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((file) => file.includes('node_modules'))).toEqual([]);
  const imported = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(imported.filter((path) => !isBuiltin(path))).toEqual([]);
});

test('the package exports it, with its types for both module resolutions', () => {
  expect(manifest.exports['./review']).toEqual({
    types: './dist/review/index.d.ts',
    default: './dist/review/index.js',
  });
  expect(manifest.typesVersions['*'].review).toEqual(['dist/review/index.d.ts']);
});
