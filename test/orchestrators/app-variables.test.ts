import { Token } from 'cdktf';
import { OrchestratorProps } from '../../lib/orchestrators';
import {
  appOf,
  directOrchestrator,
  GUID,
  releaseOf,
  rolesOf,
  variablesOf,
  VAULT_ID,
} from './support/orchestrator-stack';

const PATH = `stack/${releaseOf().label}`;
const SECRET = 'https://contoso.vault.azure.net/secrets/bing-key';

function declaring(props: Partial<OrchestratorProps>): () => unknown {
  return () => directOrchestrator(props);
}

describe('variables that are added', () => {
  test('reach the container as they were written', () => {
    const environmentVariables = { LOG_LEVEL: 'debug', FORMAT: '${level} %{message}', EMPTY: '', lower_case: 'x' };
    const { stack } = directOrchestrator({ environmentVariables });
    expect(variablesOf(appOf(stack))).toMatchObject({
      LOG_LEVEL: 'debug',
      FORMAT: '$${level} %%{message}',
      EMPTY: '',
      lower_case: 'x',
    });
  });

  test.each([
    'RELEASE_ID',
    'RELEASE_MANIFEST',
    'RELEASE_MANIFEST_URL',
    'release_label',
    'MODEL_CHAT_URL',
    'MODEL_REASONING_DEPLOYMENT',
    'model_x_scope',
    'MODEL_ROUTE_HEADER',
    'MODEL_RELEASE_HEADER',
    'KNOWLEDGE_URL',
    'SEARCH_ENDPOINT',
    'AZURE_CLIENT_ID',
    'PORT',
    'Port',
    'OTEL_RESOURCE_ATTRIBUTES',
    'CONTAINER_APP_NAME',
    'KUBERNETES_SERVICE_HOST',
  ])('%s is reserved, as a variable and as a secret', (name) => {
    const message = `environment variable '${name}' of ${PATH} is reserved: the library or Container Apps sets it; choose another name`;
    expect(declaring({ environmentVariables: { [name]: 'x' } })).toThrow(new Error(message));
    expect(declaring({ secrets: [{ environmentVariable: name, keyVaultSecretId: SECRET }] })).toThrow(
      new Error(message),
    );
  });

  test.each(['', '1ST', 'A B', 'A=B', 'A-B', 'A\nB', 'Ä', '${A}', 'x'.repeat(256)])('%j is no name', (name) => {
    expect(declaring({ environmentVariables: { [name]: 'x' } })).toThrow(
      /^environment variable '.*' of .* is not valid: its name has letters, digits and '_' and does not start with a digit; respell it$/,
    );
  });

  test.each<[string, unknown]>([
    ['a token', Token.asString({ resolve: () => 'later' })],
    ['text with a token in it', `a${Token.asString({ resolve: () => 'later' })}`],
    ['a number', 5],
    ['nothing', undefined],
    ['an end of text', 'a\0b'],
  ])('%s is no value', (_, value) => {
    expect(declaring({ environmentVariables: { A: value as string } })).toThrow(
      new Error(
        `environment variable 'A' of ${PATH} is not text that is known now; write it out so that a review shows it, ` +
          'or keep it in Key Vault and pass it in secrets',
      ),
    );
  });

  test('two that are one, or differ in case alone, are refused', () => {
    const secrets = [{ environmentVariable: 'A', keyVaultSecretId: SECRET }];
    expect(declaring({ environmentVariables: { A: 'x' }, secrets })).toThrow(
      new Error(
        `environment variable 'A' of ${PATH} is given twice; remove one of environmentVariables and secrets, or rename a role of the release`,
      ),
    );
    expect(declaring({ environmentVariables: { LogLevel: 'x', LOGLEVEL: 'y' } })).toThrow(
      new Error(
        `environment variables 'LogLevel' and 'LOGLEVEL' of ${PATH} differ in case alone; remove or rename one`,
      ),
    );
  });

  test('too many of them are refused even where a manifest store would take the manifest', () => {
    expect(declaring({ environmentVariables: { A: 'ä'.repeat(17_000) } })).toThrow(
      /^the environment variables of .* take 3\d{4} bytes, and 32768 are the most; shorten environmentVariables$/,
    );
  });
});

describe('secrets', () => {
  test('are references to Key Vault that the identity may read', () => {
    const secrets = [{ environmentVariable: 'BING_KEY', keyVaultSecretId: SECRET, keyVaultId: VAULT_ID }];
    const { stack } = directOrchestrator({ secrets });
    const app = appOf(stack);
    const [secret] = app.secret as { name: string }[];
    expect(secret).toEqual({
      name: expect.stringMatching(/^env-bing-key-[0-9a-f]{8}$/) as string,
      key_vault_secret_id: SECRET,
      identity: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\..*\.id\}$/) as string,
    });
    expect(variablesOf(app).BING_KEY).toBe(`secret:${secret!.name}`);
    expect(rolesOf(stack)[1]).toMatch(`Key Vault Secrets User | ${VAULT_ID} | \${azurerm_user_assigned_identity.`);
    expect(app.depends_on as string[]).toHaveLength(3);
  });

  test('without the vault no role is given', () => {
    const { stack } = directOrchestrator({ secrets: [{ environmentVariable: 'A', keyVaultSecretId: SECRET }] });
    expect(rolesOf(stack).map((role) => role.split(' | ')[0])).toEqual(['Cognitive Services OpenAI User']);
  });

  test('another secret has another name, so that a new revision starts', () => {
    const nameOf = (keyVaultSecretId: string, environmentVariable = '_A_') => {
      const { stack } = directOrchestrator({ secrets: [{ environmentVariable, keyVaultSecretId }] });
      return (appOf(stack).secret as { name: string }[])[0]!.name;
    };
    expect(nameOf(SECRET)).toMatch(/^env-a-[0-9a-f]{8}$/);
    expect(nameOf(SECRET)).toBe(nameOf(SECRET));
    expect(nameOf(`${SECRET}/2`)).not.toBe(nameOf(SECRET));
    expect(nameOf(SECRET, 'A')).not.toBe(nameOf(SECRET));
    expect(nameOf(SECRET, 'A'.repeat(255)).length).toBeLessThanOrEqual(60);
  });

  test.each([
    [
      { environmentVariable: 'A', keyVaultSecretId: 'hunter2' },
      `keyVaultSecretId 'hunter2' of secret 'A' of ${PATH} is not the id of a secret in Key Vault; ` +
        "write 'https://<vault>.vault.azure.net/secrets/<name>' (a secret's value does not belong in a configuration)",
    ],
    [
      { environmentVariable: 'A', keyVaultSecretId: SECRET, keyVaultId: GUID },
      `keyVaultId '${GUID}' of secret 'A' of ${PATH} is not the resource id of a key vault; write ` +
        "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>' (not the vault's URL)",
    ],
  ])('refused: %j', (secret, message) => {
    expect(declaring({ secrets: [secret] })).toThrow(new Error(message));
  });
});
