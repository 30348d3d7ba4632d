import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContextSpecification, sampleSpecification } from './context-specification';

const NEWTONSOFT = '/usr/lib/cli/Newtonsoft.Json-5.0';
const CECIL = '/usr/lib/mono/gac/Mono.Cecil/0.11.0.0__0738eb9f132ed756';

/** What an expression came to: the type of its value and its text, or the type of the exception. */
export interface CsharpOutcome {
  readonly type: string;
  readonly text: string;
  readonly exception: boolean;
}

/** An expression with its brackets, or without them where it is no body in `{ }`. */
export interface ExpressionCase {
  readonly expression: string;
  /** @default the sample */
  readonly context?: ContextSpecification;
}

/** A member that an expression calls, by the compiled code. */
export interface CalledMember {
  readonly expression: string;
  /** With its namespace: `System.String`. */
  readonly type: string;
  /** As the assembly names it: `get_Length`, `.ctor`, `op_Equality`. */
  readonly member: string;
}

function installed(...files: readonly string[]): boolean {
  const commands = ['mcs', 'mono'].every((command) => spawnSync(command, ['--version']).status === 0);
  return commands && files.every((file) => spawnSync('test', ['-f', file]).status === 0);
}

function describeWith(available: boolean, missing: string, name: string, tests: () => void): void {
  if (available) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`\nNOT RUN: ${missing}: ${name}\n`);
  describe.skip(name, tests);
}

/**
 * `describe` where a C# compiler, its runtime and Newtonsoft's JSON are installed (Debian: mono-mcs, mono-runtime,
 * libnewtonsoft-json5.0-cil); elsewhere the tests are skipped, and a line on stderr says so.
 */
export function describeWithMono(name: string, tests: () => void): void {
  const available = installed(join(NEWTONSOFT, 'Newtonsoft.Json.dll'));
  describeWith(available, 'mono is not installed, so nothing was compared with real C#', name, tests);
}

/** The same where Mono.Cecil, which reads compiled code, is installed as well (Debian: libmono-cecil-private-cil). */
export function describeWithCecil(name: string, tests: () => void): void {
  const available = installed(join(NEWTONSOFT, 'Newtonsoft.Json.dll'), join(CECIL, 'Mono.Cecil.dll'));
  describeWith(available, 'mono or Mono.Cecil is not installed, so no compiled code was read', name, tests);
}

/**
 * Compiles the expressions with a real C# compiler and runs each in its context.
 *
 * @throws if one does not compile, with the compiler's words; the number after `E` in them is that of the expression
 */
export function runCsharp(cases: readonly ExpressionCase[]): CsharpOutcome[] {
  const expressions = [...new Set(cases.map(({ expression }) => expression))];
  const numbers = new Map(expressions.map((expression, number) => [expression, number]));
  return withCompiled(expressions, (directory, program) => {
    const calls = join(directory, 'calls.json');
    const contents = cases.map(({ expression, context }) => ({
      expression: numbers.get(expression),
      context: { ...sampleSpecification, ...context },
    }));
    writeFileSync(calls, JSON.stringify(contents));
    const outcomes = lines(mono([program, calls])).map(outcomeOf);
    if (outcomes.length !== cases.length) {
      throw new Error(`${cases.length} expressions gave ${outcomes.length} outcomes`);
    }
    return outcomes;
  });
}

/** Every member that the compiled code of the expressions calls. */
export function membersInCompiledCode(expressions: readonly string[]): CalledMember[] {
  return withCompiled(expressions, (directory, program) => {
    const reader = join(directory, 'called-members.exe');
    mcs([`-r:${join(CECIL, 'Mono.Cecil.dll')}`, `-out:${reader}`, join(__dirname, 'called-members.cs')]);
    return lines(mono([reader, program], CECIL)).map((line) => {
      const [number, type, member] = line.split(' ');
      return { expression: expressions[Number(number)]!, type: type!, member: member! };
    });
  });
}

function withCompiled<T>(expressions: readonly string[], use: (directory: string, program: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'expressions-'));
  try {
    const source = join(directory, 'expressions.cs');
    const program = join(directory, 'expressions.exe');
    writeFileSync(source, programText(expressions));
    mcs([`-r:${NEWTONSOFT}/Newtonsoft.Json.dll`, `-out:${program}`, source, join(__dirname, 'context-stubs.cs')]);
    return use(directory, program);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function mcs(options: readonly string[]): void {
  execFileSync('mcs', ['-langversion:7', '-warn:0', ...options], { encoding: 'utf8', stdio: 'pipe' });
}

function mono(options: readonly string[], ...libraries: readonly string[]): string {
  return execFileSync('mono', [...options], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, MONO_PATH: [NEWTONSOFT, ...libraries].join(':'), TZ: 'UTC' },
  });
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
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
    .replace('/*METHODS*/', () => methods.join('\n'))
    .replace('/*EXPRESSIONS*/', expressions.map((_, index) => `E${index}`).join(', '));
}
