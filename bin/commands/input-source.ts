import { createReadStream, statSync } from 'node:fs';
import { describeJsonError } from '../../lib/contracts/json-syntax';
import { PlanDecoder } from '../../lib/facts/plan-encoding';
import { givenTwice, inputNotJson, noSuchFile, nothingPiped, unreadableFile } from './errors';
import { fileChunks } from './file-chunks';
import { placeOf } from './file-place';
import { ProgressDisplay, ReadingProgress } from './reading-progress';

/** Enough to see what a file is. */
const HEAD_BYTES = 65_536;

const PROGRESS_EVERY = 250;

/** A file or standard input, its start read. */
export interface OpenInput {
  /** As given: a path, `-` for standard input. */
  readonly source: string;
  /** Whether it can be read only once: standard input, and what the shell's `<(…)` makes. */
  readonly isPipe: boolean;
  /** The first bytes, all of them where there are not many. */
  readonly head: Uint8Array;
  /** All bytes, from the first on; to be read once. A chunk may be written over when the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Stops reading. */
  close(): Promise<void>;
}

/** What is read from, and who is told how far it has come. */
export interface InputOpening {
  /** Name of the command, for messages. */
  readonly command: string;
  /** @default - nobody is told */
  readonly progress?: ProgressDisplay;
}

/** @throws if one of the inputs, or of what stands before them, is given twice, under whatever path */
export function requireDistinct(inputs: readonly string[], bases: readonly string[] = []): void {
  const seen = new Map<string, 'input' | 'base'>();
  const given = [
    ...inputs.map((source) => ({ source, as: 'input' as const })),
    ...bases.map((source) => ({ source, as: 'base' as const })),
  ];
  for (const { source, as } of given) {
    const place = source === '-' ? source : placeOf(source);
    const before = seen.get(place);
    if (before !== undefined) {
      throw givenTwice(source, before !== as);
    }
    seen.set(place, as);
  }
}

/** Whether a source is a folder; standard input is none. @throws if it is not there or may not be looked at */
export function isFolder(source: string, { command }: InputOpening): boolean {
  try {
    return source !== '-' && statSync(source).isDirectory();
  } catch (error) {
    throw refusal(source, error, command);
  }
}

/** Opens a file, or standard input for `-`. @throws if it is not there, cannot be read, or nothing is piped */
export async function openInput(source: string, { command, progress }: InputOpening): Promise<OpenInput> {
  if (source === '-' && process.stdin.isTTY) {
    throw nothingPiped(command);
  }
  const size = source === '-' ? undefined : sizeOf(source);
  const stream: AsyncIterable<Uint8Array> =
    source === '-' ? process.stdin : size === undefined ? createReadStream(source) : fileChunks(source);
  const bytes = counted(source, stream, size, { command, progress });
  const first: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES;) {
    const { done, value } = await bytes.next();
    if (done) {
      break;
    }
    first.push(Buffer.from(value));
    length += value.length;
  }
  return {
    source,
    isPipe: size === undefined,
    head: Buffer.concat(first).subarray(0, HEAD_BYTES),
    chunks: joined(first, bytes),
    close: async () => {
      await bytes.return(undefined);
    },
  };
}

/** The JSON value that an input holds. @throws if it is not JSON */
export async function readJson({ source, chunks }: OpenInput): Promise<unknown> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) {
    all.push(Buffer.from(chunk));
  }
  const bytes = new PlanDecoder().decode(Buffer.concat(all), true);
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    throw inputNotJson(source, describeJsonError(text));
  }
}

async function* counted(
  source: string,
  stream: AsyncIterable<Uint8Array>,
  size: number | undefined,
  { command, progress: display }: InputOpening,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  const progress = display && new ReadingProgress(source, display, size);
  // By the clock and not by what arrives: whoever waits for a pipe is told so as well.
  const timer = setInterval(() => progress?.reached(bytes), PROGRESS_EVERY);
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? error : refusal(source, error, command);
  } finally {
    clearInterval(timer);
    progress?.end();
  }
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* first;
  yield* rest;
}

function refusal(source: string, error: unknown, command: string): Error {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return code === 'ENOENT' || code === 'ENOTDIR' ? noSuchFile(source, command) : unreadableFile(source, code);
}

/** The size of a file; `undefined` for what is none. */
function sizeOf(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}
