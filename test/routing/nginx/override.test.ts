import { OutgoingHttpHeaders } from 'node:http';
import { eventually } from '../nginx-support/eventually';
import { ask } from '../nginx-support/http-client';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { rawExchange } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import { CANDIDATE, containerOf, DRAINING, LOW, RETIRED, rowsOf, SECRET, STABLE } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';

const error = (code: string, message: string) => JSON.stringify({ error: { code, message } });
const FORBIDDEN = error('override_forbidden', 'You may not choose a release.');
const UNKNOWN = error('release_unknown', 'There is no such release.');
const RETIRED_ANSWER = error('release_retired', 'This release is retired.');
const USER_INVALID = error('user_id_invalid', 'The id of the user is not valid.');

describeWithNginx('the override of the real nginx', () => {
  let router: RunningRouter;
  let withoutOverride: RunningRouter;

  beforeAll(async () => {
    const rows = rowsOf(0);
    router = await RunningRouter.start(containerOf({ rows, overrideSecretHeader: SECRET_HEADER }));
    withoutOverride = await RunningRouter.start(containerOf({ rows }));
  });
  afterAll(async () => {
    await Promise.all([router.stop(), withoutOverride.stop()]);
  });

  test.each([STABLE, LOW, CANDIDATE, DRAINING])('takes who knows the secret to %s', async (label) => {
    const { headers } = await ask(router.port, { headers: { 'x-release-override': label, [SECRET_HEADER]: SECRET } });
    expect(headers['x-release']).toBe(label);
  });

  test('works while the kill switch is on', async () => {
    const container = containerOf({ rows: rowsOf(10_000), overrideSecretHeader: SECRET_HEADER }, 'on');
    const stopped = await RunningRouter.start(container);
    try {
      const override = { 'x-release-override': LOW, [SECRET_HEADER]: SECRET };
      expect((await ask(stopped.port, { headers: override })).headers['x-release']).toBe(LOW);
      expect((await ask(stopped.port)).headers['x-release']).toBe(STABLE);
    } finally {
      await stopped.stop();
    }
  });

  test.each<[string, OutgoingHttpHeaders, number, string]>([
    ['no secret', { 'x-release-override': LOW }, 403, FORBIDDEN],
    ['an empty secret', { 'x-release-override': LOW, [SECRET_HEADER]: '' }, 403, FORBIDDEN],
    [
      'the secret in another case',
      { 'x-release-override': LOW, [SECRET_HEADER]: SECRET.toLowerCase() },
      403,
      FORBIDDEN,
    ],
    ['a beginning of the secret', { 'x-release-override': LOW, [SECRET_HEADER]: SECRET.slice(0, -1) }, 403, FORBIDDEN],
    ['more than the secret', { 'x-release-override': LOW, [SECRET_HEADER]: `${SECRET}0` }, 403, FORBIDDEN],
    ['a pattern as the secret', { 'x-release-override': LOW, [SECRET_HEADER]: '.*' }, 403, FORBIDDEN],
    ["the map's own words as the secret", { 'x-release-override': LOW, [SECRET_HEADER]: 'yes' }, 403, FORBIDDEN],
    ["the map's default as the secret", { 'x-release-override': LOW, [SECRET_HEADER]: 'default' }, 403, FORBIDDEN],
    [
      'the secret in a header with underscores',
      { 'x-release-override': LOW, x_release_override_secret: SECRET },
      403,
      FORBIDDEN,
    ],
    [
      'a wrong secret before the right one',
      { 'x-release-override': LOW, [SECRET_HEADER]: ['wrong', SECRET] },
      403,
      FORBIDDEN,
    ],
    ['no secret, for a retired release', { 'x-release-override': RETIRED }, 403, FORBIDDEN],
    ['no secret, for an unknown release', { 'x-release-override': 'chat-000000000000' }, 403, FORBIDDEN],
    [
      'the secret, for an unknown release',
      { 'x-release-override': 'chat-000000000000', [SECRET_HEADER]: SECRET },
      404,
      UNKNOWN,
    ],
    [
      'the secret, for a retired release',
      { 'x-release-override': RETIRED, [SECRET_HEADER]: SECRET },
      410,
      RETIRED_ANSWER,
    ],
    [
      'the secret, for a release in capitals',
      { 'x-release-override': LOW.toUpperCase(), [SECRET_HEADER]: SECRET },
      404,
      UNKNOWN,
    ],
    ['the secret, for a beginning of a label', { 'x-release-override': 'chat', [SECRET_HEADER]: SECRET }, 404, UNKNOWN],
    [
      'the secret, for two releases',
      { 'x-release-override': `${LOW}, ${STABLE}`, [SECRET_HEADER]: SECRET },
      404,
      UNKNOWN,
    ],
    ['the secret, for a host', { 'x-release-override': 'https://evil.example', [SECRET_HEADER]: SECRET }, 404, UNKNOWN],
    ['the secret, for a variable', { 'x-release-override': '$upstream', [SECRET_HEADER]: SECRET }, 404, UNKNOWN],
    [
      "the secret, for a word of the router's own",
      { 'x-release-override': 'none', [SECRET_HEADER]: SECRET },
      404,
      UNKNOWN,
    ],
    [
      'the secret, for words that end as a verdict',
      { 'x-release-override': 'none yes', [SECRET_HEADER]: SECRET },
      404,
      UNKNOWN,
    ],
    [
      'the secret, and an id with a comma',
      { 'x-release-override': LOW, [SECRET_HEADER]: SECRET, 'x-user-id': 'a,b' },
      400,
      USER_INVALID,
    ],
  ])('with %s answers an error without a release', async (_, headers, status, body) => {
    const answer = await ask(router.port, { headers });
    expect(answer).toMatchObject({ status, body });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-release']).toBeUndefined();
  });

  test('refuses everybody where none is declared, whatever the release', async () => {
    for (const label of [STABLE, LOW, RETIRED, 'chat-000000000000']) {
      const headers = { 'x-release-override': label, [SECRET_HEADER]: SECRET };
      expect(await ask(withoutOverride.port, { headers })).toMatchObject({ status: 403, body: FORBIDDEN });
    }
  });

  test('is not reached by headers that differ from its own by underscores or white space', async () => {
    const request = (lines: string) => `GET / HTTP/1.1\r\nhost: router\r\nconnection: close\r\n${lines}\r\n`;
    const underscores = await rawExchange(router.port, request(`x_release_override: ${LOW}\r\n`));
    expect(underscores).toContain(`x-release: ${STABLE}\r\n`);
    const folded = await rawExchange(router.port, request(`x-release-override : ${LOW}\r\n`));
    expect(folded).toMatch(/^HTTP\/1\.1 (400|502) /);
    expect(folded).not.toContain(`x-release: ${LOW}`);
  });

  test.each(['a b', 'a,b', '\ta\tb', 'a'.repeat(257)])('refuses the user id %j', async (id) => {
    const answer = await ask(router.port, { headers: { 'x-user-id': id } });
    expect(answer).toMatchObject({ status: 400, body: USER_INVALID });
  });

  test('leaves neither secret nor user id in the logs', async () => {
    const headers = { 'x-release-override': LOW, [SECRET_HEADER]: SECRET, 'x-user-id': 'user-whom-nobody-logs' };
    await ask(router.port, { headers, path: '/path?query-that-nobody-logs' });
    await eventually(() => router.accessLog.at(-1)?.path === '/path');
    const logs = router.output('stdout') + router.output('stderr');
    expect(router.accessLog.at(-1)).toMatchObject({ path: '/path', release: LOW, stage: 'canary', override: 'known' });
    expect(router.output('stdout')).not.toMatch(/nobody-logs/);
    expect(logs).not.toContain(SECRET);
    expect(logs).not.toContain('user-whom');
  });
});
