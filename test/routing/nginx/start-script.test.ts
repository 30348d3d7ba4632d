import { statSync, readFileSync } from 'node:fs';
import { ask } from '../nginx-support/http-client';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { RunningRouter } from '../nginx-support/running-router';
import { containerOf, LOW, rowsOf, SECRET } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';
const SECRET_REFUSED = 'release router: OVERRIDE_SECRET must have 32 to 256 letters, digits, _ and -\n';

describeWithNginx('the start of the container', () => {
  const container = containerOf({ rows: rowsOf(0), overrideSecretHeader: SECRET_HEADER });
  const withVariable = (name: string, value: string) => ({
    ...container,
    environment: { ...container.environment, [name]: value },
  });

  test.each([
    ['nothing', ''],
    ['31 characters', 'x'.repeat(31)],
    ['257 characters', 'x'.repeat(257)],
    ['a quote', `${SECRET}"`],
    ['a pattern', `${'x'.repeat(32)}.*`],
    ['the end of its line', `${SECRET}\\z" yes;\n"~.`],
    ['a line break at its end', `${SECRET}\n`],
    ['a variable', `${'x'.repeat(32)}$http_host`],
    ['letters outside of ASCII', `${'x'.repeat(32)}é`],
  ])('is refused with a secret that is or has %s, which is not told', async (_, secret) => {
    const { status, output } = await RunningRouter.refusal(withVariable('OVERRIDE_SECRET', secret));
    expect({ status, output }).toEqual({ status: 1, output: SECRET_REFUSED });
  });

  test.each(['x'.repeat(32), `${'Az09_-'.repeat(42)}abcd`])('takes the secret %s, and no other', async (secret) => {
    const router = await RunningRouter.start(withVariable('OVERRIDE_SECRET', secret));
    try {
      const askWith = async (given: string) =>
        (await ask(router.port, { headers: { 'x-release-override': LOW, [SECRET_HEADER]: given } })).headers[
          'x-release'
        ];
      expect(await askWith(secret)).toBe(LOW);
      expect(await askWith(`${secret.slice(0, -1)}y`)).toBeUndefined();
    } finally {
      await router.stop();
    }
  });

  test.each(['', 'true', 'ON', 'on; include /etc/passwd', 'off\n'])(
    'is refused with the kill switch %j',
    async (value) => {
      expect(await RunningRouter.refusal(withVariable('KILL_SWITCH', value))).toEqual({
        status: 1,
        output: 'release router: KILL_SWITCH must be on or off\n',
      });
    },
  );

  test.each(['', 'not-an-address; include /etc/passwd', '$(id)'])(
    'is refused without a usable name server: %j',
    async (nameServer) => {
      expect(await RunningRouter.refusal(container, { nameServer })).toEqual({
        status: 1,
        output: 'release router: no usable name server\n',
      });
    },
  );

  test('takes name servers with IPv6 addresses', async () => {
    const router = await RunningRouter.start(container, { nameServer: '2001:db8::1\nnameserver 10.0.0.10' });
    try {
      expect(readFileSync(router.writtenFile('resolver.conf'), 'utf8')).toBe(
        'resolver [2001:db8::1] 10.0.0.10 valid=30s ipv6=off;\n',
      );
    } finally {
      await router.stop();
    }
  });

  test('leaves what it wrote to nobody else, and the secret out of the environment of nginx', async () => {
    const router = await RunningRouter.start(container);
    try {
      for (const file of ['override-secret.conf', 'nginx.conf', 'kill-switch.conf']) {
        expect(statSync(router.writtenFile(file)).mode & 0o077).toBe(0);
      }
      const process = readFileSync(router.writtenFile('nginx.pid'), 'utf8').trim();
      expect(readFileSync(`/proc/${process}/environ`, 'utf8')).not.toContain(SECRET);
    } finally {
      await router.stop();
    }
  });

  test('ends with the status of nginx when nginx does not take its configuration', async () => {
    const { status, output } = await RunningRouter.refusal(withVariable('NGINX_CONFIG', 'nonsense'));
    expect(status).toBe(1);
    expect(output).toContain('[emerg]');
  });
});
