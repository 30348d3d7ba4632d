import { join } from 'node:path';
import { printCatalogLookup } from './catalog-lookup';
import { printPlanReview } from './plan-review';
import { Contestant, Figures, sideBySide } from './side-by-side';

// Figures of the built package; run `npm run build` first. Each pair is measured side by side in this run.
// Those of the catalogue are of the sources as they are.

function show(title: string, figures: Record<string, Figures>): void {
  console.log(`\n${title}`);
  for (const [name, values] of Object.entries(figures)) {
    const cells = Object.entries(values).map(([figure, value]) => `${value.toFixed(1)} ${figure}`);
    console.log(`  ${name.padEnd(28)} ${cells.join(', ')}`);
  }
}

function synthesis(guard: 'on' | 'off', count: number): Contestant {
  return {
    name: `guard ${guard}`,
    args: [join(__dirname, 'guarded-synthesis.js')],
    variables: { GUARD: guard, COUNT: String(count) },
  };
}

function loading(name: string, module: string): Contestant {
  return { name, args: [join(__dirname, 'require-cost.js')], variables: { MODULE: module } };
}

for (const [count, rounds] of [
  [1_000, 7],
  [10_000, 3],
] as const) {
  const figures = sideBySide([synthesis('off', count), synthesis('on', count)], rounds);
  show(`synthesis of ${count} deployments`, figures);
  console.log(`  ratio ${(figures['guard on']!.milliseconds! / figures['guard off']!.milliseconds!).toFixed(2)}`);
}

show(
  'loading',
  sideBySide([loading('cdktf', 'cdktf'), loading('this package (with cdktf)', join(__dirname, '..'))], 9),
);

printCatalogLookup();

printPlanReview([100, 1_000, 10_000], 7);
