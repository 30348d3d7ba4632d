import fc from 'fast-check';
import { nginxBucketRelease } from '../../../lib/routing/nginx/split-clients';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { releasesOf } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import { appOf, containerIn, routerIn, RouterProps, SECRET_ID, VAULT_ID } from '../nginx-support/sample-construct';
import { SECRET } from '../nginx-support/sample-router';

interface Texts {
  readonly salt: string;
  readonly userHeader: string;
  readonly header: string;
  readonly trustedCertificates: string;
  readonly stable: string;
}

const HARMLESS: Texts = {
  salt: 'upgrade-1',
  userHeader: 'x-caller',
  header: 'x-release-override-secret',
  trustedCertificates: '/etc/ssl/certs/ca-certificates.crt',
  stable: 'https://127.0.0.1:9',
};

/** What ends a word, a text, a line or a block, names a variable, begins a comment or a template, or looks like a token. */
const HOSTILE = [
  ...[
    ';',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '$',
    '#',
    ' ',
    '\n',
    '\r',
    '\t',
    '\0',
    '`',
    '*',
    '%',
    '~',
    '^',
    '|',
    '(',
    ')',
    ':',
    '/',
    '@',
  ],
  ...[
    '${',
    '%{',
    '$${',
    '$host',
    '$request_uri',
    '}; include /etc/passwd; #',
    '"; return 200; #',
    '\\z',
    '\\"',
    '\u2028',
    'é',
  ],
  ...['${TfToken[TOKEN.0]}', '${TfToken[TOKEN.999999]};', '$(id)', '../', '//', '-', '--', '_', '.', ','],
];

const hostile = (harmless: string) =>
  fc
    .tuple(fc.constantFrom(...HOSTILE), fc.nat(harmless.length), fc.constantFrom('', harmless))
    .map(([text, at, around]) => around.slice(0, at) + text + around.slice(at));

const anyText = (harmless: string) =>
  fc.oneof(
    hostile(harmless),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.stringMatching(/^[a-zA-Z0-9./:_-]{1,70}$/),
  );

function configurationOf(texts: Texts): string {
  const props: RouterProps = ({ stack }) => ({
    salt: texts.salt,
    userHeader: texts.userHeader,
    trustedCertificates: texts.trustedCertificates,
    allowOverride: stack !== undefined,
    overrideSecret: { keyVaultSecretId: SECRET_ID, keyVaultId: VAULT_ID, header: texts.header },
  });
  const { environment } = containerIn(appOf(routerIn(props, { stable: texts.stable })), (text) => text);
  return environment.NGINX_CONFIG!;
}

/** Everything that nginx or Terraform gives a meaning, in its order. */
const structure = (configuration: string) => configuration.replace(/[^{};"'\\$#%~\n]/g, '');

const NAMES = Object.keys(HARMLESS) as (keyof Texts)[];

/** Texts that were taken; everything that is refused at synthesis harms nobody. */
function taken(changed: Partial<Texts>): string | undefined {
  try {
    return configurationOf({ ...HARMLESS, ...changed });
  } catch (error) {
    expect(String(error)).toMatch(/^Error: (salt|userHeader|overrideSecret\.header|trustedCertificates|url) .* of /s);
    return undefined;
  }
}

test.each(NAMES)('no %s changes the structure of the configuration: it is taken as itself, or refused', (name) => {
  const expected = structure(configurationOf(HARMLESS));
  fc.assert(
    fc.property(anyText(HARMLESS[name]), (text) => {
      const configuration = taken({ [name]: text });
      expect(configuration === undefined || structure(configuration) === expected).toBe(true);
    }),
    { numRuns: 50 },
  );
});

describeWithNginx('the real nginx', () => {
  const awkward: readonly Texts[] = [
    {
      salt: `A${'._-'.repeat(21)}`,
      userHeader: `x${'-1'.repeat(31)}`,
      header: 'default',
      trustedCertificates: HARMLESS.trustedCertificates,
      stable: `https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}:65535`,
    },
    { ...HARMLESS, salt: '0', userHeader: 'include', header: 'x', stable: 'https://A-B.example' },
    { ...HARMLESS, salt: 'default', userHeader: 'hostnames', header: 'volatile', stable: 'https://default' },
  ];

  test.each(awkward)('splits as ever with the strangest texts that are allowed: $salt', async (texts) => {
    const router = routerIn(
      () => ({
        salt: texts.salt,
        userHeader: texts.userHeader,
        allowOverride: true,
        overrideSecret: { keyVaultSecretId: SECRET_ID, keyVaultId: VAULT_ID, header: texts.header },
      }),
      { stable: texts.stable },
    );
    const { command, environment } = containerIn(appOf(router), (text) =>
      text.replace(/"https:\/\/[^"]*"/g, '"https://127.0.0.1:9"'),
    );
    const running = await RunningRouter.start({ command, environment: { ...environment, OVERRIDE_SECRET: SECRET } });
    try {
      const users = Array.from({ length: 300 }, (_, index) => `user-${index}`);
      const expected = users.map((user) => nginxBucketRelease(router._rows, texts.salt, user));
      expect(await releasesOf(running.port, users, texts.userHeader)).toEqual(expected);
      expect(new Set(expected).size).toBe(2);
    } finally {
      await running.stop();
    }
  });

  test('takes every configuration that synthesis lets pass', async () => {
    const texts = fc.record({
      salt: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
      userHeader: fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}$/),
      header: fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){1,3}$/),
      trustedCertificates: fc.constant(HARMLESS.trustedCertificates),
      stable: fc.stringMatching(/^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]{0,60}[A-Za-z0-9])?(:\d{1,5})?$/),
    });
    const given = fc.sample(texts, 8).map(taken);
    for (const configuration of given.filter((each) => each !== undefined)) {
      const container = containerIn(appOf(routerIn()), (text) => text);
      const environment = { NGINX_CONFIG: configuration.replaceAll('${var.domain}', 'example'), KILL_SWITCH: 'off' };
      const command = container.command.map((text) => text.replace('nginx -e', 'nginx -t -e'));
      const withSecret = command.map((text) =>
        text.replace(
          'LC_ALL=C',
          'LC_ALL=C\nmkdir -p /tmp/release-router\n: > /tmp/release-router/override-secret.conf',
        ),
      );
      const { status, output } = await RunningRouter.refusal({ command: withSecret, environment });
      expect({ status, output }).toEqual({
        status: 0,
        output: expect.stringContaining('test is successful') as string,
      });
    }
    expect(given.filter((each) => each !== undefined).length).toBeGreaterThan(4);
  });
});
