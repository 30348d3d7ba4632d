import { AccountTraffic } from '../support/terraform/account-traffic';

function traffic() {
  let clock = 0;
  return new AccountTraffic(() => ++clock);
}

/** Work that ends when it is told to. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, work: () => opened };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('operations that queue on one account run one after the other, in order', async () => {
  const accounts = traffic();
  const events: string[] = [];
  const run = (name: string) =>
    accounts.run(
      '/accounts/A',
      'queue',
      async () => {
        events.push(`${name} starts`);
        await settle();
      },
      () => events.push(`${name} ends`),
    );
  await Promise.all([run('one'), run('two')]);
  expect(events).toEqual(['one starts', 'one ends', 'two starts', 'two ends']);
});

test('a refused operation does not block the queue', async () => {
  const accounts = traffic();
  const refused = accounts.run('/a', 'queue', settle as () => Promise<void>, () => {
    throw new Error('no');
  });
  const next = accounts.run(
    '/a',
    'queue',
    async () => undefined,
    () => 'done',
  );
  await expect(refused).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
});

test('operations on different accounts do not wait for each other', async () => {
  const accounts = traffic();
  const { open, work } = gate();
  const slow = accounts.run('/a', 'queue', work, () => 'slow');
  await expect(
    accounts.run(
      '/b',
      'queue',
      async () => undefined,
      () => 'quick',
    ),
  ).resolves.toBe('quick');
  open();
  await slow;
});

describe.each(['RequestConflict', 'AccountProvisioningStateInvalid'] as const)('%s', (rule) => {
  test('while another operation runs, whatever the case of the id', async () => {
    const accounts = traffic();
    const { open, work } = gate();
    const running = accounts.run('/ACCOUNTS/a', 'queue', work, () => undefined);
    await settle();
    await expect(
      accounts.run(
        '/accounts/A',
        rule,
        async () => undefined,
        () => undefined,
      ),
    ).rejects.toMatchObject({
      code: rule,
    });
    open();
    await running;
  });

  test('when another operation begins and ends meanwhile', async () => {
    const accounts = traffic();
    const { open, work } = gate();
    const effect = jest.fn();
    const early = accounts.run('/a', rule, work, effect);
    await accounts.run(
      '/a',
      'queue',
      async () => undefined,
      () => undefined,
    );
    open();
    await expect(early).rejects.toMatchObject({ code: rule });
    expect(effect).not.toHaveBeenCalled();
  });

  test('not before and not after another operation', async () => {
    const accounts = traffic();
    const quick = async () => undefined;
    await expect(accounts.run('/a', rule, quick, () => 'first')).resolves.toBe('first');
    await accounts.run('/a', 'queue', quick, () => undefined);
    await expect(accounts.run('/a', rule, quick, () => 'last')).resolves.toBe('last');
  });
});

test('an operation without a lock makes the account busy for a private endpoint', async () => {
  const accounts = traffic();
  const { open, work } = gate();
  const key = accounts.run('/a', 'RequestConflict', work, () => 'key');
  const endpoint = accounts.run(
    '/a',
    'AccountProvisioningStateInvalid',
    async () => undefined,
    () => undefined,
  );
  await expect(endpoint).rejects.toMatchObject({ code: 'AccountProvisioningStateInvalid' });
  open();
  await expect(key).resolves.toBe('key');
});

test('an operation that touches no account runs at once', async () => {
  await expect(
    traffic().run(
      undefined,
      'queue',
      async () => undefined,
      () => 'done',
    ),
  ).resolves.toBe('done');
});
