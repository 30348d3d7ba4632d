import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { evidenceInTheWay, evidenceNotWritten } from './errors';
import { momentOrder } from './evidence-consistency';
import { readEvidenceFile } from './evidence-folder';
import { evidencePlaces } from './evidence-places';
import { EvidenceRecord } from './evidence-record';
import { evidenceText } from './evidence-recording';

/**
 * Puts a record into a folder of evidence and gives back the path of its file: `<label>/<suite>.json`. A record that is there already
 * moves to `<label>/<suite>-<first 12 digits of its id>.json`; if it is the newer one, it stays and the given one goes there.
 *
 * A file is written whole or not at all, and the older record is safe before the newer takes its place. One program at a time
 * writes the records of one release and suite.
 *
 * @throws if a file cannot be written, or if what stands in the place of the record is none that could be kept
 */
export function writeEvidence(folder: string, record: EvidenceRecord): string {
  const places = evidencePlaces(record);
  const newest = join(folder, places.newest);
  const standing = recordAt(newest, record);
  if (standing?.id === record.id) {
    return newest;
  }
  if (standing !== undefined && isNewer(standing, record)) {
    const older = join(folder, places.older);
    writeWhole(older, evidenceText(record));
    return older;
  }
  if (standing !== undefined) {
    writeWhole(join(folder, evidencePlaces(standing).older), evidenceText(standing));
  }
  writeWhole(newest, evidenceText(record));
  return newest;
}

function isNewer(one: EvidenceRecord, other: EvidenceRecord): boolean {
  return momentOrder(one.finishedAt) > momentOrder(other.finishedAt);
}

/** The record that the file holds, if there is a file. */
function recordAt(file: string, { release, suite }: EvidenceRecord): EvidenceRecord | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  let standing: EvidenceRecord;
  try {
    standing = readEvidenceFile(file);
  } catch (error) {
    throw evidenceInTheWay(file, (error as Error).message);
  }
  if (standing.release.id !== release.id || standing.suite !== suite) {
    throw evidenceInTheWay(file, `it is of release ${standing.release.label}, suite ${standing.suite}`);
  }
  return standing;
}

function writeWhole(file: string, text: string): void {
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    putWhole(draft, file, text);
  } catch (error) {
    throw evidenceNotWritten(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function putWhole(draft: string, file: string, text: string): void {
  try {
    // On the disk before it takes its place, so that a crash leaves the old file or the new one.
    writeFileSync(draft, text, { flush: true, flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
