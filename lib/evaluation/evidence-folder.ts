import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isReleaseWord, RELEASE_LABEL } from '../contracts/release-words';
import { compareText } from '../contracts/text-order';
import { evidenceMisplaced, evidenceNotAFile, evidenceTooLarge, evidenceUnreadable, folderUnreadable } from './errors';
import { evidencePlaces } from './evidence-places';
import { readEvidenceText } from './evidence-reader';
import { EvidenceRecord } from './evidence-record';

/** A record and what reports call it: the path of its file, or where else it came from. */
export interface SourcedEvidence {
  readonly source: string;
  readonly record: EvidenceRecord;
}

/** A file that should hold a record and does not. The release and the suite are those in whose place it lies. */
export interface RefusedEvidence {
  readonly source: string;
  readonly label: string;
  /** Name of the file without `.json`: the suite, with or without the digits of an older record. */
  readonly file: string;
  /** Why, with the source, as errors say it. */
  readonly problem: string;
}

/** Everything in a folder of evidence, in the order of the paths. */
export interface EvidenceFolder {
  readonly records: readonly SourcedEvidence[];
  readonly refused: readonly RefusedEvidence[];
}

/** Bytes; a record of hundreds of metrics has less. */
const LARGEST_RECORD = 1_048_576;

const RECORD_FILE = /^(?<file>[^.].*)\.json$/s;

/**
 * The records below a folder, at `<label>/<suite>.json` and `<label>/<suite>-<first 12 digits of the id>.json`. Folders that are not
 * called like a release, files that do not end in `.json` and hidden files are left alone.
 *
 * A file that cannot be used is no reason not to read the others: it is listed with what is wrong.
 *
 * @throws if the folder cannot be read
 */
export function readEvidenceFolder(folder: string): EvidenceFolder {
  const records: SourcedEvidence[] = [];
  const refused: RefusedEvidence[] = [];
  for (const label of namesIn(folder)) {
    if (!isReleaseWord(RELEASE_LABEL, label) || !isFolder(join(folder, label))) {
      continue;
    }
    for (const name of namesIn(join(folder, label))) {
      const file = RECORD_FILE.exec(name)?.groups?.file;
      if (file === undefined) {
        continue;
      }
      const source = `${folder.replace(/[\\/]+$/, '')}/${label}/${name}`;
      try {
        const record = readEvidenceFile(join(folder, label, name), source);
        requirePlace(folder, `${label}/${name}`, source, record);
        records.push({ source, record });
      } catch (error) {
        refused.push({ source, label, file, problem: (error as Error).message });
      }
    }
  }
  return { records, refused };
}

/** The record in a file. @throws if it cannot be read or used; `source` is what the message calls it */
export function readEvidenceFile(path: string, source = path): EvidenceRecord {
  let text: string;
  try {
    const found = statSync(path);
    // Reading a pipe would wait for its writer.
    if (!found.isFile()) {
      throw evidenceNotAFile(source);
    }
    if (found.size > LARGEST_RECORD) {
      throw evidenceTooLarge(source, found.size, LARGEST_RECORD);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : evidenceUnreadable(source, code);
  }
  return readEvidenceText(text, source);
}

/** A record in the place of another one would let a file that is broken there go unseen. */
function requirePlace(folder: string, place: string, source: string, record: EvidenceRecord): void {
  const places = Object.values(evidencePlaces(record));
  if (!places.includes(place)) {
    throw evidenceMisplaced(
      source,
      places.map((allowed) => join(folder, allowed)),
    );
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw folderUnreadable(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch (error) {
    throw folderUnreadable(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}
