import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NEWTONSOFT = '/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll';

/** What an expression came to: the type of its value and its text, or the type of the exception. */
export interface CsharpOutcome {
  readonly type: string;
  readonly text: string;
  readonly exception: boolean;
}

/** Whether a C# compiler, its runtime and Newtonsoft's JSON are installed (Debian: mono-mcs, mono-runtime, libnewtonsoft-json5.0-cil). */
export function monoAvailable(): boolean {
  const compiler = spawnSync('mcs', ['--version']).status === 0;
  const runtime = spawnSync('mono', ['--version']).status === 0;
  return compiler && runtime && spawnSync('test', ['-f', NEWTONSOFT]).status === 0;
}

/** `describe` where mono is installed; elsewhere the tests are skipped, and a line on stderr says so. */
export function describeWithMono(name: string, tests: () => void): void {
  if (monoAvailable()) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`\nNOT RUN: mono is not installed, so nothing was compared with real C#: ${name}\n`);
  describe.skip(name, tests);
}

/** Compiles the expressions with a real C# compiler and runs each against the stubs of `context`. */
export function runCsharp(expressions: readonly string[]): CsharpOutcome[] {
  const directory = mkdtempSync(join(tmpdir(), 'expressions-'));
  try {
    const source = join(directory, 'expressions.cs');
    const program = join(directory, 'expressions.exe');
    writeFileSync(source, programText(expressions));
    execFileSync(
      'mcs',
      ['-langversion:7', '-warn:0', `-r:${NEWTONSOFT}`, `-out:${program}`, source, join(__dirname, 'context-stubs.cs')],
      {
        encoding: 'utf8',
      },
    );
    const output = execFileSync('mono', [program], {
      encoding: 'utf8',
      env: { ...process.env, MONO_PATH: '/usr/lib/cli/Newtonsoft.Json-5.0', TZ: 'UTC' },
    });
    return output.trim().split('\n').map(outcomeOf);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function outcomeOf(line: string): CsharpOutcome {
  const [kind, type, text] = line.split(' ');
  return { exception: kind === 'exception', type: type!, text: Buffer.from(text ?? '', 'base64').toString('utf8') };
}

function programText(expressions: readonly string[]): string {
  const methods = expressions.map((expression, index) => {
    const body = expression.startsWith('{') ? expression : `{ return ${expression}; }`;
    return `  static object E${index}(PolicyContext context) ${body}`;
  });
  return readFileSync(join(__dirname, 'program.cs'), 'utf8')
    .replace('/*METHODS*/', methods.join('\n'))
    .replace('/*CALLS*/', expressions.map((_, index) => `E${index}`).join(', '));
}
