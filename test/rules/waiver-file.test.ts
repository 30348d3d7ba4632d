import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readWaiverFile } from '../../lib/rules/waiver-file';
import { waiver } from './configuration';

const folder = mkdtempSync(join(tmpdir(), 'waivers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'waivers.json');

function read(content: unknown) {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readWaiverFile(path);
}

const schema = JSON.parse(readFileSync(join(__dirname, '../../lib/rules/data/waivers.schema.json'), 'utf8'));
const isValid = addFormats(new Ajv({ allErrors: true })).compile(schema);

const ADVICE = {
  rule: 'give the id of a rule, for instance model-retiring',
  resource: 'give a construct path, a Terraform address, or a pattern with *',
  reason: 'say in at least 10 characters why the finding is accepted',
  owner: 'name the person or team that answers for it',
  expires: "write the last day on which the waiver holds as YYYY-MM-DD, for instance '2026-12-31'",
};

describe('reading a waiver file', () => {
  test.each([
    ['one waiver', { waivers: [waiver()] }],
    ['no waivers', { waivers: [] }],
    ['the address of its schema', { $schema: './waivers.schema.json', waivers: [waiver()] }],
    ['the shortest reason', { waivers: [waiver({ reason: '  0123456789 ' })] }],
    ['a reason of several lines', { waivers: [waiver({ reason: 'one\n\n\n\n\n\n\n\ntwo' })] }],
    ['a reason in ten signs outside the basic plane', { waivers: [waiver({ reason: '🙂'.repeat(10) })] }],
    ['a leap day', { waivers: [waiver({ expires: '2028-02-29' })] }],
    ['one input', { waivers: [{ ...waiver(), input: 'plans/production.json' }] }],
    ['a rule that does not exist, which the findings tell', { waivers: [waiver({ rule: 'nobody' })] }],
  ])('accepts %s, and so does the schema', (_, document) => {
    expect(read(document)).toEqual(
      document.waivers.map((one, index) => ({ ...one, source: `${path}, waivers[${index}]` })),
    );
    expect(isValid(document)).toBe(true);
  });

  const withoutOwner = { ...waiver(), owner: undefined };
  test.each<[string, unknown, string[]]>([
    ['a list at the top', [waiver()], ['the file has no list \'waivers\'; write {"waivers": [...]}']],
    ['null', null, ['the file has no list \'waivers\'; write {"waivers": [...]}']],
    ['no list', { waivers: {} }, ['the file has no list \'waivers\'; write {"waivers": [...]}']],
    ['another key', { waivers: [], waiver: [] }, ["'waiver' is not known here; allowed are 'waivers' and '$schema'"]],
    [
      'a schema that is no text',
      { waivers: [], $schema: 1 },
      ["'$schema' is not a text; give the address of the schema, or leave it out"],
    ],
    [
      'a waiver that is null',
      { waivers: [null] },
      ['waivers[0] is not an object; give it rule, resource, reason, owner and expires'],
    ],
    [
      'a waiver that is a list',
      { waivers: [[]] },
      ['waivers[0] is not an object; give it rule, resource, reason, owner and expires'],
    ],
    [
      'a misspelt field',
      { waivers: [waiver(), { ...withoutOwner, ower: 'me' }] },
      [
        "waivers[1] has 'ower', which is not known; allowed are rule, resource, reason, owner, expires and input",
        `waivers[1].owner is missing; ${ADVICE.owner}`,
      ],
    ],
    [
      'empty fields',
      { waivers: [{ rule: '', resource: ' ', reason: ' 012345678 ', owner: '\n', expires: '' }] },
      [
        `waivers[0].rule is ''; ${ADVICE.rule}`,
        `waivers[0].resource is ' '; ${ADVICE.resource}`,
        `waivers[0].reason is ' 012345678 '; ${ADVICE.reason}`,
        `waivers[0].owner is '\\u{a}'; ${ADVICE.owner}`,
        `waivers[0].expires is ''; ${ADVICE.expires}`,
      ],
    ],
    [
      'nine signs of two units',
      { waivers: [waiver({ reason: '🙂'.repeat(9) })] },
      [`waivers[0].reason is '${'🙂'.repeat(9)}'; ${ADVICE.reason}`],
    ],
    [
      'numbers',
      { waivers: [{ ...waiver(), owner: 7 }] },
      [`waivers[0].owner is the number 7, not a text; ${ADVICE.owner}`],
    ],
    [
      'null in a field',
      { waivers: [{ ...waiver(), owner: null }] },
      [`waivers[0].owner is null, not a text; ${ADVICE.owner}`],
    ],
    [
      'a day that does not exist',
      { waivers: [waiver({ expires: '2027-02-29' })] },
      [`waivers[0].expires is '2027-02-29'; ${ADVICE.expires}`],
    ],
    [
      'a misspelt rule beside an empty input',
      { waivers: [waiver({ rule: 'model-depreciated' }), { ...waiver(), input: ' ' }] },
      [
        "waivers[1].input is ' '; give the name of an input or a stack, a pattern with *, or leave it out",
        "waivers[0].rule is 'model-depreciated', which does not exist; did you mean 'model-deprecated'?",
      ],
    ],
    [
      'a list of inputs',
      { waivers: [{ ...waiver(), input: ['a', 'b'] }] },
      [
        'waivers[0].input is a list, not a text; give the name of an input or a stack, a pattern with *, or leave it out',
      ],
    ],
    [
      'a time of day',
      { waivers: [waiver({ expires: '2026-12-01T00:00:00Z' })] },
      [`waivers[0].expires is '2026-12-01T00:00:00Z'; ${ADVICE.expires}`],
    ],
    [
      'another way to write a day',
      { waivers: [waiver({ expires: '01/12/2026' })] },
      [`waivers[0].expires is '01/12/2026'; ${ADVICE.expires}`],
    ],
  ])('refuses %s, and so does the schema', (_, document, problems) => {
    expect(() => read(document)).toThrow(
      new Error(`the waiver file ${path} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`),
    );
    expect(isValid(JSON.parse(JSON.stringify(document)))).toBe(false);
  });

  test('does not take a key of the prototype for a field', () => {
    expect(() => read('{"waivers": [], "__proto__": {}}')).toThrow("'__proto__' is not known here");
    expect(() => read('{"waivers": [{"constructor": 1}]}')).toThrow("waivers[0] has 'constructor'");
  });

  test('reads a file with a byte order mark', () => {
    expect(read(`\ufeff${JSON.stringify({ waivers: [waiver()] })}`)).toHaveLength(1);
  });

  test('names a file that is missing', () => {
    expect(() => readWaiverFile('nowhere/waivers.json')).toThrow(
      new Error(
        "the waiver file nowhere/waivers.json cannot be read: ENOENT; give the path of a JSON file with a 'waivers' list",
      ),
    );
    expect(() => readWaiverFile(folder)).toThrow('cannot be read: EISDIR;');
  });

  test.each(['', 'waivers:\n- rule: x', '{"waivers": [}'])('refuses %j, which is not JSON', (content) => {
    expect(() => read(content)).toThrow(/^the waiver file .* is not JSON: .*; write \{"waivers": \[\{"rule"/);
  });
});
