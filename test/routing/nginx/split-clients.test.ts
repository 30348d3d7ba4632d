import { nginxBucketRelease, percentage, splitClientsEntries } from '../../../lib/routing/nginx/split-clients';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { releasesOf } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import { containerOf, HIGH, LOW, rowsOf, STABLE } from '../nginx-support/sample-router';

const SALT = 'upgrade-1';

test.each<[string, number, number, [string, string][]]>([
  ['no canary', 0, 0, [['*', STABLE]]],
  [
    'a low canary',
    500,
    0,
    [
      ['5%', LOW],
      ['*', STABLE],
    ],
  ],
  [
    'a high canary',
    0,
    1250,
    [
      ['87.5%', STABLE],
      ['*', HIGH],
    ],
  ],
  [
    'both',
    1,
    3333,
    [
      ['0.01%', LOW],
      ['66.66%', STABLE],
      ['*', HIGH],
    ],
  ],
  ['a low canary with everybody', 10_000, 0, [['*', LOW]]],
  ['a high canary with everybody', 0, 10_000, [['*', HIGH]]],
  [
    'canaries that leave nothing',
    4000,
    6000,
    [
      ['40%', LOW],
      ['*', HIGH],
    ],
  ],
])('with %s the entries are in the order of their buckets, the last takes the rest', (_, low, high, entries) => {
  expect(splitClientsEntries(rowsOf(low, high))).toEqual(entries.map(([share, label]) => ({ share, label })));
});

test('every whole number of basis points is written with at most two decimals', () => {
  const written = Array.from({ length: 10_000 }, (_, index) => percentage(index + 1));
  expect(written.filter((share) => !/^\d{1,3}(\.\d{1,2})?%$/.test(share))).toEqual([]);
  expect(written.map((share) => Math.round(Number(share.slice(0, -1)) * 100))).toEqual(
    written.map((_, index) => index + 1),
  );
});

/** Ids of people, of every length, and of bytes that are no text. */
function sampleUsers(count: number): string[] {
  let state = 12345;
  const next = (below: number) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
  const byte = () => {
    const code = 0x21 + next(0xff - 0x21 + 1);
    return code === 0x2c || code === 0x7f ? 'x' : String.fromCharCode(code);
  };
  return Array.from({ length: count }, (_, index) => {
    switch (index % 4) {
      case 0:
        return `user-${index}@contoso.com`;
      case 1:
        return `0000${index.toString(16)}-aaaa-bbbb-cccc-${(index * 7919).toString(16).padStart(12, '0')}`;
      case 2:
        return `$${index}"';{}\\%`;
      default:
        return Array.from({ length: 1 + next(256) }, byte).join('');
    }
  });
}

describeWithNginx('the split of the real nginx', () => {
  let router: RunningRouter | undefined;
  afterEach(() => router?.stop());

  test('is the one that is worked out here, for 8,000 ids of all lengths and bytes', async () => {
    const rows = rowsOf(1234, 2501);
    router = await RunningRouter.start(containerOf({ rows }));
    const users = sampleUsers(8000);
    const given = await releasesOf(router.port, users);
    const expected = users.map((user) => nginxBucketRelease(rows, SALT, Buffer.from(user, 'latin1')));
    expect(users.filter((_, index) => given[index] !== expected[index])).toEqual([]);
    expect(new Set(expected)).toEqual(new Set([STABLE, LOW, HIGH]));
  });

  test('knows text outside of ASCII by its UTF-8 bytes', async () => {
    const rows = rowsOf(5000);
    router = await RunningRouter.start(containerOf({ rows }));
    const users = Array.from({ length: 200 }, (_, index) => `Zoë-雪-${index}`);
    const given = await releasesOf(
      router.port,
      users.map((user) => Buffer.from(user, 'utf8').toString('latin1')),
    );
    expect(given).toEqual(users.map((user) => nginxBucketRelease(rows, SALT, user)));
  });
});
