import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderNotEmpty, folderUnusable } from './errors';
import { writeWholeFiles } from './whole-file';

/** What a region answered, as it came. */
interface RegionTexts {
  readonly region: string;
  readonly texts: readonly string[];
}

/** @throws if a folder holds anything: pages of an older list would be read as pages of this one */
export function requireEmptyFolder(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code !== 'ENOENT') {
      throw folderUnusable(folder, code);
    }
    return;
  }
  if (names.length > 0) {
    throw folderNotEmpty(folder);
  }
}

/** Writes every page into a file of its own, named after its region and its place, so that they sort as they came. */
export function savePages(folder: string, answers: readonly RegionTexts[]): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw folderUnusable(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  const files = answers.flatMap(({ region, texts }) =>
    texts.map((text, index) => ({
      file: join(folder, `${region}-${String(index + 1).padStart(3, '0')}.json`),
      text,
    })),
  );
  writeWholeFiles(files);
}
