/**
 * Review of large plans, side by side with what else reads plans on this machine.
 *
 *     npx ts-node -T bench/plan-review.ts             100 to 10,000 resources
 *     npx ts-node -T bench/plan-review.ts 100000      as many as given
 *     npx ts-node -T bench/plan-review.ts memory      36 MB to 1 GB, ours only
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { writePlan } from './plan-generator';
import { Program, runInTurn } from './whole-process';

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
  for (const [name, { milliseconds, megabytes }] of figures) {
    const ratio = parsing === undefined ? '' : `, ${(milliseconds / parsing.milliseconds).toFixed(2)} × ${NODE}`;
    console.log(`  ${name.padEnd(28)} ${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB${ratio}`);
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
  const [given] = process.argv.slice(2);
  if (given === 'memory') {
    printPlanReview([10_000, 50_000, 280_000], 1, false);
  } else {
    printPlanReview(given === undefined ? [100, 1_000, 10_000] : [Number(given)], 5);
  }
}
