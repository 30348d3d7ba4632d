/**
 * What the first lookup costs in a fresh process, and what later ones cost.
 *
 *     npx ts-node -T bench/catalog-lookup.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const RUNS = 15;
const REPEATED = 100_000;

/** Runs in a process of its own, so that nothing is loaded yet. */
const MEASURE = `
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  const query = { format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06', sku: 'Standard' };
  const started = now();
  const { ModelCatalog } = require(process.argv[1]);
  const required = now();
  const catalog = ModelCatalog.bundled();
  catalog.lookup(query, '2026-11-21');
  const first = now();
  for (let run = 0; run < ${REPEATED}; run++) catalog.lookup(query, '2026-11-21');
  const known = now();
  for (let run = 0; run < ${REPEATED / 100}; run++) catalog.lookup({ name: 'gpt-4o-minni' + run, version: '1' }, '2026-11-21');
  const unknown = now();
  console.log(JSON.stringify({
    'require, ms': required - started,
    'first lookup, ms': first - required,
    'later lookup, µs': (known - first) * 1000 / ${REPEATED},
    'unknown name, µs': (unknown - known) * 1000 / ${REPEATED / 100},
  }));
`;

/** Prints the figures of the catalogue, bundled from `lib/` as it is now. */
export function printCatalogLookup(): void {
  const directory = mkdtempSync(join(tmpdir(), 'catalog-lookup-'));
  try {
    const bundle = join(directory, 'catalog.js');
    buildSync({
      entryPoints: [join(__dirname, '..', 'lib', 'catalog', 'index.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      target: 'node20',
    });
    const runs = Array.from({ length: RUNS }, () => {
      const output = execFileSync(process.execPath, ['-e', MEASURE, bundle], { encoding: 'utf8' });
      return JSON.parse(output) as Record<string, number>;
    });
    console.log(`\ncatalogue, ${RUNS} processes, load average ${loadavg()[0]!.toFixed(1)}`);
    for (const figure of Object.keys(runs[0]!)) {
      const values = runs.map((run) => run[figure]!).sort((a, b) => a - b);
      const [best, quarter, middle, threeQuarters, worst] = [0, 0.25, 0.5, 0.75, 1].map((part) =>
        values[Math.floor(part * (RUNS - 1))]!.toFixed(2),
      );
      const spread = `middle half ${quarter} to ${threeQuarters}, all ${best} to ${worst}`;
      console.log(`  ${figure.padEnd(28)} median ${middle}, ${spread}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

if (require.main === module) {
  printCatalogLookup();
}
