/**
 * Review of large plans, side by side with what else reads plans on this machine.
 *
 *     npx ts-node -T bench/plan-review.ts             100 to 10,000 resources
 *     npx ts-node -T bench/plan-review.ts 100000 3    as many resources as given, and as many rounds
 *     npx ts-node -T bench/plan-review.ts memory      36 MB to 1 GB, ours only
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { writePlan } from './plan-generator';
import { ProcessFigures, Program, runInTurn } from './whole-process';

const COMMAND = join(__dirname, '..', 'dist', 'bin', 'model-lifecycle.js');

const PARSE_AND_FILTER = `
  const plan = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
  for (const { type, address, change } of plan.resource_changes) {
    if (type === 'azurerm_cognitive_deployment') console.log(address, change.actions.join(), change.before?.model, change.after?.model);
  }`;

const FILTER =
  '.resource_changes[] | select(.type == "azurerm_cognitive_deployment") | [.address, .change.actions, .change.before.model, .change.after.model]';

/** Prints time and memory of plans of so many resources. */
export function printPlanReview(counts: readonly number[], rounds: number, withOthers = true): void {
  const folder = mkdtempSync(join(tmpdir(), 'plan-review-'));
  try {
    const reader = join(folder, 'plan-reading.js');
    buildSync({
      entryPoints: [join(__dirname, 'plan-reading.ts')],
      outfile: reader,
      bundle: true,
      platform: 'node',
      target: 'node20',
    });
    for (const count of counts) {
      const file = join(folder, `${count}.json`);
      writePlan(file, count);
      const megabytes = (statSync(file).size / 1e6).toFixed(1);
      console.log(`\nplan of ${count} resources, ${megabytes} MB, load average ${loadavg()[0]!.toFixed(1)}`);
      show([...ours(file, reader), ...(withOthers ? others(file) : [])], rounds);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function show(programs: readonly Program[], rounds: number): void {
  const figures = runInTurn(programs, rounds);
  const parsing = figures.get(NODE);
  console.log('  least and middle of each: time of processors, time, ratios to node; memory');
  for (const [name, { least, median }] of figures) {
    const pair = (of: (figures: ProcessFigures) => number, digits: number) =>
      `${of(least).toFixed(digits)} / ${of(median).toFixed(digits)}`;
    const ratios =
      parsing === undefined
        ? ''
        : `, ${(least.processorMilliseconds / parsing.least.processorMilliseconds).toFixed(2)} / ${(median.processorMilliseconds / parsing.median.processorMilliseconds).toFixed(2)} × ${NODE}`;
    const processor = pair(({ processorMilliseconds }) => processorMilliseconds, 0);
    const whole = pair(({ milliseconds }) => milliseconds, 0);
    console.log(`  ${name.padEnd(24)} ${processor} ms, ${whole} ms${ratios}; ${median.megabytes.toFixed(0)} MB`);
  }
}

const NODE = 'node, parse and filter';

function ours(file: string, reader: string): Program[] {
  const reading: Program = { name: 'ours, reading only', command: process.execPath, args: [reader, file] };
  if (!spawnSync(process.execPath, [COMMAND, '--help'], { encoding: 'utf8' }).stdout.includes(' review ')) {
    console.log("  THE COMMAND 'review' IS NOT MEASURED: it is not in dist/; run 'npm run build' first");
    return [reading];
  }
  const args = [COMMAND, 'review', file, '--fail-on', 'never'];
  return [{ name: 'ours, review', command: process.execPath, args }, reading];
}

function others(file: string): Program[] {
  const programs: Program[] = [
    { name: NODE, command: process.execPath, args: ['-e', PARSE_AND_FILTER, file] },
    { name: 'node, nothing', command: process.execPath, args: ['-e', '0'] },
    { name: 'jq', command: 'jq', args: ['-c', FILTER, file] },
    { name: 'gojq', command: 'gojq', args: ['-c', FILTER, file] },
    { name: 'terraform-visual', command: 'terraform-visual', args: ['--plan', file, '--out', `${file}-visual`] },
  ];
  return programs.flatMap((program) => {
    const command = program.command === process.execPath ? process.execPath : installed(program.command);
    if (command === undefined) {
      console.log(`  ${program.name} is not measured: it is not installed`);
    }
    return command === undefined ? [] : [{ ...program, command }];
  });
}

/** Where a program is: among the packages of this project, or on the path. */
function installed(command: string): string | undefined {
  const own = join(__dirname, '..', 'node_modules', '.bin', command);
  if (existsSync(own)) {
    return own;
  }
  const { status, stdout } = spawnSync('which', [command], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

if (require.main === module) {
  const [given, rounds] = process.argv.slice(2);
  if (given === 'memory') {
    printPlanReview([10_000, 50_000, 280_000], 1, false);
  } else {
    printPlanReview(given === undefined ? [100, 1_000, 10_000] : [Number(given)], Number(rounds ?? 7));
  }
}
