import { RECOGNISABLE_LENGTH, recognise } from '../../lib/facts/plan-recognition';
import { userSeconds } from '../support/user-seconds';

/** As much text as is looked at, of one piece again and again. */
function filled(start: string, piece: string): Buffer {
  return Buffer.from((start + piece.repeat(RECOGNISABLE_LENGTH / piece.length + 1)).slice(0, RECOGNISABLE_LENGTH));
}

const ORDINARY = filled('{"x":{', '"a":"b",');

/** Hostile texts cost as much as ordinary ones; to look back from every quote or line end costs thousands of times as much. */
const MOST_TIMES_ORDINARY = 30;

describe('a text is looked at once, whatever it holds', () => {
  test.each([
    ['a JSON text in JSON that has no end', '{"format_version":"1.2","x":"', '\\"a\\":', 'json'],
    ['backslashes without end', '{"x":"', '\\', 'json'],
    ['empty lines', 'x', '\n', 'other'],
    ['blank lines', 'x', ' \r\n', 'other'],
    ['line ends of old computers', 'x', '\r', 'other'],
    ['brackets that stay open, line after line', 'x', '\n# a (b', 'other'],
    ['quotes that stay open, line after line', 'x', '\nmodule "', 'other'],
    ['half a colour', 'x', '\x1b[0;', 'other'],
  ])('%s', (_what, start, piece, kind) => {
    const text = filled(start, piece);
    const most = userSeconds(() => Array.from({ length: MOST_TIMES_ORDINARY }, () => recognise(ORDINARY)));
    expect(userSeconds(() => expect(recognise(text)).toBe(kind))).toBeLessThan(most);
  });
});

describe('what terraform show -json writes without resources', () => {
  test.each([
    ['of a state that is not there', '{"format_version":"1.0"}\n', 'state'],
    ['with spaces and a byte order mark', '\uFEFF{ "format_version" : "1.0" }\r\n', 'state'],
    [
      'of a plan of nothing',
      '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}},"configuration":{"root_module":{}}}',
      'plan',
    ],
    [
      'of something whose other parts were filtered away',
      '{"format_version":"1.2","terraform_version":"1.11.4"}',
      'plan',
    ],
    ['of something that was cut off', '{"format_version":"1.0"', 'plan'],
    ['with something behind it', '{"format_version":"1.0"} {"values":{}}', 'plan'],
  ])('%s', (_what, text, kind) => {
    expect(recognise(Buffer.from(text))).toBe(kind);
  });
});

describe('a text that is cut off', () => {
  test.each([
    ['within a key that only a plan has', '{"serial', 'plan'],
    ['behind such a key', '{"resource_changes"', 'plan'],
    ['within a value that quotes such a key', '{"name":"{\\"resource_changes\\":', 'json'],
    ['behind an escape of a value', '{"name":"a\\', 'json'],
    ['within a state file', '{"serial":1,"lineage":"', 'state-file'],
  ])('%s', (_what, text, kind) => {
    expect(recognise(Buffer.from(text))).toBe(kind);
  });
});
