import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWholeFiles } from '../../bin/commands/whole-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'whole-file-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeWholeFiles', () => {
  test('replaces files, links followed, and leaves nothing beside them', () => {
    writeFileSync(join(folder, 'a'), 'old');
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    writeWholeFiles([
      { file: join(folder, 'link'), text: 'new' },
      { file: join(folder, 'b'), text: '' },
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'link']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
  });

  test.each([
    [
      'a folder that is missing',
      'none/report.json',
      'ENOENT',
      () => `make the folder first: mkdir -p '${join(folder, 'none')}'`,
    ],
    ['a folder in its place', '.', 'EISDIR', () => 'name a file in a folder that exists'],
    ['a name that is too long', 'x'.repeat(300), 'ENAMETOOLONG', () => 'name a file in a folder that exists'],
  ])('writes none of them because of %s', (_, name, code, advice) => {
    writeFileSync(join(folder, 'first'), 'old');
    const contents = [
      { file: join(folder, 'first'), text: 'new' },
      { file: join(folder, name), text: 'new' },
    ];
    expect(() => writeWholeFiles(contents)).toThrow(`'${join(folder, name)}' cannot be written (${code}); ${advice()}`);
    expect(readdirSync(folder)).toEqual(['first']);
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('old');
  });
});
