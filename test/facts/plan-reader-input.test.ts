import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notAPlan } from '../../lib/facts/plan-errors';
import { readPlanDocument } from '../../lib/facts/plan-reader';
import { recognise } from '../../lib/facts/plan-recognition';
import { change, failureOf, plan, read } from './plan-builder';

const PLAN =
  "run 'terraform plan -out=plan.tfplan' and 'terraform show -json plan.tfplan > plan.json', then 'model-lifecycle review plan.json'";
const AGAIN = "it may have been cut off or edited: write it again by 'terraform show -json plan.tfplan > plan.json'";

describe('encodings', () => {
  const written = JSON.stringify(plan({ resource_changes: [change({ name: 'é€😀' })] }), undefined, 2);
  const wide = Buffer.from(written, 'utf16le');
  const swapped = Buffer.from(wide).swap16();

  test.each([
    ['UTF-8', Buffer.from(written)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${written}`)],
    ['UTF-8 with CRLF', Buffer.from(`\ufeff${written.replaceAll('\n', '\r\n')}\r\n`)],
    ['UTF-16LE with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
    ['UTF-16BE with a byte order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])],
    ['UTF-16LE without one', wide],
    ['UTF-16BE without one', swapped],
  ])('%s', async (_, bytes) => {
    const whole = await read(written);
    expect(whole.changes[0]!.name).toBe('é€😀');
    for (const size of [1, 2, 3, 1000, 1 << 20]) {
      expect(await read(bytes, size)).toEqual(whole);
    }
  });

  test('half a character at the end of UTF-16', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), wide, Buffer.from([0x20])]);
    expect(await failureOf(bytes)).toContain(
      "'plan.json' cannot be read as a plan: the byte 0x00 stands after the end",
    );
  });

  test('a plan larger than what is looked at first', async () => {
    const large = JSON.stringify(
      plan({ variables: { text: { value: 'é'.repeat(100_000) } }, resource_changes: [change()] }),
    );
    for (const bytes of [Buffer.from(large), Buffer.from(`\ufeff${large}`, 'utf16le')]) {
      expect(await read(bytes, 999)).toMatchObject({ resourceCount: 1, changes: [{ name: 'chat' }] });
    }
  });
});

describe('what is no JSON', () => {
  const whole = JSON.stringify(plan({ resource_changes: [change()] }));
  const at = (part: string) => Buffer.from(whole).indexOf(part);

  test.each([
    ['a NUL behind the end', `${whole}\0`, `the byte 0x00 stands after the end, at byte ${whole.length}`],
    ['text behind the end', `${whole}\nDone.`, `'D' stands after the end, at byte ${whole.length + 1}`],
    ['a second plan', whole + whole, `'{' stands after the end, at byte ${whole.length}`],
    [
      'a NUL inside a text',
      whole.replace('hashicorp', 'hashi\0corp'),
      `the byte 0x00 stands inside a text, at byte ${at('corp/')} in 'resource_changes[0]'`,
    ],
    [
      'a line break inside a text',
      whole.replace('hashicorp', 'hashi\ncorp'),
      `the byte 0x0a stands inside a text, at byte ${at('corp/')} in 'resource_changes[0]'`,
    ],
    [
      'a wrong bracket',
      whole.replace('"actions":["create"]', '"actions":["create"}'),
      `'}' cannot stand there, at byte ${at('"],"before"') + 1} in 'resource_changes[0]'`,
    ],
    [
      'no comma',
      whole.replace('],"before"', ']"before"'),
      `'"' cannot stand there, at byte ${at(',"before"')} in 'resource_changes[0]'`,
    ],
    [
      'an escape that is none',
      whole.replace('azurerm_', 'az\\u00gg'),
      "'g' stands among the four hexadecimal digits of an escape",
    ],
    ['a backslash before nothing', whole.replace('azurerm_', 'az\\q'), "a backslash stands before 'q'"],
    [
      'a key twice at the top',
      whole.replace('"planned_values"', '"resource_changes":[],"planned_values"'),
      'the key "resource_changes" stands there twice',
    ],
    [
      'the same key spelled otherwise',
      whole.replace('"planned_values"', '"format\\u005fversion":"9.0","planned_values"'),
      'the key "format_version" stands there twice',
    ],
  ])('%s', async (_, text, problem) => {
    for (const size of [1, 1 << 20]) {
      const failure = await failureOf(text, size);
      expect(failure).toContain(`'plan.json' cannot be read as a plan: ${problem}`);
      expect(failure).toContain(AGAIN);
    }
  });

  test.each([
    ['in a resource', (text: string) => text.replace('"before":null', '"before":null,"before":{}')],
    ['of the type', (text: string) => text.replace('"type":', '"type":"azurerm_subnet","type":')],
    ['of the type, the other last', (text: string) => text.replace('"name":', '"type":"azurerm_subnet","name":')],
    ['called __proto__', (text: string) => text.replace('"before":null', '"before":{"__proto__":1,"__proto__":2}')],
  ])('a key twice %s', async (_, edit) => {
    expect(await failureOf(edit(whole))).toBe(
      "'plan.json' cannot be read as a plan: 'resource_changes[0]' has an object with the same key twice; " +
        "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
    );
  });

  test('the key __proto__ is a key like any other', async () => {
    const { changes } = await read(whole.replace('"before":null', '"before":{"__proto__":{"name":"x"}}'));
    expect(Object.entries(changes[0]!.before as object)).toEqual([['__proto__', { name: 'x' }]]);
    expect((changes[0]!.before as { name?: string }).name).toBeUndefined();
  });

  test.each([
    ['in a part that is passed over', 'variables', 999],
    ['in a resource', 'resource_changes', 998],
  ])('nesting up to a thousand levels is read, %s', async (_, key, levels) => {
    const nested = (depth: number) => {
      const value = '['.repeat(depth) + ']'.repeat(depth);
      return key === 'variables'
        ? whole.replace('"planned_values"', `"variables":${value},"planned_values"`)
        : whole.replace('"before":null', `"before":${value}`);
    };
    const most = key === 'variables' ? levels : levels - 2;
    await expect(read(nested(most))).resolves.toMatchObject({ resourceCount: 1 });
    expect(await failureOf(nested(most + 1))).toContain('objects and lists nest deeper than 1000 levels, at byte ');
    expect(await failureOf(nested(1_000_000))).toContain('objects and lists nest deeper than 1000 levels, at byte ');
  });

  test('a single value may be large, and not larger than anybody writes', async () => {
    const [before, after] = JSON.stringify(
      plan({ resource_changes: [change(), change({ name: 'large', after: '#' })] }),
    ).split('#');
    const piece = Buffer.alloc(1 << 20, 'x');
    const sized = async function* (pieces: number) {
      yield Buffer.from(before!);
      for (let count = 0; count < pieces; count++) {
        yield piece;
      }
      yield Buffer.from(after!);
    };
    const reading = { source: 'plan.json', mayNameModel: () => false };
    const large = await readPlanDocument(sized(5), reading);
    expect(large.changes[1]!.after).toHaveLength(5 << 20);
    const start = before!.lastIndexOf('{"address"');
    await expect(readPlanDocument(sized(64), reading)).rejects.toThrow(
      `'plan.json' cannot be read as a plan: a value is larger than 67108864 bytes, at byte ${start} in 'resource_changes[1]'; ${AGAIN}`,
    );
  });

  test('numbers beyond any size are read as the parser reads them', async () => {
    const text = whole.replace('"before":null', '"before":{"a":1e999,"b":123456789012345678901234567890,"c":-0.0}');
    expect((await read(text)).changes[0]!.before).toEqual({ a: Infinity, b: 123456789012345680000000000000, c: -0 });
  });
});

const STATE = { format_version: '1.0', terraform_version: '1.11.4', values: { root_module: {} } };
const ESCAPE = '\u001b';

describe('what is no plan', () => {
  test.each([
    [
      'a state',
      JSON.stringify(STATE),
      'state',
      `a Terraform state as 'terraform show -json' writes it when no plan file is named: name the plan file: ${PLAN}; 'model-lifecycle check' judges a state as it is`,
    ],
    [
      'a state file',
      '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","outputs":{},"resources":[]}',
      'state-file',
      `a Terraform state file: ${PLAN}; 'model-lifecycle check' judges a state as it is`,
    ],
    [
      'cdk.tf.json',
      '{"//":{"metadata":{}},"provider":{"azurerm":[{}]}}',
      'synthesised',
      `what cdktf synthesised (or Terraform configuration in JSON): run 'model-lifecycle check cdktf.out' for it, or plan it: in the stack's folder below cdktf.out/stacks ${PLAN}`,
    ],
    [
      'the plan file itself',
      'PK\u0003\u0004\u0014\0\b\0\0\0',
      'binary-plan',
      "a plan file of Terraform, which is binary: run 'terraform show -json FILE > plan.json' in the folder where it was planned, then 'model-lifecycle review plan.json'",
    ],
    [
      'an encrypted plan of OpenTofu',
      '{"meta":{"key_provider.x":"a"},"encrypted_data":"abc","encryption_version":"v0"}',
      'encrypted',
      "a plan or state that OpenTofu encrypted: run 'tofu show -json FILE > plan.json' where its key is configured, then 'model-lifecycle review plan.json'",
    ],
    [
      'the text of a plan',
      `\n${ESCAPE}[1mTerraform will perform the following actions:${ESCAPE}[0m\n\n  # azurerm_cognitive_deployment.chat will be created\n`,
      'text-plan',
      `the text that 'terraform plan' or 'terraform show' prints for people: ${PLAN}`,
    ],
    [
      'the text of a plan that refreshes first',
      `${ESCAPE}[0m${ESCAPE}[1mazurerm_resource_group.rg: Refreshing state... [id=/subscriptions/x]${ESCAPE}[0m\n`,
      'text-plan',
      `the text that 'terraform plan' or 'terraform show' prints for people: ${PLAN}`,
    ],
    [
      'the text of a state',
      '# azurerm_cognitive_account.a:\nresource "azurerm_cognitive_account" "a" {\n    id = "x"\n}\n',
      'text-plan',
      `the text that 'terraform plan' or 'terraform show' prints for people: ${PLAN}`,
    ],
    [
      'the log of a plan',
      '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version"}\n{"@level":"info"}\n',
      'plan-log',
      `the log of 'terraform plan -json', which reports progress and leaves out the values: '-json' belongs to 'terraform show': ${PLAN}`,
    ],
    [
      'the output of the wrapper on GitHub',
      '[command]/home/runner/terraform-bin show -json plan.tfplan\n{"format_version":"1.2","resource_changes":[]}',
      'wrapped',
      "a plan with another line before it: run 'terraform show -json plan.tfplan > plan.json' again, with nothing else that writes to the file; in GitHub Actions set 'terraform_wrapper: false' on hashicorp/setup-terraform, which writes such a line",
    ],
    [
      'HCL',
      '# Models\nterraform {\n  required_version = ">= 1.5"\n}\n',
      'hcl',
      `Terraform configuration (HCL): ${PLAN}`,
    ],
    ['SARIF', '{"$schema":"x","version":"2.1.0","runs":[]}', 'json', `JSON of another kind: ${PLAN}`],
    ['an empty object', '{}', 'json', `JSON of another kind: ${PLAN}`],
    ['a list', '[1]', 'json', `JSON of another kind: ${PLAN}`],
    ['prose', 'Hello', 'other', `neither JSON nor anything else that is known here: ${PLAN}`],
  ] as const)('%s', async (_, text, kind, rest) => {
    expect(recognise(Buffer.from(text))).toBe(kind);
    expect(recognise(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(kind);
    for (const size of [1, 1 << 20]) {
      expect(await failureOf(text, size)).toBe(`'plan.json' is no Terraform plan in JSON; it looks like ${rest}`);
    }
    expect(notAPlan('plan.json', kind).message).toBe(`'plan.json' is no Terraform plan in JSON; it looks like ${rest}`);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t'],
  ])('%s', async (_, text) => {
    const message = `'plan.json' is empty; a command before it may have failed: ${PLAN}`;
    expect(recognise(Buffer.from(text))).toBe('empty');
    expect(recognise(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('empty');
    for (const size of [1, 1 << 20]) {
      expect(await failureOf(text, size)).toBe(message);
    }
    expect(notAPlan('plan.json', 'empty').message).toBe(message);
  });

  test('a state without anything, which is known for one at its end', async () => {
    expect(await failureOf({ format_version: '1.0' })).toContain('it looks like a Terraform state as');
    const late = { format_version: '1.0', checks: [{ x: 'x'.repeat(100_000) }], values: {} };
    expect(await failureOf(late)).toContain('it looks like a Terraform state as');
  });

  test.each(['plan-create', 'plan-model-version'])('a plan is recognised, wherever it is cut off: %s', (name) => {
    const bytes = readFileSync(join(__dirname, 'fixtures', `${name}.json`));
    for (let length = 1; length < 200; length++) {
      expect(recognise(bytes.subarray(0, length))).toBe('plan');
    }
    expect(recognise(bytes)).toBe('plan');
  });

  test('keys in another order are a plan as well', async () => {
    const { format_version, ...rest } = plan({ applyable: true, resource_changes: [change()] });
    const sorted = Object.fromEntries(Object.entries({ ...rest, format_version }).sort());
    expect(await read(sorted)).toMatchObject({ formatVersion: '1.2', changes: [{ name: 'chat' }] });
  });

  test('a filtered plan lacks what says how to read it', async () => {
    expect(await failureOf({ resource_changes: [change()] })).toContain("'plan.json' has no 'format_version'");
  });
});

describe('one resource', () => {
  const twice = (first: object, second: object) =>
    plan({ resource_changes: [change({ entry: first }), change({ entry: second })] });

  test.each<[string, object]>([
    ['twice', {}],
    ['as a deposed object twice', { deposed: '00000001' }],
  ])('cannot be planned %s', async (_what, entry) => {
    expect(await failureOf(twice(entry, entry))).toBe(
      "'plan.json' cannot be read as a plan: 'resource_changes[1]' lists 'azurerm_cognitive_deployment.chat' a second time; " +
        "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
    );
  });

  test('shares its address with objects that are left over', async () => {
    const entries = [undefined, '00000001', '00000002'].map((deposed) => change({ entry: { deposed } }));
    const { changes } = await read(plan({ resource_changes: entries }));
    expect(changes.map(({ deposed }) => deposed)).toEqual([undefined, '00000001', '00000002']);
  });

  test('is let go of and created by one entry', async () => {
    const { changes } = await read(plan({ resource_changes: [change({ actions: ['create', 'forget'] })] }));
    expect(changes.map(({ action }) => action)).toEqual(['forget', 'create']);
  });
});

describe('actions that the plan invokes', () => {
  const invocation = (values: object = {}, entry: object = {}) => ({
    address: 'action.azapi_resource_action.deploy',
    type: 'azapi_resource_action',
    name: 'deploy',
    config_values: { method: 'PUT', ...values },
    config_sensitive: { body: true },
    config_unknown: { resource_id: true },
    provider_name: 'registry.terraform.io/azure/azapi',
    lifecycle_action_trigger: { triggering_resource_address: 'terraform_data.t', action_trigger_event: 'AfterCreate' },
    ...entry,
  });

  test('are read as the resource that sends the same request, each of them once', async () => {
    const other = invocation({}, { address: 'action.aws_lambda_invoke.x', type: 'aws_lambda_invoke' });
    const { changes, resourceCount } = await read(
      plan({
        resource_changes: [],
        action_invocations: [invocation(), invocation(), other, invocation({ method: 'DELETE' })],
      }),
    );
    expect(resourceCount).toBe(0);
    expect(changes.map(({ address, after }) => [address, after])).toEqual([
      ['action.azapi_resource_action.deploy', { method: 'PUT' }],
      ['action.azapi_resource_action.deploy (invocation 2)', { method: 'DELETE' }],
    ]);
    expect(changes[0]).toEqual({
      address: 'action.azapi_resource_action.deploy',
      mode: 'managed',
      type: 'azapi_resource_action',
      name: 'deploy',
      action: 'create',
      before: null,
      after: { method: 'PUT' },
      afterUnknown: { resource_id: true },
      beforeSensitive: {},
      afterSensitive: { body: true },
      replacePaths: [],
    });
  });

  test('that are deferred are read as well, with the reason', async () => {
    const deferred = [
      { reason: 'resource_config_unknown', action_invocation: invocation() },
      { action_invocation: invocation({ method: 'DELETE' }) },
      {
        reason: 'absent_prereq',
        action_invocation: invocation({}, { address: 'action.aws_lambda_invoke.x', type: 'aws_lambda_invoke' }),
      },
    ];
    const { changes } = await read(plan({ resource_changes: [], deferred_action_invocations: deferred }));
    expect(changes.map(({ address, after, deferredReason }) => [address, after, deferredReason])).toEqual([
      ['action.azapi_resource_action.deploy', { method: 'PUT' }, 'resource_config_unknown'],
      ['action.azapi_resource_action.deploy (invocation 2)', { method: 'DELETE' }, 'unknown'],
    ]);
  });

  test('that are deferred have an invocation', async () => {
    expect(await failureOf(plan({ deferred_action_invocations: [{ reason: 'absent_prereq' }] }))).toBe(
      "'plan.json' cannot be read as a plan: 'deferred_action_invocations[0]' has no text as 'address'; " +
        "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
    );
  });

  test('have an address', async () => {
    expect(await failureOf(plan({ action_invocations: [invocation({}, { address: 1 })] }))).toBe(
      "'plan.json' cannot be read as a plan: 'action_invocations[0]' has no text as 'address'; " +
        "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
    );
  });
});
