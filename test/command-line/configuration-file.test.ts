import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { findConfiguration, readConfiguration } from '../../bin/configuration/configuration-file';
import { CONFIGURATION_KEYS, configurationProblems } from '../../bin/configuration/configuration-keys';
import { readYamlText } from '../../bin/configuration/yaml-text';
import { RULES } from '../../lib/rules/rules';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
const schema = JSON.parse(readFileSync(join(__dirname, '../../lib/rules/data/config.schema.json'), 'utf8'));
const isDescribed = new Ajv().compile(schema);

afterAll(() => rmSync(folder, { recursive: true }));

function write(content: string | Buffer, name = 'model-lifecycle.config.yaml'): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const refusal = (content: string | Buffer, name?: string): Promise<string> =>
  readConfiguration(write(content, name)).then(
    (configuration) => `no refusal: ${JSON.stringify(configuration)}`,
    (error: Error) => error.message.replaceAll(`${folder}/`, ''),
  );

const EVERYTHING = `# yaml-language-server: $schema=./config.schema.json
catalog: knowledge/catalog.json
overlays: [a.json, /etc/overlays/b.json]
cloud: usgovernment
warnDays: 180
failDays: 60
failOn: warning
unknown: fail
severities:
  model-preview: error
  catalog-stale: off
forbidPreviews: true
forbidModelRouter: false
waivers:
  - waivers.json
baseline: baseline.json
requireFresh: true
formats: [text, json=out/report.json, github=-]
commentId: stacks/production
`;

describe('readConfiguration', () => {
  test('reads every option, with paths that start at the folder of the file', async () => {
    const at = (path: string) => expect.stringMatching(new RegExp(`/${path}$`));
    expect(await readConfiguration(write(EVERYTHING))).toEqual({
      catalog: at('knowledge/catalog.json'),
      overlays: [at('a.json'), '/etc/overlays/b.json'],
      cloud: 'usgovernment',
      warnDays: 180,
      failDays: 60,
      failOn: 'warning',
      unknown: 'fail',
      severities: { 'model-preview': 'error', 'catalog-stale': 'off' },
      forbidPreviews: true,
      forbidModelRouter: false,
      waivers: [at('waivers.json')],
      baseline: at('baseline.json'),
      requireFresh: true,
      formats: [{ format: 'text' }, { format: 'json', file: at('out/report.json') }, { format: 'github' }],
      commentId: 'stacks/production',
    });
  });

  test('places paths of a file in another folder there', async () => {
    const { waivers } = await readConfiguration(write('waivers: [../shared/waivers.json]', 'nested/config.yaml'));
    expect(waivers).toEqual([expect.stringMatching(/configuration-\w+\/shared\/waivers\.json$/)]);
  });

  test.each([
    ['nothing', ''],
    ['comments', '# warnDays: 90\n'],
    ['a document mark', '---\n'],
    ['an empty map', '{}'],
    ['the address of its schema', '$schema: ./config.schema.json'],
  ])('sets nothing where the file holds %s', async (_, content) => {
    expect(await readConfiguration(write(content))).toEqual({});
  });

  test.each([
    ['YAML with a byte order mark', '\uFEFFfailDays: 45\n', 'a.yml'],
    ['YAML with line ends of Windows', '# days\r\nfailDays: 45\r\n', 'b.yaml'],
    ['JSON', '{\n\t"failDays": 45\n}', 'c.json'],
    ['JSON on one line', '{"$schema":"x","failDays":45}', 'd.json'],
  ])('reads %s', async (_, content, name) => {
    expect(await readConfiguration(write(content, name))).toEqual({ failDays: 45 });
  });

  test('names every problem at once, each with its place, in the order of the file', async () => {
    const content =
      'warndays: 90\nfailOn: errors\nseverities:\n  model-retird: error\n  model-preview: fatal\noverlays: a.json\n';
    expect(await refusal(content)).toBe(
      [
        "the configuration file 'model-lifecycle.config.yaml' cannot be used:",
        "  line 1, column 1: 'warndays' is not known here; did you mean 'warnDays'?",
        "  line 2, column 9: failOn is 'errors'; allowed are error, warning, never",
        "  line 4, column 3: severities names the rule 'model-retird', which does not exist; did you mean 'model-retired'?",
        "  line 5, column 18: severities .model-preview is 'fatal'; allowed are error, warning, note, off",
        "  line 6, column 11: overlays is 'a.json'; write a list, for instance [a, b]",
      ].join('\n'),
    );
  });

  const keys = CONFIGURATION_KEYS.join(', ');
  test.each([
    ['a key like no other', 'colour: blue', `line 1, column 1: 'colour' is not known here; known are ${keys}`],
    ['a key of the prototype', '__proto__: {}', `line 1, column 1: '__proto__' is not known here; known are ${keys}`],
    ['a key given twice', 'cloud: public\ncloud: public', "line 2, column 1: 'cloud' is given twice; keep one"],
    [
      'a rule given twice',
      '{"severities": {"model-preview": "error", "model-preview": "off"}}',
      "line 1, column 43: 'model-preview' is given twice; keep one",
    ],
    ['a list as a key', '? [a]\n: b', 'line 1, column 3: the key is not a text'],
    ['a merge key', 'severities:\n  <<: {}', "line 2, column 3: severities names the rule '<<', which does not exist"],
    [
      'an alias',
      'catalog: &a x\nbaseline: *a',
      'line 2, column 11: aliases (*) are not read here; write the value out',
    ],
    ['a second document', 'cloud: public\n---\ncloud: public', 'line 2, column 1: a second document starts here'],
    ['a list', '- failDays', 'line 1, column 1: the file holds a list; write keys and values'],
    ['a text', 'failDays', "line 1, column 1: the file holds 'failDays'; write keys and values"],
    ['a tag', 'failDays: !days 30', 'line 1, column 11: Unresolved tag: !days; write YAML, or JSON'],
    ['a value that is missing', 'warnDays:', 'warnDays is empty; give a whole number of days, 0 to 99999'],
    ['days as a text', "failDays: '30'", "line 1, column 11: failDays is '30'; give a whole number"],
    ['part of a day', 'failDays: 1.5', 'failDays is 1.5; give a whole number'],
    ['days before today', 'failDays: -1', 'failDays is -1; give a whole number'],
    ['days without end', 'failDays: .inf', 'failDays is Infinity; give a whole number'],
    ['a word for a truth', 'requireFresh: yes', "requireFresh is 'yes'; allowed are true and false"],
    ['an empty path', "baseline: ' '", "baseline is ' '; give the path of a baseline file"],
    ['a path with NUL', 'catalog: "a\\0b"', 'catalog holds a character that no path has'],
    ['a number for a path', 'waivers: [1]', 'line 1, column 11: waivers [0] is 1; give the path of a waiver file'],
    ['a map for a list', 'formats: {}', 'formats is a map of keys and values; write a list'],
    [
      'a format that is unknown',
      'formats: [yaml]',
      "line 1, column 11: formats [0] is 'yaml'; known formats are text,",
    ],
    ['a format without its file', "formats: ['json=']", "formats [0] is 'json='; name a file behind '='"],
    [
      'an id that would end the comment it stands in',
      'commentId: a--><b>',
      "line 1, column 12: commentId is 'a--><b>'; write letters and digits, with one '.', '_', '-', '/' or ':' between them, 100 characters at most",
    ],
    ['a number as an id', 'commentId: 1', 'commentId is 1; write letters and digits'],
    ['a list of severities', 'severities: [off]', 'severities is a list; write rules and severities'],
    ['control characters', 'failOn: "\\e[31m"', "failOn is '\\u{1b}[31m'; allowed are"],
    ['a broken line', 'failOn: [error', 'line 1, column'],
    ['deep nesting', `catalog: ${'['.repeat(10_000)}`, 'lists or maps are nested too deeply'],
  ])('refuses %s, and says where', async (_, content, message) => {
    const refused = await refusal(content);
    expect(refused).toContain("the configuration file 'model-lifecycle.config.yaml' cannot be used:\n  line ");
    expect(refused).toContain(message);
  });

  test.each([
    ['a key under a value', 'failDays: 30\n warnDays: 90\n', '2, column 2: This line is indented further'],
    [
      'the same behind empty lines',
      'failDays: 30\n\n\n   warnDays: 90\n',
      '4, column 4: This line is indented further',
    ],
    ['the same in a map', 'severities:\n  a: off\n   b: off\n', '3, column 4: This line is indented further'],
    [
      'the same with line ends of Windows',
      'cloud: x\r\n failDays: 3\r\n',
      '2, column 2: This line is indented further',
    ],
    ['a key under an item', 'waivers:\n - a\n - b\n  c: d\n', '4, column 3: This line is indented further'],
    ['a key under a text in quotes', 'cloud: "x"\n failDays: 3\n', '2, column 1: All mapping items must start at'],
    ['a line that is not indented enough', 'severities:\n  a: off\n b: off\n', '3, column 1: All mapping items'],
    ['a key without a colon', 'failDays: 30\nwarnDays 90\nfailOn: error\n', '2, column 1: Implicit keys need to be on'],
    ['a key within a value', 'failDays: 30\noverlays: a: b\n', '2, column 11: Nested mappings are not allowed'],
    ['a map that does not end', '{"a": 1,\n "b": 2\n\n', '2, column 8: Flow map must end with a }'],
    ['a text that does not end', 'cloud: "x\nfailDays: 3\n', '2, column 12: Missing closing'],
  ])('says the line that an editor shows for %s', async (_, content, place) => {
    expect((await refusal(content)).split('\n')[1]).toContain(`  line ${place}`);
  });

  test.each([
    '/etc/cron.d/report',
    '../report',
    'a/../../report',
    '..\\report',
    'C:\\report',
    'C:report',
    '\\\\host\\report',
  ])('refuses to write outside of its folder: %s', async (file) => {
    expect(await refusal(`formats: ['json=${file}']`)).toContain(
      'a configuration may write below its own folder only: give other files with --format',
    );
  });

  test.each([
    ['another encoding', Buffer.from('failDays: 30', 'utf16le'), 'cannot be used'],
    ['bytes that are no text', Buffer.from([0x66, 0xff, 0xfe]), "'other.yaml' is not UTF-8 text; save it as UTF-8"],
    ['a file that nobody wrote', '#'.repeat(65_537), "'other.yaml' has 65537 bytes; it may have at most 65536"],
  ])('refuses %s', async (_, content, message) => {
    expect(await refusal(content, 'other.yaml')).toContain(message);
  });

  test('says which file is not there, and which is a folder', async () => {
    await expect(readConfiguration(join(folder, 'none.yaml'))).rejects.toThrow(
      "none.yaml' cannot be read (ENOENT); give --config",
    );
    await expect(readConfiguration(folder)).rejects.toThrow('cannot be read (EISDIR)');
  });

  test('does not multiply what aliases stand for', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 30; index += 1) {
      const before = `*${String.fromCharCode(96 + index)}`;
      lines.push(
        `${String.fromCharCode(97 + index)}: &${String.fromCharCode(97 + index)} [${Array(9).fill(before).join(', ')}]`,
      );
    }
    expect(await refusal(lines.slice(0, 26).join('\n'))).toContain('line 2, column 8: aliases (*) are not read here');
  });
});

describe('findConfiguration', () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test('finds the one file of the working directory, and refuses to choose', () => {
    const here = mkdtempSync(join(folder, 'here-'));
    process.chdir(here);
    expect(findConfiguration()).toBeUndefined();
    writeFileSync('model-lifecycle.config.json', '{}');
    expect(findConfiguration()).toBe('model-lifecycle.config.json');
    writeFileSync('model-lifecycle.config.yml', '');
    expect(() => findConfiguration()).toThrow(
      "there is more than one configuration file here: 'model-lifecycle.config.yml' and 'model-lifecycle.config.json'; keep one, or name one with --config",
    );
  });
});

describe('config.schema.json', () => {
  test('knows the keys and the rules that the reader knows', () => {
    expect(Object.keys(schema.properties)).toEqual(CONFIGURATION_KEYS);
    expect(Object.keys(schema.properties.severities.properties).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  const VALUES = [
    '{}', '[]', '[a.json]', '[1]', "['']", "[' a ']", "['a\tb']", '""', '" "', 'a', 'public', 'error', 'warn', 'true', 'yes', '~',
    '0', '30', '1.0', '1.5', '-1', '99999', '100000', '1e3', '.nan', '"30"', '{model-preview: off}', '{model-preview: fatal}', '{model-retird: off}',
    '[text]', '[text, json=a/b.json]', '[json=]', '[json=-]', '[yaml]', '["html=a=b"]', '["html= "]', '["html=a/../b"]', '["html=a..b/..c"]',
    '["html=..\\\\a"]', '["html=/a"]', '["html=C:a"]', '["html=.."]', '["html=../a"]', '["text=a\\0"]', '["a\\0"]', '"a\\0"', 'a--b', 'a-b_c.d/e:1', '-a', '"a\\n"', 'a'.repeat(100), 'a'.repeat(101),
  ]; // prettier-ignore

  test.each(CONFIGURATION_KEYS.concat('colour'))('and the reader agree on every value of %s', async (key) => {
    const verdicts = { reader: [] as string[], schema: [] as string[] };
    for (const value of VALUES) {
      const text = `${key}: ${value}`;
      const { value: located, problems } = await readYamlText(text);
      const isAccepted = problems.length === 0 && configurationProblems(located!).length === 0;
      verdicts.reader.push(`${text} ${isAccepted}`);
      verdicts.schema.push(`${text} ${isDescribed(parse(text))}`);
    }
    expect(verdicts.reader).toEqual(verdicts.schema);
  });
});
