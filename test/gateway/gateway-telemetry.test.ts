import { createHash } from 'node:crypto';
import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ApiManagementService } from '../../lib/gateway/api-management-service';
import { ApiManagementSku } from '../../lib/gateway/api-management-sku';
import { GatewayTelemetry } from '../../lib/gateway/gateway-telemetry';
import { installTelemetry, TelemetryOptions } from '../../lib/gateway/install-telemetry';
import { conformanceProblems } from '../support/provider-schema';
import { onlyResource, synthesised, testStack, Values } from '../support/synthesised';

const IN_SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers';
const COMPONENT_ID = `${IN_SUBSCRIPTION}/Microsoft.Insights/components/insights`;
const CONNECTION_STRING =
  'InstrumentationKey=11111111-2222-3333-4444-555555555555;IngestionEndpoint=https://swedencentral-0.in.applicationinsights.azure.com/';
const SECRET_ID = 'https://contoso.vault.azure.net/secrets/insights';
const CLIENT_ID = 'aaaaaaaa-2222-3333-4444-555555555555';

const TELEMETRY: GatewayTelemetry = { applicationInsightsId: COMPONENT_ID, connectionString: CONNECTION_STRING };
const HEADERS = ['x-ai-model', 'x-ai-release'];

type Options = Partial<Omit<TelemetryOptions, 'telemetry'>> & { telemetry?: Partial<GatewayTelemetry> };

function install(options: Options = {}, identityClientId?: string): TerraformStack {
  const stack = testStack();
  const scope = new Construct(stack, 'gateway');
  installTelemetry(scope, {
    service: ApiManagementService.fromServiceId(stack, 'service', {
      serviceId: `${IN_SUBSCRIPTION}/Microsoft.ApiManagement/service/contoso`,
      sku: ApiManagementSku.standardV2(),
      identityPrincipalId: 'bbbbbbbb-2222-3333-4444-555555555555',
      identityClientId,
    }),
    apiNames: ['models'],
    headersToLog: HEADERS,
    namePrefix: 'models',
    ...options,
    telemetry: { ...TELEMETRY, ...options.telemetry },
  });
  return stack;
}

const diagnosticOf = (options: Options = {}) => onlyResource(install(options), 'azurerm_api_management_api_diagnostic');
const loggerOf = (options: Options = {}) => onlyResource(install(options), 'azurerm_api_management_logger');

/** The one resource of the template and what it is given. */
function templateOf(options: Options = {}) {
  const deployment = onlyResource(
    install({ ...options, telemetry: { tokenMetricsNamespace: 'models', ...options.telemetry } }),
    'azurerm_resource_group_template_deployment',
  );
  const template = JSON.parse(deployment.template_content as string) as {
    parameters: Values;
    resources: { type: string; apiVersion: string; name: string; properties: Values }[];
  };
  expect(template.resources).toHaveLength(1);
  return { deployment, template, resource: template.resources[0]! };
}

test('the connection string is a secret of the service', () => {
  expect(onlyResource(install(), 'azurerm_api_management_named_value')).toEqual({
    name: 'models-application-insights',
    display_name: 'models-application-insights',
    api_management_name: 'contoso',
    resource_group_name: 'rg',
    secret: true,
    value: CONNECTION_STRING,
    lifecycle: { create_before_destroy: true },
  });
});

test.each([
  ["the service's own identity", undefined, { secret_id: SECRET_ID }],
  ['its user-assigned identity', CLIENT_ID, { secret_id: SECRET_ID, identity_client_id: CLIENT_ID }],
])('the connection string may be read from Key Vault with %s', (_, clientId, expected) => {
  const stack = install({ telemetry: { connectionString: undefined, connectionStringSecretId: SECRET_ID } }, clientId);
  const value = onlyResource(stack, 'azurerm_api_management_named_value');
  expect([value.value_from_key_vault, value.value, value.secret]).toEqual([expected, undefined, true]);
});

test('the logger names the secret by its display name, and Terraform is told of it', () => {
  const digest = createHash('sha256').update(COMPONENT_ID).digest('hex').slice(0, 8);
  expect(loggerOf()).toEqual({
    name: `models-${digest}`,
    api_management_name: 'contoso',
    resource_group_name: 'rg',
    resource_id: COMPONENT_ID,
    application_insights: { connection_string: '{{models-application-insights}}' },
    buffered: true,
    lifecycle: { create_before_destroy: true },
    depends_on: [
      expect.stringMatching(/^azurerm_api_management_named_value\.gateway_Telemetry_ConnectionString_\w+$/) as unknown,
    ],
  });
});

test('another component gives the logger another name, another connection string does not touch it', () => {
  const other = { applicationInsightsId: COMPONENT_ID.replace('components/insights', 'components/other') };
  expect(loggerOf({ telemetry: other }).name).not.toBe(loggerOf().name);
  expect(loggerOf({ telemetry: { connectionString: CONNECTION_STRING.replace('1111', '2222') } })).toEqual(loggerOf());
});

test('each API reports calls with their headers and never a body', () => {
  const request = { body_bytes: 0, data_masking: { query_params: [{ mode: 'Hide', value: 'subscription-key' }] } };
  expect(diagnosticOf()).toEqual({
    identifier: 'applicationinsights',
    api_management_name: 'contoso',
    resource_group_name: 'rg',
    api_name: 'models',
    api_management_logger_id: expect.stringMatching(
      /^\$\{azurerm_api_management_logger\.gateway_Telemetry_Logger_\w+\.id\}$/,
    ) as unknown,
    sampling_percentage: 100,
    always_log_errors: true,
    verbosity: 'information',
    log_client_ip: false,
    http_correlation_protocol: 'W3C',
    operation_name_format: 'Name',
    frontend_request: { ...request, headers_to_log: HEADERS },
    frontend_response: { body_bytes: 0, headers_to_log: HEADERS },
    backend_request: request,
    backend_response: { body_bytes: 0, headers_to_log: ['apim-request-id', 'retry-after', 'x-ms-region'] },
  });
});

test('sampling is configurable down to nothing', () => {
  expect(diagnosticOf({ telemetry: { samplingPercentage: 0 } }).sampling_percentage).toBe(0);
  expect(templateOf({ telemetry: { samplingPercentage: 12.5 } }).resource.properties.sampling).toEqual({
    samplingType: 'fixed',
    percentage: 12.5,
  });
});

test('headers are logged once, in one order, whatever their spelling', () => {
  const headersToLog = ['X-Release', 'x-ai-model', 'x-release', 'X-AI-Model'];
  expect(diagnosticOf({ headersToLog }).frontend_request).toMatchObject({
    headers_to_log: ['x-ai-model', 'x-release'],
  });
});

test('APIs and a component that this configuration makes are referred to, and all of it conforms to the provider schema', () => {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const insights = new ApplicationInsights(stack, 'insights', {
    name: 'insights',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    applicationType: 'web',
  });
  const service = new ApiManagementService(stack, 'service', {
    serviceName: 'contoso',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    publisherName: 'Contoso',
    publisherEmail: 'models@contoso.com',
    sku: ApiManagementSku.basicV2(),
  });
  const apis = ['dated', 'v1'].map(
    (name) =>
      new ApiManagementApi(stack, name, {
        name,
        displayName: name,
        path: name,
        protocols: ['https'],
        revision: '1',
        apiManagementName: service.serviceName,
        resourceGroupName: service.resourceGroupName,
      }),
  );
  installTelemetry(new Construct(stack, 'gateway'), {
    service,
    apiNames: apis.map((api) => api.name),
    headersToLog: HEADERS,
    namePrefix: 'models',
    telemetry: {
      applicationInsightsId: insights.id,
      connectionString: insights.connectionString,
      tokenMetricsNamespace: 'models',
    },
  });
  const json = synthesised(stack);
  expect(conformanceProblems(json)).toEqual([]);
  const names = (type: string) => Object.values(json.resource[type]!).map(({ api_name }) => api_name);
  expect(names('azurerm_api_management_api_diagnostic')).toEqual([
    '${azurerm_api_management_api.dated.name}',
    '${azurerm_api_management_api.v1.name}',
  ]);
  expect(Object.values(json.resource.azurerm_api_management_logger!)[0]!.name).toBe(
    'models-${substr(sha256(azurerm_application_insights.insights.id), 0, 8)}',
  );
  const deployments = Object.values(json.resource.azurerm_resource_group_template_deployment!);
  expect(deployments.map(({ parameters_content }) => parameters_content)).toEqual(
    ['dated', 'v1'].map((api) =>
      expect.stringMatching(
        new RegExp(
          `^\\$\\{jsonencode\\(\\{"serviceName" = \\{"value" = azurerm_api_management\\.service\\.name\\}, "apiName" = \\{"value" = azurerm_api_management_api\\.${api}\\.name\\}, ` +
            '"loggerId" = \\{"value" = azurerm_api_management_logger\\.gateway_Telemetry_Logger_\\w+\\.id\\}\\}\\)\\}$',
        ),
      ),
    ),
  );
  expect(new Set(deployments.map(({ name }) => name)).size).toBe(2);
});

describe('with token metrics', () => {
  test('a template writes the diagnostic once more, the same and with metrics', () => {
    const { deployment, template, resource } = templateOf();
    expect(deployment).toMatchObject({
      name: expect.stringMatching(/^models-diagnostic-[0-9a-f]{8}$/) as unknown,
      resource_group_name: 'rg',
      deployment_mode: 'Incremental',
      depends_on: [
        expect.stringMatching(/^azurerm_api_management_api_diagnostic\.gateway_Telemetry_Diagnostic-models_/),
      ],
    });
    expect(Object.keys(template.parameters)).toEqual(['serviceName', 'apiName', 'loggerId']);
    const request = {
      body: { bytes: 0 },
      dataMasking: { queryParams: [{ mode: 'Hide', value: 'subscription-key' }] },
    };
    expect(resource).toEqual({
      type: 'Microsoft.ApiManagement/service/apis/diagnostics',
      apiVersion: '2022-08-01',
      name: "[format('{0}/{1}/applicationinsights', parameters('serviceName'), parameters('apiName'))]",
      properties: {
        loggerId: "[parameters('loggerId')]",
        metrics: true,
        sampling: { samplingType: 'fixed', percentage: 100 },
        alwaysLog: 'allErrors',
        verbosity: 'information',
        logClientIp: false,
        httpCorrelationProtocol: 'W3C',
        operationNameFormat: 'Name',
        frontend: {
          request: { ...request, headers: HEADERS },
          response: { body: { bytes: 0 }, headers: HEADERS },
        },
        backend: {
          request: { ...request, headers: [] },
          response: { body: { bytes: 0 }, headers: ['apim-request-id', 'retry-after', 'x-ms-region'] },
        },
      },
    });
  });

  test('the provider makes its diagnostic and then leaves every setting alone, or it would take the metrics away', () => {
    const { lifecycle, ...written } = diagnosticOf({ telemetry: { tokenMetricsNamespace: 'models' } });
    const placed = ['identifier', 'api_management_name', 'resource_group_name', 'api_name'];
    expect(lifecycle).toEqual({
      ignore_changes: Object.keys(written)
        .filter((name) => !placed.includes(name))
        .sort(),
    });
    expect(written).toEqual(diagnosticOf());
  });

  test('without them there is no template and nothing is ignored', () => {
    expect(synthesised(install()).resource.azurerm_resource_group_template_deployment).toBeUndefined();
    expect(diagnosticOf().lifecycle).toBeUndefined();
  });

  test.each([
    ['another service prefix', { namePrefix: 'x'.repeat(50) }],
    ['the API of a long name', { apiNames: ['y'.repeat(200)] }],
  ])('the name of the template keeps within the 64 characters of Azure for %s', (_, options) => {
    expect(templateOf(options).deployment.name).toMatch(/^[a-z]{1,40}-diagnostic-[0-9a-f]{8}$/);
  });
});

describe('is refused with', () => {
  const NEITHER_OR_BOTH =
    'pass either connectionString (an attribute of the Application Insights resource) or connectionStringSecretId (a secret in Key Vault)';

  test.each<[string, Partial<GatewayTelemetry>, string]>([
    [
      'no connection string',
      { connectionString: undefined },
      `telemetry of stack/gateway has no connection string; ${NEITHER_OR_BOTH}`,
    ],
    [
      'two connection strings',
      { connectionStringSecretId: SECRET_ID },
      `telemetry of stack/gateway has connectionString and connectionStringSecretId; ${NEITHER_OR_BOTH}`,
    ],
    [
      'a component that is none',
      { applicationInsightsId: `${IN_SUBSCRIPTION}/Microsoft.OperationalInsights/workspaces/logs` },
      `applicationInsightsId '${IN_SUBSCRIPTION}/Microsoft.OperationalInsights/workspaces…' of stack/gateway is not the resource id of an Application Insights component; ` +
        "write '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Insights/components/<component>'",
    ],
    [
      'sampling of more than all',
      { samplingPercentage: 101 },
      'samplingPercentage 101 of the telemetry of stack/gateway is not valid: write a number from 0 to 100',
    ],
    [
      'sampling that is no number',
      { samplingPercentage: NaN },
      'samplingPercentage NaN of the telemetry of stack/gateway is not valid: write a number from 0 to 100',
    ],
  ])('%s', (_, telemetry, message) => {
    expect(() => install({ telemetry })).toThrow(new Error(message));
  });

  test.each(['', 'InstrumentationKey=', 'Endpoint=sb://hub/;SharedAccessKey=topsecret', 'topsecret'])(
    'the connection string %j, which the error does not repeat',
    (connectionString) => {
      expect(() => install({ telemetry: { connectionString } })).toThrow(
        /^connectionString of the telemetry of stack\/gateway is not valid: it has the form (?!.*topsecret)/,
      );
    },
  );

  test.each([
    'insights',
    'http://contoso.vault.azure.net/secrets/insights',
    'https://contoso.vault.azure.net/keys/insights',
    'https://contoso.vault.azure.net/secrets/',
    'https://contoso.example.com/secrets/insights',
    'https://contoso.vault.azure.net/secrets/in_sights',
  ])('the secret id %j', (connectionStringSecretId) => {
    expect(() => install({ telemetry: { connectionString: undefined, connectionStringSecretId } })).toThrow(
      new Error(
        `connectionStringSecretId '${connectionStringSecretId}' of stack/gateway is not the id of a secret in Key Vault; ` +
          "write 'https://<vault>.vault.azure.net/secrets/<name>'",
      ),
    );
  });

  test.each(['', ' ', '1models', 'mo"dels', '{{secret}}', '@(1)', '<x>', 'x'.repeat(257)])(
    'the namespace %j',
    (tokenMetricsNamespace) => {
      expect(() => install({ telemetry: { tokenMetricsNamespace } })).toThrow(
        /^tokenMetricsNamespace '.*' of stack\/gateway is not valid: write 1 to 256 letters/,
      );
    },
  );

  test.each(['Authorization', 'api-key', 'Ocp-Apim-Subscription-Key', 'Proxy-Authorization', 'cookie', 'Set-Cookie'])(
    'the header %s, which carries a secret',
    (header) => {
      expect(() => install({ headersToLog: ['x-ai-model', header] })).toThrow(
        new Error(`stack/gateway would log the header '${header}', which carries a secret; choose another header name`),
      );
    },
  );

  test.each(['', 'x ai', 'x:ai', "[parameters('loggerId')]", '${path.module}', '{{secret}}', 'x\r\ny', '"'])(
    'the header %j, which is none',
    (header) => {
      expect(() => install({ headersToLog: [header], telemetry: { tokenMetricsNamespace: 'models' } })).toThrow(
        /^stack\/gateway would log the header '.*', which is no name of a header: /,
      );
    },
  );

  test.each(['', '-models', 'mod els', '{{x}}', 'x'.repeat(61)])('the prefix %j', (namePrefix) => {
    expect(() => install({ namePrefix })).toThrow(
      new Error(
        `the telemetry of stack/gateway would be named '${namePrefix}-application-insights', which API Management does not take: ` +
          "a name has 1 to 80 letters, digits, '_' and '-', and starts and ends with a letter or digit; shorten or respell the name of the gateway",
      ),
    );
  });
});
