import { modelRetired } from '../../lib/rules/model-retired';
import { modelRetiring } from '../../lib/rules/model-retiring';
import { retiredLiteral } from '../../lib/rules/retired-literal';
import { retiringLiteral } from '../../lib/rules/retiring-literal';
import { Rule } from '../../lib/rules/rule';
import { member, route, tableOf } from '../gateway/support/routes';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, isDeployedIn } from './configuration';
import {
  accounts,
  backends,
  catalog,
  factsOf,
  findingsOf,
  generated,
  Resources,
  whenModel,
  written,
} from './gateway-stack';

const RETIRED = 'gpt-7-chat@2023-01-01';
const RETIRING = 'gpt-7-chat@2023-06-01';
const LIVE = 'gpt-7-chat@2024-01-01';
const OLD = 'gpt-3-old@0613';
const LITERALS: readonly Rule[] = [retiredLiteral, retiringLiteral];

function all(parts: readonly Resources[]) {
  return [modelRetired, modelRetiring, ...LITERALS]
    .flatMap((rule) => findingsOf(rule, parts))
    .map(({ rule, severity, message }) => `${rule} ${severity}: ${message}`);
}

const to = (backend: string) => `<set-backend-service backend-id="${backend}" />`;

describe('a route to a model that is deployed elsewhere', () => {
  test('is reported where the model is retired, once for all policies of the gateway, and not as a literal', () => {
    const parts = [generated(tableOf([route(RETIRED, [member('far', 'chat')]), route(LIVE, [member('far', 'live')])]))];
    expect(findingsOf(modelRetired, parts)).toEqual([
      {
        rule: 'model-retired',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api_policy.dated',
          type: 'azurerm_api_management_api_policy',
          path: 'xml_content',
        },
        message: `route ${RETIRED} leads to a model that retired on 2026-10-01, 51 days ago: Azure refuses its calls (source: test, as of 2026-11-21)`,
        fix: 'the catalogue names no replacement: deploy a current model of the same kind beside it, move traffic, then remove this one; a route that is kept for callers to be told answers 410 and the successor',
        model: { name: 'gpt-7-chat', version: '2023-01-01' },
        retirementDate: '2026-10-01',
      },
    ]);
    expect(LITERALS.flatMap((rule) => findingsOf(rule, parts))).toEqual([]);
  });

  test('is reported where the model retires soon, and not as a literal', () => {
    expect(all([generated(tableOf([route(RETIRING, [member('far', 'chat')])]))])).toEqual([
      `model-retiring error: route ${RETIRING} leads to a model that retires on 2026-11-30, in 9 days (source: test, as of 2026-11-21)`,
    ]);
  });

  test('is unknown where the SKU decides, which is declared elsewhere', () => {
    const knowledge = fakeKnowledge([
      { name: 'gpt-7-chat', version: '1', skus: ['Standard', 'GlobalStandard'], skuDates: { Standard: '2026-03-31' } },
    ]);
    const parts = [generated(tableOf([route('gpt-7-chat@1', [member('far', 'chat')])]))];
    expect(findingsOf(modelRetired, parts, knowledge)).toMatchObject([
      {
        severity: 'warning',
        status: 'unknown',
        message:
          'route gpt-7-chat@1 leads to a model that is retired except on GlobalStandard, and the SKU of its deployment is declared elsewhere (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test('is reported of a policy that somebody wrote, which compares name and version apart', () => {
    const policy = written(
      `<choose><when condition="@(context.Request.Headers.GetValueOrDefault("x-model","")=="gpt-7-chat" && context.Request.Headers.GetValueOrDefault("x-version","")=="2023-01-01")">${to('chat')}</when></choose>`,
      backends({ chat: 'https://far.openai.azure.com/openai/deployments/chat' }),
    );
    expect(findingsOf(modelRetired, [policy])).toMatchObject([
      { model: { name: 'gpt-7-chat', version: '2023-01-01' } },
    ]);
  });
});

describe('a route to a model that is deployed here', () => {
  test('is left to its deployment', () => {
    const parts = [generated(tableOf([route(RETIRED, [member('eu', 'chat')])])), accounts({ eu: { chat: RETIRED } })];
    expect(findingsOf(modelRetired, parts).map(({ resource }) => resource.address)).toEqual([
      'azurerm_cognitive_deployment.eu_chat',
    ]);
  });

  test('in another stack of the app, too', () => {
    const facts = factsOf(generated(tableOf([route(RETIRED, [member('eu', 'chat')])])));
    const context = {
      ...contextOf([], { catalog }),
      facts,
      isDeployed: isDeployedIn(factsOf(accounts({ eu: { chat: RETIRED } }))),
    };
    expect(modelRetired.check(context)).toEqual([]);
  });
});

describe('nothing is reported of a version that the gateway answers itself', () => {
  test.each<[string, Resources]>([
    [
      'in the row of a retired route',
      generated(
        tableOf([route(LIVE, [member('far', 'chat')])], {
          retired: [{ key: RETIRED, retiredOn: '2026-10-01', successor: LIVE }, { key: OLD }],
        }),
      ),
    ],
    [
      'as successor of another',
      generated(
        tableOf([route(LIVE, [member('far', 'chat')], { retiresOn: '2027-04-01', successor: RETIRING })], {
          retired: [{ key: OLD, retiredOn: '2025-06-06', successor: RETIRED }],
        }),
      ),
    ],
    [
      'behind an alias',
      generated(
        tableOf([route(LIVE, [member('far', 'chat')])], {
          retired: [{ key: OLD, successor: LIVE }],
          aliases: [
            { name: 'chat-production', key: LIVE },
            { name: 'gpt-3-old-0613', key: OLD },
          ],
          grants: [{ callerId: 'app', keys: [LIVE] }, { callerId: '${azuread_application.a["x"].client_id}' }],
        }),
      ),
    ],
    [
      'in a branch that somebody wrote',
      written(
        `<choose>${whenModel(OLD, '<return-response><set-status code="410" /><set-body>{"error":"gpt-3-old-0613 is gone, call gpt-3-old"}</set-body></return-response>')}${whenModel(LIVE, to('chat'))}</choose>`,
        backends({ chat: 'https://far.openai.azure.com/openai/deployments/chat' }),
      ),
    ],
  ])('%s', (_what, gateway) => {
    expect(all([gateway])).toEqual([]);
  });

  test('in the list of models, while its routes are what is judged', () => {
    const parts = [
      generated(
        tableOf([route(RETIRING, [member('eu', 'chat')])], { aliases: [{ name: 'production', key: RETIRING }] }),
      ),
      accounts({ eu: { chat: RETIRING } }),
    ];
    expect(all(parts)).toEqual([
      expect.stringMatching(/^model-retiring error: gpt-7-chat@2023-06-01 on GlobalStandard/),
    ]);
  });
});

describe('still reported as literals are', () => {
  const table = tableOf([route(LIVE, [member('far', 'chat')])], { retired: [{ key: OLD, successor: LIVE }] });

  function edited(change: (text: string) => string): Resources {
    const parts = generated(table);
    const policies = parts.azurerm_api_management_api_policy as Record<string, { xml_content: string }>;
    const dated = { ...policies.dated, xml_content: change(policies.dated!.xml_content) };
    expect(dated.xml_content).not.toBe(policies.dated!.xml_content);
    return { ...parts, azurerm_api_management_api_policy: { dated } };
  }

  test.each<[string, (text: string) => string]>([
    [
      'the body of a request in a policy with a table of routes',
      (text) => text.replace('</inbound>', '<set-body>{"model": "gpt-3-old-0613"}</set-body></inbound>'),
    ],
    [
      'the path of a request',
      (text) =>
        text.replace(
          '</inbound>',
          '<rewrite-uri template="/openai/deployments/gpt-3-old-0613/chat/completions" /></inbound>',
        ),
    ],
    [
      'the URL of a backend',
      (text) =>
        text.replace(
          /backend-id="far-chat-dated"/,
          'base-url="https://far.openai.azure.com/openai/deployments/gpt-3-old-0613"',
        ),
    ],
  ])('%s', (_what, change) => {
    const findings = findingsOf(retiredLiteral, [edited(change)]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        resource: { address: 'azurerm_api_management_api_policy.dated', path: 'xml_content' },
        model: { name: 'gpt-3-old', version: '0613' },
      },
    ]);
  });

  test.each<[string, string]>([
    ['a setting of a gateway without routes', '<set-variable name="model" value="gpt-3-old-0613" />'],
    [
      'what stands beside a comment that opens an answer',
      '<!-- <return-response> --><set-body>{"model":"gpt-3-old-0613"}</set-body><return-response><set-status code="200" /></return-response>',
    ],
    [
      'what stands behind an answer without content',
      '<return-response response-variable-name="a" /><set-body>{"model":"gpt-3-old-0613"}</set-body><return-response><set-status code="200" /></return-response>',
    ],
  ])('%s', (_what, inbound) => {
    expect(findingsOf(retiredLiteral, [written(inbound)])).toMatchObject([
      { model: { name: 'gpt-3-old', version: '0613' } },
    ]);
  });

  test('a policy that cannot be read as XML', () => {
    const policy = {
      azurerm_api_management_api_policy: {
        a: { xml_content: '<policies><rewrite-uri template="/deployments/gpt-3-old-0613/x"' },
      },
    };
    expect(findingsOf(retiredLiteral, [policy])).toHaveLength(1);
  });
});
