import { isJsonObject } from '../../contracts/json-file';
import { SynthesisedConfiguration, SynthesisedResource } from './configuration';
import { attributeMissing, resourceNotRead } from './errors';

/** The resources of one API Management service. */
export interface ServiceGroup {
  readonly name: string;
  readonly resources: readonly SynthesisedResource[];
}

const SERVICE = 'azurerm_api_management';

/** What the reader puts into a gateway; the service itself is named by the others. */
const READ: readonly string[] = [
  'api',
  'api_operation',
  'api_operation_policy',
  'api_policy',
  'backend',
  'named_value',
  'policy',
  'policy_fragment',
  'product',
  'product_api',
  'subscription',
].map((name) => `${SERVICE}_${name}`);

const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^azurerm_api_management_product_policy$/, 'policies of products are not run; put it into the policy of the API'],
  [/^azurerm_api_management_workspace/, 'workspaces are not run; declare the API on the service itself'],
];
const AZAPI_PART =
  /^Microsoft\.ApiManagement\/service\/(?:apis|backends|namedValues|policies|policyFragments|products|subscriptions|workspaces)\b/i;

/** The services of a file, by the name that their parts give. */
export function serviceGroups(configuration: SynthesisedConfiguration, problems: string[]): ServiceGroup[] {
  const groups = new Map<string, { name: string; resources: SynthesisedResource[] }>();
  for (const resource of configuration.managed()) {
    const reason = reasonNotRun(resource);
    if (reason !== undefined) {
      problems.push(resourceNotRead(resource.address, reason));
    } else if (READ.includes(resource.type)) {
      const name = serviceName(configuration, resource);
      if (name === undefined) {
        problems.push(attributeMissing(resource.address, 'api_management_name or api_management_id'));
        continue;
      }
      const group = groups.get(name.toLowerCase()) ?? { name, resources: [] };
      group.resources.push(resource);
      groups.set(name.toLowerCase(), group);
    }
  }
  return withApis([...groups.values()]);
}

/** Where a stack gets the service from another one, its parts name it by different outputs: one service with APIs takes all. */
function withApis(groups: readonly ServiceGroup[]): ServiceGroup[] {
  const serving = groups.filter(({ resources }) => resources.some(({ type }) => type === `${SERVICE}_api`));
  const [only] = serving;
  if (only === undefined || serving.length > 1) {
    return serving;
  }
  const nameless = groups.filter((group) => group !== only && group.name.includes('${'));
  return [{ ...only, resources: [only, ...nameless].flatMap(({ resources }) => resources) }];
}

function reasonNotRun({ type, values }: SynthesisedResource): string | undefined {
  if (type.startsWith('azapi_') && typeof values.type === 'string' && AZAPI_PART.test(values.type)) {
    return `${values.type.split('@')[0]} is read from azurerm resources only`;
  }
  return NOT_RUN.find(([pattern]) => pattern.test(type))?.[1];
}

/** Name of the service that a part belongs to: what the file says, else the expression for it, which is the same in all parts. */
function serviceName(configuration: SynthesisedConfiguration, { values }: SynthesisedResource): string | undefined {
  const { api_management_name: name, api_management_id: id } = values;
  if (typeof name === 'string') {
    return textOf(configuration, name);
  }
  if (typeof id !== 'string') {
    return undefined;
  }
  const service = configuration.referenceOf(id)?.resource.values;
  if (isJsonObject(service) && typeof service.name === 'string') {
    return textOf(configuration, service.name);
  }
  const text = textOf(configuration, id);
  const last = /\/service\/([^/]+)$/i.exec(text)?.[1];
  // Whatever names a service by `.name` names the same one by `.id`.
  return last ?? text.replace(/\.id\}$/, '.name}');
}

function textOf(configuration: SynthesisedConfiguration, text: string): string {
  return configuration.fill(text, (expression) => `\${${expression}}`);
}
