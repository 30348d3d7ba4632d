import { openSession } from '../../bin/azure/azure-session';

const environment = process.env;
beforeEach(() => {
  process.env = { PATH: environment.PATH };
});
afterEach(() => {
  process.env = environment;
});

describe('openSession', () => {
  test.each([
    ['public', undefined, 'https://management.azure.com', 'https://management.azure.com/.default'],
    [
      'usgovernment',
      undefined,
      'https://management.usgovcloudapi.net',
      'https://management.usgovcloudapi.net/.default',
    ],
    ['public', 'https://arm.example', 'https://arm.example', 'https://management.azure.com/.default'],
  ] as const)('asks the cloud %s at %s, with a token for the cloud', (cloud, resourceManager, origin, scope) => {
    const session = openSession({ cloud, ...(resourceManager && { resourceManager }) });
    expect([session.resourceManager, session.clientOptions.endpoint, session.clientOptions.credentialScopes]).toEqual([
      origin,
      origin,
      scope,
    ]);
  });

  test.each(['http://login.example', 'login.example', 'https://'])('refuses to sign in at %s', (authority) => {
    process.env.AZURE_AUTHORITY_HOST = authority;
    expect(() => openSession({ cloud: 'public' })).toThrow(
      `AZURE_AUTHORITY_HOST is '${authority}'; give an address that begins with https://, or leave the variable out`,
    );
  });
});
