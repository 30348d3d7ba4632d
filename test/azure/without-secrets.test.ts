import { withoutSecrets } from '../../bin/azure/without-secrets';

const environment = process.env;
afterEach(() => {
  process.env = environment;
});

describe('withoutSecrets', () => {
  test.each([
    ['a token', 'got eyJ0eXAiOiJKV1Qi.eyJhdWQi.c2ln-_x, sorry', 'got ***, sorry'],
    ['half a token', 'eyJ0eXAiOiJKV1Qi', '***'],
    ['what stands behind Bearer', 'Authorization: bearer  abc.DEF~1+/==; next', 'Authorization: bearer  ***; next'],
    ['where a list goes on', 'https://x/?a=1&$skiptoken=abc%3D&b=2', 'https://x/?a=1&$skiptoken=***&b=2'],
    ['nothing', 'a key is no eye, and eyJ neither', 'a key is no eye, and eyJ neither'],
  ])('hides %s', (_, text, hidden) => {
    expect(withoutSecrets(text)).toBe(hidden);
  });

  test('hides the secrets of the environment wherever they stand, and no value too short to be one', () => {
    process.env = { AZURE_CLIENT_SECRET: 's.$&e*t', AZURE_PASSWORD: 'of', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };
    expect(withoutSecrets("the s.$&e*t of 's.$&e*ts'")).toBe("the *** of '***s'");
  });
});
