import { RouteTable } from '../../../lib/emulator/synthesised';
import { fragment, sections } from '../support/gateway';

const BACKENDS = new Map(['a', 'b', 'c'].map((id) => [id, { url: `https://${id}.openai.azure.com` }]));

function tableOf(inbound: string, fragments: Record<string, string> = {}): RouteTable {
  const api = { id: 'models', path: 'openai', operations: [], policy: sections({ inbound }) };
  const documents = new Map(Object.entries(fragments).map(([id, text]) => [id, fragment(text)]));
  return new RouteTable({ apis: [api], backends: BACKENDS, fragments: documents });
}

const when = (condition: string, content: string): string =>
  `<when condition="@(${condition.replaceAll('"', '&quot;')})">${content}</when>`;
const to = (id: string): string => `<set-backend-service backend-id="${id}" />`;
const HEADER = 'context.Request.Headers.GetValueOrDefault("x-model","")';
const VARIABLE = '(string)context.Variables["route"]';

describe('the backends of a route are those of the branches that compare with its key', () => {
  test.each([
    ['a header', `${HEADER}=="gpt-4o@1"`, ['a']],
    ['a variable', `${VARIABLE}=="gpt-4o@1"`, ['a']],
    ['the key first', `"gpt-4o@1"==${HEADER}`, ['a']],
    ['one of several', `${HEADER}=="x@1"||${HEADER}=="gpt-4o@1"`, ['a']],
    ['together with something else', `${HEADER}=="gpt-4o@1"&&context.Request.Method!="GET"`, ['a']],
    ['Equals of a variable', `(${VARIABLE}).Equals("gpt-4o@1")`, ['a']],
    ['Equals of a header', `${HEADER}.Equals("gpt-4o@1", StringComparison.OrdinalIgnoreCase)`, ['a']],
    ['static Equals', `string.Equals(${HEADER},"gpt-4o@1")`, ['a']],
    ['escapes in the literal', `${HEADER}=="gpt-4o\\u00401"`, ['a']],
    ['name and version apart', `${HEADER}=="gpt-4o"&&${VARIABLE}=="1"`, ['a']],
    ['not equal', `${HEADER}!="gpt-4o@1"`, []],
    ['the opposite', `!(${HEADER}=="gpt-4o@1")`, []],
    ['another call', `${HEADER}.StartsWith("gpt-4o@1")`, []],
    ['another version', `${HEADER}=="gpt-4o@2"`, []],
    ['the name alone', `${HEADER}=="gpt-4o"`, []],
    ['no C#', `${HEADER}==="gpt-4o@1"`, []],
  ])('%s', (_name, condition, backends) => {
    const table = tableOf(`<choose>${when(condition, to('a'))}<otherwise>${to('b')}</otherwise></choose>`);
    expect(table.find('gpt-4o@1')?.backends ?? []).toEqual(backends);
  });

  test('in branches of branches, fragments and the other policies of the gateway', () => {
    const inner = `<choose>${when('(string)context.Variables["member"]=="0"', to('a'))}${when('(string)context.Variables["member"]=="1"', to('b'))}</choose>`;
    const table = tableOf(
      `<choose>${when(`${HEADER}=="gpt-4o@1"`, inner)}</choose><include-fragment fragment-id="more" />`,
      { more: `<fragment><choose>${when(`${HEADER}=="gpt-4o@1"`, to('c'))}</choose></fragment>` },
    );
    expect(table.routes).toEqual([{ key: 'gpt-4o@1', backends: ['a', 'b', 'c'], urls: [], aliases: [] }]);
  });

  test('named by URL, or by a variable that is read later', () => {
    const table = tableOf(
      `<choose>${when(`${HEADER}=="x@1"`, '<set-backend-service base-url="https://x.example/openai" />')}` +
        `${when(`${HEADER}=="y@1"`, '<set-variable name="backend" value="b" /><set-variable name="other" value="none" />')}` +
        `${when(`${HEADER}=="z@1"`, '<set-variable name="backend" value="@(&quot;c&quot;)" />')}</choose>`,
    );
    expect(table.routes).toEqual([
      { key: 'x@1', backends: [], urls: ['https://x.example/openai'], aliases: [] },
      { key: 'y@1', backends: ['b'], urls: [], aliases: [] },
      { key: 'z@1', backends: ['c'], urls: [], aliases: [] },
    ]);
  });
});

describe('names', () => {
  const table = tableOf(
    `<choose>${when('(string)context.Variables["asked"]=="chat"', '<set-variable name="route" value="gpt-4o@1" />')}</choose>` +
      `<choose>${when(`${VARIABLE}=="gpt-4o@1"`, `<set-variable name="row" value="0:1|d|Role" />${to('a')}`)}` +
      `${when(`${VARIABLE}=="gpt-4@0613"`, '<set-variable name="row" value="retired||" />')}</choose>`,
  );

  test('a name that is replaced by a key is an alias of it', () => {
    expect(table.routes).toEqual([
      { key: 'gpt-4o@1', backends: ['a'], urls: [], aliases: ['chat'] },
      { key: 'gpt-4@0613', backends: [], urls: [], aliases: [] },
    ]);
    expect(table.find('chat')?.key).toBe('gpt-4o@1');
  });

  test.each([['gpt-4@0613'], ['gpt-4o'], [''], ['__proto__']])('%j is no route with a backend', (name) => {
    expect(table.find(name)).toBeUndefined();
  });

  test('the routes of a backend and the values of a variable', () => {
    expect([table.servedBy('a'), table.servedBy('b')]).toEqual([['gpt-4o@1'], []]);
    expect(table.valuesOf('row')).toEqual(['0:1|d|Role', 'retired||']);
  });
});

test('a name under another condition is no alias: it may mean something else elsewhere', () => {
  const inner = `<choose>${when('(string)context.Variables["asked"]=="chat"', '<set-variable name="route" value="gpt-4o@1" />')}</choose>`;
  const table = tableOf(
    `<choose>${when('context.Request.Method=="POST"', inner)}${when(`${HEADER}=="gpt-4o@1"`, to('a'))}</choose>`,
  );
  expect(table.routes).toEqual([{ key: 'gpt-4o@1', backends: ['a'], urls: [], aliases: [] }]);
});

test('a policy without conditions names no route', () => {
  expect(tableOf(to('a')).routes).toEqual([]);
});
