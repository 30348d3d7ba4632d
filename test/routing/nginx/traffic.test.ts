import { nginxBucketRelease } from '../../../lib/routing/nginx/split-clients';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { releasesOf } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import { containerOf, HIGH, LOW, rowsOf, STABLE } from '../nginx-support/sample-router';

const USERS = Array.from({ length: 2500 }, (_, index) => `user-${index}@contoso.com`);

/** Six standard deviations of a binomial distribution: by chance it is exceeded once in 500 million. */
const bound = (share: number) => 6 * Math.sqrt((share * (1 - share)) / USERS.length);

const shareOf = (label: string, releases: readonly (string | undefined)[]) =>
  releases.filter((release) => release === label).length / releases.length;

describeWithNginx('users of the real nginx', () => {
  const routers: RunningRouter[] = [];

  async function releases(rows: ReturnType<typeof rowsOf>, killSwitch: 'on' | 'off' = 'off', users = USERS) {
    const router = await RunningRouter.start(containerOf({ rows }, killSwitch));
    routers.push(router);
    return releasesOf(router.port, users);
  }

  afterEach(async () => {
    await Promise.all(routers.splice(0).map((router) => router.stop()));
  });

  test('are moved forwards and never back by a ramp of 0, 1, 5, 25, 50 and 100 percent', async () => {
    let before = await releases(rowsOf(0));
    expect(shareOf(STABLE, before)).toBe(1);
    for (const percent of [1, 5, 25, 50, 100]) {
      const after = await releases(rowsOf(percent * 100));
      expect(after.filter((label, index) => before[index] === LOW && label !== LOW)).toEqual([]);
      expect(Math.abs(shareOf(LOW, after) - percent / 100)).toBeLessThanOrEqual(bound(percent / 100));
      expect(shareOf(LOW, after) + shareOf(STABLE, after)).toBe(1);
      before = after;
    }
    expect(shareOf(LOW, before)).toBe(1);
  });

  test('of another canary are not moved by the ramp of the first', async () => {
    const [before, after] = [await releases(rowsOf(500, 1000)), await releases(rowsOf(2500, 1000))];
    expect(after.map((label) => label === HIGH)).toEqual(before.map((label) => label === HIGH));
    expect(after.filter((label, index) => before[index] === LOW && label !== LOW)).toEqual([]);
    expect(Math.abs(shareOf(HIGH, after) - 0.1)).toBeLessThanOrEqual(bound(0.1));
    expect(Math.abs(shareOf(LOW, after) - 0.25)).toBeLessThanOrEqual(bound(0.25));
  });

  test('stay on their release at every request, on every replica', async () => {
    const rows = rowsOf(3000, 3000);
    const [first, second] = [await releases(rows), await releases(rows)];
    expect(second).toEqual(first);
  });

  test('are others under another salt', async () => {
    const rows = rowsOf(5000);
    const router = await RunningRouter.start(containerOf({ rows, salt: 'upgrade-2' }));
    routers.push(router);
    const given = await releasesOf(router.port, USERS);
    expect(given).toEqual(USERS.map((user) => nginxBucketRelease(rows, 'upgrade-2', user)));
    const same = given.filter((label, index) => label === nginxBucketRelease(rows, 'upgrade-1', USERS[index]!)).length;
    expect(Math.abs(same / USERS.length - 0.5)).toBeLessThanOrEqual(bound(0.5));
  });

  test('are all on stable at once when the kill switch is on, also in the last step of a ramp', async () => {
    expect(shareOf(STABLE, await releases(rowsOf(2500, 2500), 'on'))).toBe(1);
    expect(shareOf(STABLE, await releases(rowsOf(10_000), 'on'))).toBe(1);
  });

  test('without an id get releases at random, in the declared shares', async () => {
    const nobody = USERS.map(() => '');
    const given = await releases(rowsOf(2500), 'off', nobody);
    expect(Math.abs(shareOf(LOW, given) - 0.25)).toBeLessThanOrEqual(bound(0.25));
    expect(shareOf(LOW, given) + shareOf(STABLE, given)).toBe(1);
  });
});
