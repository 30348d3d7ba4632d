import { randomUUID } from 'node:crypto';
import { lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Writes a file whole or not at all: whoever reads it meanwhile sees the old content or the new one.
 *
 * @throws if it cannot be written, with a message that says which file and why
 */
export function writeWholeFile(file: string, text: string): void {
  try {
    const target = targetOf(file);
    if (target === undefined) {
      // Devices and pipes cannot be replaced, only written to.
      writeFileSync(file, text);
      return;
    }
    const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
    try {
      writeFileSync(draft, text);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(`'${resolve(file)}' cannot be written (${code}); name a file in a folder that exists`);
  }
}

/** The file that is to be replaced, links followed; `undefined` for what is no file. */
function targetOf(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isDirectory()) {
    return file;
  }
  if (!found.isSymbolicLink()) {
    return undefined;
  }
  const target = realpathSync(file);
  return lstatSync(target).isFile() ? target : undefined;
}
