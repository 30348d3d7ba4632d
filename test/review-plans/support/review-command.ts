import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { EXAMPLES } from './plan-cases';

/** Every plan is judged on this day. */
const AS_OF = '2026-11-21';

/** As much of the JSON report as is read here; `report.schema.json` describes it. */
export interface ReviewDocument {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly status: string;
    readonly message: string;
    readonly resource: { readonly address: string; readonly path?: string };
    readonly model?: object;
    readonly waived?: { readonly owner: string; readonly expires: string };
  }[];
  readonly changes: readonly {
    readonly action: string;
    readonly address: string;
    readonly scope?: string;
    readonly driver?: string;
    readonly breadths?: readonly { readonly breadth: string; readonly evidence: string }[];
  }[];
  readonly traffic: readonly {
    readonly moved: number;
    readonly isDealtAnew?: boolean;
    readonly killSwitch?: { readonly before?: string; readonly after?: string };
    readonly rows: readonly { readonly before?: number; readonly after?: number }[];
  }[];
}

/** What `model-lifecycle review` wrote. */
export interface Review {
  readonly exitCode: number;
  readonly text: string;
  readonly markdown: string;
  readonly json: ReviewDocument;
}

/** What is reviewed in one run. */
export interface ReviewCase {
  readonly name: string;
  readonly files: readonly string[];
  /** Waiver file in the folder of the case. @default - none */
  readonly waivers?: string;
}

const ROOT = resolve(__dirname, '../../..');

/** Runs command lines one after another, as the command-line tool would, and writes their exit codes to a file. */
const DRIVER = `
  import { writeFileSync } from 'node:fs';
  import { run } from './bin/program';
  const [commandLines, file] = process.argv.slice(2);
  const codes = [];
  for (const commandLine of JSON.parse(commandLines)) {
    process.exitCode = 0;
    await run(commandLine);
    codes.push(process.exitCode);
  }
  process.exitCode = 0;
  writeFileSync(file, JSON.stringify(codes));
`;

/**
 * Reviews the kept plans, from the folder that holds them, in one process, which is many times as fast as one for each.
 * @throws Error with what was written to standard error, when a review could not be made
 */
export function reviewsOf(cases: readonly ReviewCase[]): ReadonlyMap<string, Review> {
  const folder = mkdtempSync(join(tmpdir(), 'review-command-'));
  try {
    const cli = join(folder, 'review.mjs');
    buildSync({
      stdin: { contents: DRIVER, resolveDir: ROOT },
      outfile: cli,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const file = (name: string, format: string) => join(folder, `${name}.${format}`);
    const commandLines = cases.map(({ name, files, waivers }) => [
      'review',
      ...files.map((each) => `${name}/${each}`),
      ...(waivers === undefined ? [] : [`--waivers=${name}/${waivers}`]),
      ...['text', 'markdown', 'json'].map((format) => `--format=${format}=${file(name, format)}`),
      // Whoever runs this in a year still gets these transcripts.
      ...[`--as-of=${AS_OF}`, '--severity=as-of-shifted=off', '--no-config'],
    ]);
    const codes = join(folder, 'codes.json');
    const { status, stderr } = spawnSync(process.execPath, [cli, JSON.stringify(commandLines), codes], {
      cwd: EXAMPLES,
      encoding: 'utf8',
    });
    const exitCodes = status === 0 ? (JSON.parse(readFileSync(codes, 'utf8')) as number[]) : [];
    if (status !== 0 || exitCodes.some((code) => code > 1)) {
      throw new Error(`not every review could be made (${exitCodes.join(', ')}): ${stderr}`);
    }
    const read = (name: string, format: string) => readFileSync(file(name, format), 'utf8');
    return new Map(
      cases.map(({ name }, index) => [
        name,
        {
          exitCode: exitCodes[index]!,
          text: read(name, 'text'),
          markdown: read(name, 'markdown'),
          json: JSON.parse(read(name, 'json')) as ReviewDocument,
        },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
