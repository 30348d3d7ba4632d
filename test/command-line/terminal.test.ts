import { terminalLook } from '../../bin/commands/terminal';

const terminal = { isTTY: true, columns: 100 };
const colours = { color: true };

describe('terminalLook', () => {
  test.each<[string, Parameters<typeof terminalLook>, object]>([
    ['colours on a terminal', [colours, terminal, {}], { colour: true, width: 100 }],
    ['none in a file', [colours, {}, {}], { colour: false }],
    ['none under --no-color', [{ color: false }, terminal, { FORCE_COLOR: '1' }], { colour: false, width: 100 }],
    ['none under NO_COLOR', [colours, terminal, { NO_COLOR: '1' }], { colour: false, width: 100 }],
    ['colours where NO_COLOR is empty', [colours, terminal, { NO_COLOR: '' }], { colour: true, width: 100 }],
    ['none on a dumb terminal', [colours, terminal, { TERM: 'dumb' }], { colour: false, width: 100 }],
    ['colours in a file under FORCE_COLOR', [colours, {}, { FORCE_COLOR: '' }], { colour: true }],
    ['colours where both are set', [colours, {}, { FORCE_COLOR: '1', NO_COLOR: '1' }], { colour: true }],
    ['none under FORCE_COLOR=0', [colours, terminal, { FORCE_COLOR: '0' }], { colour: false, width: 100 }],
    ['none under FORCE_COLOR=false', [colours, terminal, { FORCE_COLOR: 'false' }], { colour: false, width: 100 }],
    ['no width of a terminal without columns', [colours, { isTTY: true, columns: 0 }, {}], { colour: true }],
  ])('gives %s', (_, [options, stream, environment], look) => {
    expect(terminalLook(options, stream, environment)).toEqual(look);
  });
});
