import { gatewayUsesKeys } from '../../lib/rules/gateway-uses-keys';
import { member, route, tableOf } from '../gateway/support/routes';
import { accounts, backends, findingsOf, generated, Resources, SERVICE, whenModel, written } from './gateway-stack';

const URL = 'https://eu.openai.azure.com/openai/deployments/chat';
const TO_CHAT = '<set-backend-service backend-id="chat" />';
const GENERATED = generated(tableOf([route('gpt-7-chat@2024-01-01', [member('eu', 'chat')])]));

function api(subscription_required: unknown): Resources {
  return {
    azurerm_api_management_api: { models: { api_management_name: SERVICE, name: 'models', subscription_required } },
  };
}

function check(...parts: readonly Resources[]) {
  return findingsOf(gatewayUsesKeys, parts);
}

describe('gateway-uses-keys is content with', () => {
  test.each<[string, readonly Resources[]]>([
    ['the gateway that the construct generates', [GENERATED, accounts({ eu: { chat: 'gpt-7-chat@2024-01-01' } })]],
    ['an API that has nothing to do with models and takes keys', [written(''), api(true)]],
    [
      'credentials of a backend that is no model',
      [
        written(
          TO_CHAT,
          backends({ chat: URL, shop: { url: 'https://shop.example', credentials: { header: { key: 'k' } } } }),
        ),
      ],
    ],
    [
      'a managed identity, and a caller whose key is taken away',
      [
        written(
          `${TO_CHAT}<authentication-managed-identity resource="https://cognitiveservices.azure.com" /><set-header name="api-key" exists-action="delete" />`,
          backends({ chat: URL }),
        ),
      ],
    ],
    [
      'the token of an identity as the header Authorization',
      [
        written(
          `${TO_CHAT}<set-header name="Authorization" exists-action="override"><value>@("Bearer " + (string)context.Variables["token"])</value></set-header>`,
          backends({ chat: URL }),
        ),
      ],
    ],
    [
      'a header of the answer to the caller',
      [
        written(
          `${TO_CHAT}<return-response><set-header name="api-key"><value>none</value></set-header></return-response>`,
          backends({ chat: URL }),
        ),
      ],
    ],
  ])('%s', (_what, parts) => {
    expect(check(...parts)).toEqual([]);
  });
});

describe('gateway-uses-keys warns of', () => {
  test('an API that requires subscription keys', () => {
    expect(
      check(GENERATED, {
        azurerm_api_management_api: {
          dated: { api_management_name: SERVICE, name: 'models', subscription_required: true },
        },
      }),
    ).toEqual([
      {
        rule: 'gateway-uses-keys',
        severity: 'warning',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api.dated',
          type: 'azurerm_api_management_api',
          path: 'subscription_required',
        },
        message: 'the API leads to models and takes subscription keys',
        fix: 'set subscription_required to false and validate Entra tokens in the policy; where keys are wanted, waive this with the reason',
      },
    ]);
  });

  test.each<[string, unknown, string, string]>([
    [
      'an API that says nothing',
      undefined,
      'violation',
      'takes subscription keys, which is the default of subscription_required',
    ],
    [
      'an API of which it cannot be read',
      '${var.keys}',
      'unknown',
      'whether the API takes subscription keys cannot be read before Terraform runs: ${var.keys}',
    ],
  ])('%s', (_what, given, status, message) => {
    expect(check(written(TO_CHAT, backends({ chat: URL })), api(given))).toMatchObject([
      { severity: 'warning', status, message: expect.stringContaining(message) },
    ]);
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ['header', { header: { 'api-key': '${var.key}' } }, "the header 'api-key'", 'credentials.header'],
    ['query', { query: { 'subscription-key': 'k' } }, "the query parameter 'subscription-key'", 'credentials.query'],
    [
      'authorization',
      { authorization: { scheme: 'Basic', parameter: 'x' } },
      "the header 'Authorization'",
      'credentials.authorization',
    ],
  ])('credentials of a backend: %s', (_what, credentials, carrier, path) => {
    const url = '${azurerm_cognitive_account.eu.endpoint}openai/deployments/chat';
    const parts = [written(TO_CHAT, backends({ chat: { url, credentials: [credentials] } })), accounts({ eu: {} })];
    const [finding, ...rest] = check(...parts);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'warning',
      resource: { address: 'azurerm_api_management_backend.chat', path },
      message: `calls to models carry a key in ${carrier}`,
    });
    expect(JSON.stringify(finding)).not.toContain('var.key');
  });

  test.each<[string, string, string]>([
    [
      'a named value',
      '<set-header name="api-key" exists-action="override"><value>{{openai-key}}</value></set-header>',
      "the header 'api-key' at inbound/choose[0]/when[0]/set-header[0]",
    ],
    [
      'an expression with a named value',
      '<set-header name="Authorization"><value>@("Bearer " + "{{openai-key}}")</value></set-header>',
      "the header 'Authorization' at inbound/choose[0]/when[0]/set-header[0]",
    ],
    [
      'its own text',
      '<set-query-parameter name="api-key"><value>0123456789</value></set-query-parameter>',
      "the query parameter 'api-key' at inbound/choose[0]/when[0]/set-query-parameter[0]",
    ],
  ])('a policy that takes the key from %s', (_what, node, carrier) => {
    const findings = check(
      written(`<choose>${whenModel('gpt-7-chat', `${TO_CHAT}${node}`)}</choose>`, backends({ chat: URL })),
    );
    expect(findings.map(({ message }) => message)).toEqual([`calls to models carry a key in ${carrier}`]);
    expect(JSON.stringify(findings)).not.toContain('0123456789');
  });
});
