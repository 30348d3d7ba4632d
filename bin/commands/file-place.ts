import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The place of a file, links followed, whether it is there or not: the same for two names of one file. */
export function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return join(realpathSync(dirname(file)), basename(file));
    } catch {
      return resolve(file);
    }
  }
}
