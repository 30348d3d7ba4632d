import { gatewaysOf } from '../../../lib/emulator/synthesised';
import { gatewayJson, POLICY, Resources } from './support/stack-json';

const API = 'azurerm_api_management_api';
const BACKEND = 'azurerm_api_management_backend';
const POLICY_TYPE = 'azurerm_api_management_api_policy';

describe('what cannot be read is refused by the address of its resource', () => {
  const refusals: [string, Resources, string[]][] = [
    [
      'for_each',
      { [BACKEND]: { main: { for_each: '${var.x}' } } },
      [`${BACKEND}.main: for_each is not read; write one resource for each instance`],
    ],
    [
      'count',
      { [BACKEND]: { main: { count: 2 } } },
      [`${BACKEND}.main: count is not read; write one resource for each instance`],
    ],
    [
      'dynamic blocks',
      { [BACKEND]: { main: { dynamic: { circuit_breaker_rule: {} } } } },
      [`${BACKEND}.main: dynamic is not read; write one resource for each instance`],
    ],
    [
      'the path of a backend that only an apply tells',
      { [BACKEND]: { main: { url: 'https://a.openai.azure.com/openai/deployments/${azurerm_x.y.name}' } } },
      [
        `${BACKEND}.main: url is 'https://a.openai.azure.com/openai/deployments/\${azurerm_x.y.name}', which the file does not say; write it literally, or as a reference to a literal of the same stack`,
      ],
    ],
    [
      'a whole URL that only an apply tells',
      { [BACKEND]: { main: { url: '${module.m.url}' } } },
      [
        `${BACKEND}.main: url is '\${module.m.url}', which the file does not say; write it literally, or as a reference to a literal of the same stack`,
      ],
    ],
    [
      'a URL of another kind',
      { [BACKEND]: { main: { url: 'ftp://a' } } },
      [`${BACKEND}.main: url is 'ftp://a'; allowed is an absolute http or https URL`],
    ],
    ['a URL that is no text', { [BACKEND]: { main: { url: 7 } } }, [`${BACKEND}.main: url is 7; allowed is text`]],
    ['no URL', { [BACKEND]: { main: { url: null } } }, [`${BACKEND}.main: url is missing`]],
    [
      'a breaker by percentage, with an odd duration',
      {
        [BACKEND]: {
          main: {
            circuit_breaker_rule: [
              { name: 'r', trip_duration: 'P1M', failure_condition: { percentage: 50, interval_duration: 'PT1M' } },
            ],
          },
        },
      },
      [
        `${BACKEND}.main: circuit_breaker_rule is run with failure_condition.count only, and percentage is not`,
        `${BACKEND}.main: circuit_breaker_rule.trip_duration is 'P1M'; allowed is an ISO 8601 duration such as PT1M`,
      ],
    ],
    [
      'Service Fabric',
      { [BACKEND]: { main: { service_fabric_cluster: { client_certificate_id: 'x' } } } },
      [`${BACKEND}.main: service_fabric_cluster is not run`],
    ],
    [
      'imports, version sets and protocols of an API',
      { [API]: { chat: { import: { content_format: 'openapi' }, version_set_id: 'v', api_type: 'websocket' } } },
      [
        `${API}.chat: import is not read; declare the operations as azurerm_api_management_api_operation`,
        `${API}.chat: APIs of a version set are not run; write the version into the path`,
        `${API}.chat: api_type 'websocket' is not run; allowed is http`,
      ],
    ],
    [
      'two APIs of one name',
      { [API]: { again: { name: 'chat', path: 'x' } } },
      [`${API}.again: 'chat' is declared by ${API}.chat already; keep one`],
    ],
    [
      'a policy of an API that is elsewhere',
      { [POLICY_TYPE]: { p: { api_name: 'other', xml_content: POLICY } } },
      [`${POLICY_TYPE}.p: API 'other' is not in this file; keep an API and its operations and policies in one stack`],
    ],
    [
      'a policy behind a link',
      { [POLICY_TYPE]: { p: { api_name: 'chat', xml_link: 'https://x' } } },
      [`${POLICY_TYPE}.p: xml_link is not read; write the policy in xml_content`],
    ],
    [
      'a policy from a file',
      { [POLICY_TYPE]: { p: { api_name: 'chat', xml_content: '${file("p.xml")}' } } },
      [
        `${POLICY_TYPE}.p: xml_content is '\${file("p.xml")}', which the file does not say; write it literally, or as a reference to a literal of the same stack`,
      ],
    ],
    [
      'a policy that is no XML',
      { [POLICY_TYPE]: { p: { api_name: 'chat', xml_content: '<policies><inbound>' } } },
      [`${POLICY_TYPE}.p: the policy cannot be read: line 1: <inbound> is never closed`],
    ],
    [
      'an empty policy resource',
      { [POLICY_TYPE]: { p: { api_name: 'chat' } } },
      [`${POLICY_TYPE}.p: xml_content is missing`],
    ],
    [
      'a policy of an operation that is elsewhere',
      {
        azurerm_api_management_api_operation_policy: {
          p: { api_name: 'chat', operation_id: 'x', xml_content: POLICY },
        },
      },
      ["azurerm_api_management_api_operation_policy.p: operation 'x' of API 'chat' is not in this file"],
    ],
    [
      'policies of products',
      { azurerm_api_management_product_policy: { p: { product_id: 'x', xml_content: POLICY } } },
      ['azurerm_api_management_product_policy.p: policies of products are not run; put it into the policy of the API'],
    ],
    [
      'workspaces',
      { azurerm_api_management_workspace_policy: { p: {} } },
      ['azurerm_api_management_workspace_policy.p: workspaces are not run; declare the API on the service itself'],
    ],
    [
      'azapi resources of the service',
      { azapi_resource: { p: { type: 'Microsoft.ApiManagement/service/backends@2024-05-01' } } },
      ['azapi_resource.p: Microsoft.ApiManagement/service/backends is read from azurerm resources only'],
    ],
  ];

  test.each(refusals)('%s', (_name, resources, problems) => {
    expect(() => gatewaysOf(gatewayJson(resources))).toThrow(
      new Error(
        `the gateway cannot be read from the synthesised stack:\n${problems.map((line) => `- ${line}`).join('\n')}`,
      ),
    );
  });

  test('what has no influence on a request is passed over', () => {
    const [gateway] = gatewaysOf(
      gatewayJson({
        azurerm_api_management_logger: { l: { for_each: '${var.x}' } },
        azurerm_resource_group: { g: { count: 3 } },
        azapi_resource: { l: { type: 'Microsoft.ApiManagement/service/loggers@2024-05-01' } },
        azurerm_api_management_backend: { none: { name: 'none', count: 0 } },
      }),
    );
    expect([...gateway!.definition.backends!.keys()]).toEqual(['main']);
  });
});
