import { randomUUID } from 'node:crypto';
import { accessSync, lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { printable } from '../../lib/contracts/printable';

/** A text and the file that it is to be in. */
export interface FileContent {
  readonly file: string;
  readonly text: string;
}

/**
 * Writes a file whole or not at all: whoever reads it meanwhile sees the old content or the new one.
 *
 * @throws if it cannot be written, with a message that says which file and why
 */
export function writeWholeFile(file: string, text: string): void {
  writeWholeFiles([{ file, text }]);
}

/**
 * Writes files whole, and none of them unless all can be written beside their places.
 *
 * @throws if one cannot be written, with a message that says which file and why
 */
export function writeWholeFiles(contents: readonly FileContent[]): void {
  const drafts: Draft[] = [];
  try {
    for (const { file, text } of contents) {
      naming(file, () => drafts.push(new Draft(file, text)));
    }
    drafts.forEach((draft) => naming(draft.file, () => draft.put()));
  } catch (error) {
    drafts.forEach((draft) => draft.discard());
    throw error;
  }
}

/** @throws if a file cannot be written because its folder is not there: before work is done whose result it is to hold */
export function requireFolderOf(file: string): void {
  naming(file, () => accessSync(dirname(resolve(file))));
}

/** A text that waits beside the file whose place it will take. */
class Draft {
  /** What is replaced; `undefined` for devices and pipes, which can only be written to. */
  private readonly target: string | undefined;
  private readonly draft: string;

  constructor(
    readonly file: string,
    private readonly text: string,
  ) {
    this.target = targetOf(file);
    const place = this.target ?? file;
    this.draft = join(dirname(place), `.${basename(place)}.${randomUUID()}`);
    if (this.target !== undefined) {
      try {
        // On the disk before it takes the old file's place, so that a crash leaves one of them whole.
        writeFileSync(this.draft, text, { flush: true });
      } catch (error) {
        this.discard();
        throw error;
      }
    }
  }

  put(): void {
    if (this.target === undefined) {
      writeFileSync(this.file, this.text);
    } else {
      renameSync(this.draft, this.target);
    }
  }

  discard(): void {
    if (this.target !== undefined) {
      rmSync(this.draft, { force: true });
    }
  }
}

function naming(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const advice =
      code === 'ENOENT'
        ? `make the folder first: mkdir -p '${printable(dirname(resolve(file)))}'`
        : 'name a file in a folder that exists';
    throw new Error(`'${printable(resolve(file))}' cannot be written (${code}); ${advice}`);
  }
}

/** The file that is to be replaced, links followed; `undefined` for what is no file. */
function targetOf(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) {
    return file;
  }
  if (found.isDirectory()) {
    throw Object.assign(new Error(), { code: 'EISDIR' });
  }
  if (!found.isSymbolicLink()) {
    return undefined;
  }
  const target = realpathSync(file);
  return lstatSync(target).isFile() ? target : undefined;
}
