import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { routedStack } from '../emulator/synthesised/support/routed-stack';
import { gatewayJson } from '../emulator/synthesised/support/stack-json';
import { GatewayServeCommand } from './support/gateway-serve-command';

let command: GatewayServeCommand;
let stack: string;

beforeAll(() => {
  command = new GatewayServeCommand();
  stack = command.write('gateway/cdk.tf.json', Testing.synth(routedStack()));
});

afterEach(() => command.stop());

describe('input that cannot be used ends with 2, a message and no stack trace', () => {
  function failure(...args: string[]): string {
    const { status, stdout, stderr } = command.run('serve', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/^ +at /m);
    return stderr;
  }

  const message = (text: string): string => `model-lifecycle: ${text}\n`;
  const many = () => {
    ['one', 'two'].forEach((name) => command.write(`many/stacks/${name}/cdk.tf.json`, gatewayJson()));
    command.write('many/stacks/three/cdk.tf.json', { resource: {} });
    const stacks = Object.fromEntries(
      ['one', 'two', 'three'].map((name) => [
        name,
        { synthesizedStackPath: `stacks/${name}/cdk.tf.json`, constructPath: `app/${name}` },
      ]),
    );
    command.write('many/manifest.json', { stacks });
    return join(command.folder, 'many');
  };

  test('no such input', () => {
    expect(failure('missing')).toBe(
      message("'missing' does not exist; run 'cdktf synth' first, or name the output folder or a cdk.tf.json file"),
    );
  });

  test('a stack without gateway', () => {
    const file = command.write('none/cdk.tf.json', { resource: {} });
    expect(failure(file)).toBe(
      message(
        `'${file}' declares no API Management gateway: no stack has an azurerm_api_management_api; name a synthesis that has one`,
      ),
    );
  });

  test('several gateways, and how to choose', async () => {
    const input = many();
    expect(failure(input)).toBe(
      message(
        'there are several gateways: apim (stack app/one), apim (stack app/two); choose one with --stack or --gateway',
      ),
    );
    expect(failure(input, '--stack', 'four')).toBe(
      message(`'${input}' has no stack 'four'; it has app/one, app/two, app/three`),
    );
    expect(failure(input, '--stack', 'one', '--gateway', 'other')).toBe(
      message("no gateway is called 'other'; there is apim (stack app/one)"),
    );
    expect((await command.serve(input, '--stack', 'two')).printed()).toContain('apim listens on http://127.0.0.1:');
  });

  test('what cannot be read, with the stack that it is in', () => {
    const file = command.write(
      'bad/cdk.tf.json',
      gatewayJson({ azurerm_api_management_backend: { main: { count: 2 } } }),
    );
    expect(failure(file)).toBe(
      message(
        `'${file}': the gateway cannot be read from the synthesised stack:\n- azurerm_api_management_backend.main: count is not read; write one resource for each instance`,
      ),
    );
  });

  test('a policy that is not implemented, unless it is ignored', async () => {
    const xml_content =
      '<policies><inbound><ip-filter action="allow" /></inbound><backend><forward-request /></backend><outbound /><on-error /></policies>';
    const file = command.write(
      'filtered/cdk.tf.json',
      gatewayJson({ azurerm_api_management_api_policy: { p: { api_name: 'chat', xml_content } } }),
    );
    expect(failure(file)).toMatch(/<ip-filter> is not implemented[^]*--ignore-policy NAME passes over a policy\n$/);
    expect((await command.serve(file, '--ignore-policy', 'ip-filter')).printed()).toContain(
      'The policies name no route',
    );
  });

  test('a port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    expect(failure(stack, '--port', String(port))).toBe(
      message(`port ${port} is taken; give another --port, or none for one that is free`),
    );
    holder.close();
  });

  test.each([
    [['--target', 'gpt-4o@2024-08-06'], "target 'gpt-4o@2024-08-06' is not of the form NAME=URL"],
    [['--target', 'gpt-4@0613=http://127.0.0.1:1'], "target 'gpt-4@0613' names neither a route nor a backend"],
    [['--port', '65536'], 'give a number from 0 to 65535.'],
    [['--port', 'x'], 'give a number from 0 to 65535.'],
    [['--host', '0.0.0.0'], 'Allowed choices are 127.0.0.1.'],
    [['--unknown'], "unknown option '--unknown'"],
  ])('%j', (options, text) => {
    expect(failure(stack, ...options)).toContain(text);
  });

  test.each([[[]], [['serve']], [['other']]])('gateway %j', (args) => {
    const { status, stderr } = command.run(...args);
    expect(status).toBe(2);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
