import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const PIPELINES = resolve(__dirname, '../../../examples/pipelines');

/** A step of either system: what it runs stands in `run`, `bash` or an input. */
export interface Step {
  readonly name?: string;
  readonly displayName?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly 'continue-on-error'?: boolean;
  readonly run?: string;
  readonly bash?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A ready-made workflow or pipeline. */
export interface PipelineFile {
  readonly name: string;
  readonly text: string;
  readonly document: {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly jobs: Readonly<Record<string, Job>> | readonly Job[];
  };
}

/** The ready-made files of one system, by the beginning of their names. */
export function pipelineFiles(system: 'github' | 'azure'): readonly PipelineFile[] {
  return readdirSync(PIPELINES)
    .filter((name) => name.startsWith(system))
    .map(pipelineFile);
}

/** @throws Error when there is none of that name */
export function pipelineFile(name: string): PipelineFile {
  const text = readFileSync(join(PIPELINES, name), 'utf8');
  return { name, text, document: parse(text) as PipelineFile['document'] };
}

/** One job of a workflow for GitHub. @throws Error when there is none */
export function jobOf({ name: file, document }: PipelineFile, name: string): Job {
  const found = (document.jobs as Readonly<Record<string, Job>>)[name];
  if (found === undefined) {
    throw new Error(`${file} has no job '${name}'`);
  }
  return found;
}

export function jobsOf({ document }: PipelineFile): readonly Job[] {
  return Object.values(document.jobs as Readonly<Record<string, Job>>);
}

/** The shell scripts of a file, each with the name of its step. */
export function shellScripts(file: PipelineFile): readonly (readonly [string, string])[] {
  return jobsOf(file)
    .flatMap(({ steps }) => steps)
    .flatMap((step) => {
      const script = step.run ?? step.bash ?? step.inputs?.inlineScript;
      return typeof script === 'string' ? [[step.displayName ?? step.name ?? '', script] as const] : [];
    });
}

/** One step's script. @throws Error when there is none */
export function scriptOf(file: PipelineFile, name: string): string {
  const found = shellScripts(file).find(([step]) => step === name);
  if (found === undefined) {
    throw new Error(`${file.name} has no script in a step '${name}'`);
  }
  return found[1];
}
