import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readEvidenceFile, readEvidenceFolder } from '../../lib/evaluation/evidence-folder';
import { evidenceIdOf, EvidenceRecord } from '../../lib/evaluation/evidence-record';
import { evidenceText } from '../../lib/evaluation/evidence-recording';
import { writeEvidence } from '../../lib/evaluation/evidence-writer';
import { evidence, evidenceOf, releaseOf, STABLE } from './records';

const root = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;

/** A folder of evidence with these files, by their paths below it. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Paths of all files below a folder, hidden ones included. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

function digitsOf({ id }: EvidenceRecord): string {
  return id.slice('sha256:'.length).slice(0, 12);
}

const FIRST = evidence({ startedAt: '2026-11-01T08:00:00Z', finishedAt: '2026-11-01T09:00:00Z' });
const SECOND = evidence({ startedAt: '2026-11-02T08:00:00Z', finishedAt: '2026-11-02T09:00:00Z' });
const THIRD = evidence({ startedAt: '2026-11-02T08:00:00Z', finishedAt: '2026-11-02T09:00:00.001Z' });
const { label } = FIRST.release;

describe('writing a record', () => {
  test('puts it where its release and suite say, and makes the folders', () => {
    const folder = join(folderWith(), 'deep', 'evidence');
    expect(writeEvidence(folder, FIRST)).toBe(join(folder, label, 'quality.json'));
    expect(readFileSync(join(folder, label, 'quality.json'), 'utf8')).toBe(evidenceText(FIRST));
    expect(filesIn(folder)).toEqual([`${label}/quality.json`]);
  });

  test('keeps the records that it replaces, and leaves nothing else behind', () => {
    const folder = folderWith();
    [FIRST, SECOND, THIRD].forEach((record) => writeEvidence(folder, record));
    expect(filesIn(folder)).toEqual(
      [
        `${label}/quality.json`,
        `${label}/quality-${digitsOf(FIRST)}.json`,
        `${label}/quality-${digitsOf(SECOND)}.json`,
      ].sort(),
    );
    expect(readEvidenceFile(join(folder, label, 'quality.json'))).toEqual(THIRD);
  });

  test('puts a record beside a newer one that is there already', () => {
    const folder = folderWith();
    writeEvidence(folder, THIRD);
    expect(writeEvidence(folder, FIRST)).toBe(join(folder, label, `quality-${digitsOf(FIRST)}.json`));
    expect(readEvidenceFile(join(folder, label, 'quality.json'))).toEqual(THIRD);
    expect(
      readEvidenceFolder(folder)
        .records.map(({ record }) => record.id)
        .sort(),
    ).toEqual([FIRST.id, THIRD.id].sort());
  });

  test('does nothing where the same record is there', () => {
    const laidOutOtherwise = JSON.stringify(FIRST);
    const folder = folderWith({ [`${label}/quality.json`]: laidOutOtherwise });
    expect(writeEvidence(folder, FIRST)).toBe(join(folder, label, 'quality.json'));
    expect(filesIn(folder)).toEqual([`${label}/quality.json`]);
    expect(readFileSync(join(folder, label, 'quality.json'), 'utf8')).toBe(laidOutOtherwise);
  });

  test('keeps suites and releases apart', () => {
    const folder = folderWith();
    const others = [evidence({ suite: 'safety' }), evidenceOf(STABLE)];
    [FIRST, ...others].forEach((record) => writeEvidence(folder, record));
    expect(filesIn(folder)).toEqual(
      [`${label}/quality.json`, `${label}/safety.json`, `${releaseOf(STABLE).label}/quality.json`].sort(),
    );
    expect(readEvidenceFolder(folder).refused).toEqual([]);
  });

  test('does not replace what it cannot keep', () => {
    const tampered = evidenceText(FIRST).replace('0.925', '0.999');
    const folder = folderWith({ [`${label}/quality.json`]: tampered });
    const file = join(folder, label, 'quality.json');
    expect(messageOf(() => writeEvidence(folder, SECOND))).toBe(
      `the evidence ${file} is not replaced, because what stands there cannot be kept: the evidence ${file} was changed after it was recorded: ` +
        `its id says ${FIRST.id}, its content is ${evidenceIdOf(JSON.parse(tampered) as EvidenceRecord)}; ` +
        "record it again with 'model-lifecycle evidence record', or restore the file",
    );
    expect(readFileSync(file, 'utf8')).toBe(tampered);
    expect(filesIn(folder)).toEqual([`${label}/quality.json`]);
  });

  test('does not replace the record of another suite', () => {
    const folder = folderWith({ [`${label}/quality.json`]: evidenceText(evidence({ suite: 'safety' })) });
    expect(messageOf(() => writeEvidence(folder, SECOND))).toBe(
      `the evidence ${join(folder, label, 'quality.json')} is not replaced, because what stands there cannot be kept: it is of release ${label}, suite safety`,
    );
  });

  test('says which file cannot be written', () => {
    const folder = folderWith({ file: '' });
    expect(messageOf(() => writeEvidence(join(folder, 'file'), FIRST))).toBe(
      `the evidence ${join(folder, 'file', label, 'quality.json')} cannot be written (ENOTDIR); name a folder in which files can be made`,
    );
    expect(filesIn(folder)).toEqual(['file']);
  });
});

describe('reading a folder', () => {
  test('gives every record with its path, in the order of the paths', () => {
    const folder = folderWith();
    [FIRST, SECOND, evidenceOf(STABLE)].forEach((record) => writeEvidence(folder, record));
    const { records, refused } = readEvidenceFolder(`${folder}/`);
    const sources = records.map(({ source }) => source);
    expect(sources).toEqual([...sources].sort());
    expect(new Map(records.map(({ source, record }) => [source, record.id]))).toEqual(
      new Map([
        [`${folder}/${label}/quality.json`, SECOND.id],
        [`${folder}/${label}/quality-${digitsOf(FIRST)}.json`, FIRST.id],
        [`${folder}/${releaseOf(STABLE).label}/quality.json`, evidenceOf(STABLE).id],
      ]),
    );
    expect(refused).toEqual([]);
  });

  test('leaves alone what is no evidence', () => {
    const folder = folderWith({
      'README.md': '#',
      'data.json': '[]',
      'data/cases.json': '[]',
      [`${label}/notes.txt`]: '',
      [`${label}/.quality.json.draft`]: '{',
      [`${label}/.hidden.json`]: '{',
      [`${label}/results/run.json`]: '{}',
    });
    expect(readEvidenceFolder(folder)).toEqual({ records: [], refused: [] });
  });

  test('lists what it cannot use beside what it can', () => {
    const folder = folderWith({
      [`${label}/quality.json`]: evidenceText(FIRST),
      [`${label}/safety.json`]: '{}{',
      [`${label}/tone.json`]: evidenceText(SECOND),
      [`${label}/quality-000000000000.json`]: evidenceText(SECOND),
      'assistant-000000000000/quality.json': evidenceText(FIRST),
    });
    const places = (record: EvidenceRecord) =>
      `it belongs at ${folder}/${label}/quality.json or ${folder}/${label}/quality-${digitsOf(record)}.json: move it there`;
    const refused = (at: string, problem: string) => {
      const [of, file] = at.split('/') as [string, string];
      const source = `${folder}/${at}.json`;
      return { source, label: of, file, problem: `the evidence ${source} is ${problem}` };
    };
    const found = readEvidenceFolder(folder);
    expect(found.records).toEqual([{ source: `${folder}/${label}/quality.json`, record: FIRST }]);
    expect(found.refused).toEqual([
      refused('assistant-000000000000/quality', `in another's place; ${places(FIRST)}`),
      refused(`${label}/quality-000000000000`, `in another's place; ${places(SECOND)}`),
      refused(
        `${label}/safety`,
        "not JSON: syntax error at line 1, column 3; record it again with 'model-lifecycle evidence record', or restore the file",
      ),
      refused(`${label}/tone`, `in another's place; ${places(SECOND)}`),
    ]);
  });

  test('refuses files that would not end or not fit', () => {
    const folder = folderWith({ [`${label}/large.json`]: ' '.repeat(1_048_577) });
    mkdirSync(join(folder, label, 'folder.json'));
    symlinkSync('nowhere', join(folder, label, 'gone.json'));
    execFileSync('mkfifo', [join(folder, label, 'pipe.json')]);
    const problems = readEvidenceFolder(folder).refused.map(({ file, problem }) => [file, problem.split('.json ')[1]]);
    const notAFile = "is not a file; record it again with 'model-lifecycle evidence record', or restore the file";
    expect(problems).toEqual([
      ['folder', notAFile],
      ['gone', 'cannot be read (ENOENT); make the file readable'],
      ['large', 'has 1048577 bytes; a record has at most 1048576'],
      ['pipe', notAFile],
    ]);
  });

  test.each<[string, (folder: string) => string, string]>([
    ['is not there', (folder) => join(folder, 'absent'), 'does not exist'],
    ['is a file', (folder) => join(folder, 'file'), 'is no folder'],
  ])('says so of one that %s', (_, pathIn, problem) => {
    const path = pathIn(folderWith({ file: '' }));
    expect(messageOf(() => readEvidenceFolder(path))).toBe(
      `the folder of evidence '${path}' ${problem}; name the folder that 'model-lifecycle evidence record' writes to`,
    );
  });
});
