import { EvidenceRecord } from './evidence-record';

/** Digits of a record's id in the name of its file. */
const DIGITS_IN_NAME = 12;

/** Where a record's file can be below a folder of evidence, with '/' between the parts. */
export interface EvidencePlaces {
  /** That of the newest record of a release and suite. */
  readonly newest: string;
  /** That of an older one, which gave way to a newer. */
  readonly older: string;
}

/** The two places of a record. */
export function evidencePlaces({ id, release, suite }: EvidenceRecord): EvidencePlaces {
  const digits = id.replace('sha256:', '').slice(0, DIGITS_IN_NAME);
  return { newest: `${release.label}/${suite}.json`, older: `${release.label}/${suite}-${digits}.json` };
}

/** Whether a file of that name, without `.json`, can be one of the suite. */
export function isFileOfSuite(file: string, suite: string): boolean {
  return file === suite || (file.startsWith(`${suite}-`) && /^[0-9a-f]{12}$/.test(file.slice(suite.length + 1)));
}
