import { gatewayNoTelemetry } from '../../lib/rules/gateway-no-telemetry';
import { member, route, tableOf } from '../gateway/support/routes';
import {
  backends,
  findingsOf,
  generated,
  ofServiceElsewhere,
  Resources,
  SERVICE,
  whenModel,
  withoutType,
  written,
} from './gateway-stack';

const URL = 'https://eu.openai.azure.com/openai/deployments/chat';
const GENERATED = generated(tableOf([route('gpt-7-chat@2024-01-01', [member('eu', 'chat')])]));
const ROUTED = `<choose>${whenModel('gpt-7-chat@2024-01-01', '<set-backend-service backend-id="chat" />')}</choose>`;

const diagnostic = (more: Record<string, unknown> = {}): Resources => ({
  azurerm_api_management_api_diagnostic: {
    models: { api_management_name: SERVICE, api_name: 'models', identifier: 'applicationinsights', ...more },
  },
});

function policy(more = ''): Resources {
  return written(`${ROUTED}${more}`, backends({ chat: URL }));
}

function check(...parts: readonly Resources[]) {
  return findingsOf(gatewayNoTelemetry, parts);
}

const LOGGED = { frontend_request: [{ headers_to_log: ['X-Model'] }] };

describe('gateway-no-telemetry is content with', () => {
  test.each<[string, readonly Resources[]]>([
    ['the gateway that the construct generates', [GENERATED]],
    ['a diagnostic that logs the header', [policy(), diagnostic(LOGGED)]],
    ['the header in what is answered', [policy(), diagnostic({ frontend_response: { headers_to_log: ['x-model'] } })]],
    [
      'a diagnostic of the service',
      [
        policy(),
        {
          azurerm_api_management_diagnostic: {
            all: { api_management_name: SERVICE, identifier: 'azuremonitor', ...LOGGED },
          },
        },
      ],
    ],
    [
      'a trace with the header',
      [
        policy(
          '<trace source="a"><message>@(context.Request.Headers.GetValueOrDefault("x-model",""))</message></trace>',
        ),
        diagnostic(),
      ],
    ],
    [
      'a metric with a variable that is made from the header',
      [
        written(
          '<set-variable name="model" value="@(context.Request.Headers.GetValueOrDefault("x-model",""))" />' +
            '<choose><when condition="@((string)context.Variables["model"]=="gpt-7-chat@2024-01-01")"><set-backend-service backend-id="chat" /></when></choose>' +
            '<llm-emit-token-metric><dimension name="Model" value="@((string)context.Variables["model"])" /></llm-emit-token-metric>',
          backends({ chat: URL }),
        ),
        diagnostic(),
      ],
    ],
    [
      'a diagnostic that a template deploys, because metrics are to be sent',
      [
        policy(),
        {
          azurerm_resource_group_template_deployment: {
            metrics: {
              template_content: JSON.stringify({
                resources: [
                  {
                    type: 'Microsoft.ApiManagement/service/apis/diagnostics',
                    name: "[format('{0}/{1}/applicationinsights', parameters('serviceName'), parameters('apiName'))]",
                    properties: { metrics: true, frontend: { request: { headers: ['x-model'] } } },
                  },
                ],
              }),
              parameters_content: '${jsonencode({"apiName" = {"value" = azurerm_api_management_api.models.name}})}',
            },
          },
        },
      ],
    ],
    [
      'an API that has nothing to do with models',
      [written('<set-backend-service backend-id="shop" />', backends({ shop: 'https://shop.example' }))],
    ],
    [
      'an API to one model, which no header names',
      [written('<set-backend-service backend-id="chat" />', backends({ chat: URL })), diagnostic()],
    ],
  ])('%s', (_what, parts) => {
    expect(check(...parts)).toEqual([]);
  });
});

describe('gateway-no-telemetry warns of', () => {
  test('an API without any diagnostic', () => {
    expect(check(policy())).toEqual([
      {
        rule: 'gateway-no-telemetry',
        severity: 'warning',
        status: 'violation',
        resource: { address: 'azurerm_api_management_api.models', type: 'azurerm_api_management_api' },
        message: 'the API leads to models, and no diagnostic records its calls',
        fix: 'declare an azurerm_api_management_api_diagnostic with a logger for the API, and log the header that names the version; a ModelGateway does both when it is given telemetry',
      },
    ]);
  });

  test('each API of the generated gateway whose diagnostic is gone', () => {
    const rest = withoutType(GENERATED, 'azurerm_api_management_api_diagnostic');
    expect(check(rest).map(({ resource }) => resource.address)).toEqual([
      'azurerm_api_management_api.dated',
      'azurerm_api_management_api.v1',
    ]);
  });

  test('an API whose diagnostic is that of another API', () => {
    expect(check(policy(), diagnostic({ api_name: 'shop', ...LOGGED }))).toHaveLength(1);
  });

  test('a diagnostic without the header, and a trace without the version', () => {
    const traced = policy(
      '<trace source="a"><message>@(context.Request.Headers.GetValueOrDefault("x-caller",""))</message></trace>',
    );
    expect(check(traced, diagnostic({ frontend_request: { headers_to_log: ['x-caller'] } }))).toMatchObject([
      {
        severity: 'warning',
        status: 'violation',
        message:
          "calls are recorded without the version: neither a diagnostic logs 'x-model', nor does a trace or metric of the policies hold it",
      },
    ]);
  });
});

describe('gateway-no-telemetry does not know', () => {
  test('what the service has that is declared elsewhere', () => {
    expect(check(ofServiceElsewhere(policy()))).toMatchObject([
      {
        status: 'unknown',
        message:
          'the API leads to models, and no diagnostic records its calls, unless the API Management service, which is declared elsewhere, has one for all APIs',
      },
    ]);
  });

  test('which headers a variable holds', () => {
    expect(check(policy(), diagnostic({ frontend_request: { headers_to_log: '${var.headers}' } }))).toMatchObject([
      {
        status: 'unknown',
        message:
          'whether calls are recorded with the version is not known: the headers that azurerm_api_management_api_diagnostic.models logs cannot be read',
      },
    ]);
  });
});
