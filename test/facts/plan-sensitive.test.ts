import fc from 'fast-check';
import { JsonObject } from '../../lib/facts/json';
import {
  azapiDeployment,
  change,
  deployment,
  facts,
  plan,
  refersTo,
  module,
  shown,
  standing,
} from './planned-resources';

const X = 'azurerm_cognitive_deployment.x';

/** Everything that the facts say, what stands beside literals included. */
function told(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Map ? [...inner] : inner));
}

const POLICY = (url: string) =>
  `<policies><inbound><set-backend-service base-url="${url}" /><set-header name="api-key"><value>${url}</value></set-header></inbound></policies>`;

/** Resources of every kind that facts are read of; `secret` stands in every text of them. */
function resources(secret: string): Record<string, JsonObject> {
  const manifest = JSON.stringify({ schemaVersion: 1, text: secret });
  return {
    [X]: deployment({ name: secret, version: secret, model: secret, sku: secret, id: secret, tags: { [`x`]: secret } }),
    'azapi_resource.x': azapiDeployment({ name: secret, version: secret, model: secret, parent_id: secret }),
    'azapi_resource.text': { ...azapiDeployment(), body: JSON.stringify(azapiDeployment({ version: secret }).body) },
    'azurerm_cognitive_account.a': { name: secret, custom_subdomain_name: secret, primary_access_key: secret },
    'azurerm_container_app.a': {
      name: secret,
      tags: { 'release-evidence': secret },
      secret: [{ name: secret, value: secret }],
      template: [
        {
          revision_suffix: secret,
          container: [
            {
              name: secret,
              image: secret,
              env: [
                { name: 'RELEASE_MANIFEST', value: manifest },
                { name: 'RELEASE_ID', value: secret },
                { name: 'RELEASE_LABEL', value: secret },
                { name: 'MODEL_CHAT_URL', value: secret },
                { name: 'MODEL', value: `gpt-4 ${secret}` },
                { name: 'NGINX_CONFIGURATION', value: `split_clients "${secret}" $r { 100% ${secret}; }` },
              ],
            },
          ],
        },
      ],
      ingress: [{ traffic_weight: [{ percentage: 100, label: secret, revision_suffix: secret }] }],
    },
    'azurerm_api_management_backend.b': {
      name: secret,
      url: `https://${secret}.openai.azure.com/openai/deployments/${secret}`,
    },
    'azurerm_api_management_named_value.n': { name: secret, display_name: secret, value: secret },
    'azurerm_api_management_api_policy.p': {
      api_name: secret,
      api_management_name: secret,
      xml_content: POLICY(secret),
    },
    'azurerm_resource_group_template_deployment.t': {
      template_content: JSON.stringify({
        resources: [
          {
            type: 'Microsoft.CognitiveServices/accounts/deployments',
            name: `a/${secret}`,
            properties: { model: { name: secret } },
          },
        ],
      }),
    },
    'data.azurerm_thing.d': { text: `gpt-4 ${secret}`, list: [secret, [secret]], nested: { deep: { deeper: secret } } },
  };
}

/** Marks that are set on everything that holds the secret, somewhere between the text and the whole. */
function marks(value: unknown, secret: string, choose: () => boolean): unknown {
  if (typeof value === 'string') {
    return value.includes(secret);
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (JSON.stringify(value).includes(secret) && choose()) {
    return true;
  }
  return Array.isArray(value)
    ? value.map((item) => marks(item, secret, choose))
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marks(inner, secret, choose)]));
}

describe('values that are marked as sensitive', () => {
  const secrets = fc.stringMatching(/^[g-z]{12}$/).map((text) => `s3cr3t-${text}`);

  test('never occur in the facts, wherever the marks are set', () => {
    const numbers = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(secrets, numbers, fc.constantFrom('before', 'after'), (secret, choices, marked) => {
        let next = 0;
        const choose = () => choices[next++ % choices.length]!;
        const entries = Object.entries(resources(secret)).map(([address, values]) => {
          const set = marks(values, secret, choose);
          return { address, values, set };
        });
        const changes = entries.map(({ address, values, set }) =>
          change(address, {
            action: address.startsWith('data') ? 'read' : 'update',
            before: values,
            after: values,
            ...(marked === 'before' ? { beforeSensitive: set } : { afterSensitive: set }),
          }),
        );
        const prior = entries.map(({ address, values, set }) => standing(`module.untouched.${address}`, values, set));
        const read = facts(plan(changes, { prior, drift: changes }));
        expect(told(read)).not.toContain(secret);
        expect(told(read).length).toBeGreaterThan(1000);
      }),
      { numRuns: 12 },
    );
  });

  test('never occur in the facts, wherever else the plan speaks of the same resource without marks', () => {
    const places = fc.constantFrom('change', 'drift', 'prior', 'deposed', 'moved');
    fc.assert(
      fc.property(secrets, places, fc.boolean(), (secret, marked, isBefore) => {
        const all = Object.entries(resources(secret)).filter(([address]) => !address.startsWith('data'));
        const entry = (address: string, values: JsonObject, place: string, more: object = {}) =>
          change(address, {
            action: 'update',
            before: values,
            after: { ...values, extra: place },
            ...(place === marked && {
              [isBefore ? 'beforeSensitive' : 'afterSensitive']: marks(values, secret, () => false),
            }),
            ...more,
          });
        const changes = all.flatMap(([address, values]) => [
          entry(address, values, 'change', marked === 'moved' ? { previousAddress: `${address}_old` } : {}),
          entry(address, values, 'deposed', { deposed: 'abc', action: 'delete' }),
        ]);
        const drift = all.map(([address, values]) =>
          marked === 'moved' ? entry(`${address}_old`, values, 'moved') : entry(address, values, 'drift'),
        );
        const prior = all.map(([address, values]) =>
          standing(address, values, marked === 'prior' ? marks(values, secret, () => false) : {}),
        );
        expect(told(facts(plan(changes, { prior, drift })))).not.toContain(secret);
      }),
      { numRuns: 15 },
    );
  });

  test('would occur there without the marks', () => {
    const secret = 's3cr3t-gggggggggggg';
    for (const [address, values] of Object.entries(resources(secret))) {
      const side = address.startsWith('data') ? { action: 'read' as const } : { before: values };
      expect([address, told(facts(plan([change(address, { ...side, after: values })]))).includes(secret)]).toEqual([
        address,
        true,
      ]);
    }
  });

  test('are unknown, and said to be sensitive', () => {
    const { deployments } = facts(
      plan([
        change(X, {
          action: 'create',
          after: deployment(),
          afterSensitive: { name: true, model: [{ version: true }], sku: true },
          afterUnknown: { name: true },
        }),
      ]),
    );
    const [fact] = deployments;
    expect([fact!.deployment, fact!.model, fact!.version, fact!.sku, fact!.capacity].map(shown)).toEqual([
      '<a sensitive value>',
      'gpt-4o',
      '<a sensitive value>',
      '<a sensitive value>',
      '<a sensitive value>',
    ]);
  });

  test.each([
    ['a whole resource', true],
    ['a mark of another shape', { model: { version: true } }],
    ['a mark of yet another shape', { model: [{ version: { x: [true] } }] }],
  ])('are hidden by %s', (_what, afterSensitive) => {
    const { deployments } = facts(plan([change(X, { action: 'create', after: deployment(), afterSensitive })]));
    expect(deployments.map(({ version }) => shown(version))).toEqual(['<a sensitive value>']);
  });

  test('do not come back as the id of an account that a deployment follows from', () => {
    const { deployments } = facts(
      plan(
        [
          change('azurerm_cognitive_account.a', {
            before: { id: 'secret' },
            after: { id: 'secret' },
            afterSensitive: { id: true },
          }),
          change(X, { action: 'create', after: {}, afterUnknown: { cognitive_account_id: true } }),
        ],
        { configuration: module({ [X]: { cognitive_account_id: refersTo('azurerm_cognitive_account.a.id') } }) },
      ),
    );
    expect(shown(deployments[0]!.account)).toBe('<${azurerm_cognitive_account.a.id}>');
  });
});
