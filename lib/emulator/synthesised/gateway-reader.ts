import { FragmentDocument, PolicyDocument } from '../../policy/policy-document';
import { GatewayApi, GatewayBackend, GatewayDefinition, GatewayOperation } from '../gateway-definition';
import { readBackend, readUrl } from './backend-reader';
import { blocksOf, SynthesisedConfiguration, SynthesisedResource } from './configuration';
import { apiUnknown, declaredTwice, gatewayUnreadable, operationUnknown, resourceNotRead } from './errors';
import { ResourceReader } from './resource-reader';
import { ServiceGroup, serviceGroups } from './service-groups';
import { StandIns } from './stand-ins';
import { productNotes, readSubscriptions } from './subscription-reader';

/** An API Management service of a synthesised stack, ready to be run. */
export interface SynthesisedGateway {
  /** Name of the service, or the expression for it where only an apply tells. */
  readonly name: string;
  readonly definition: GatewayDefinition;
  /** What is taken from elsewhere than the file, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The gateways of a `cdk.tf.json`, as read from JSON: each API Management service for which the stack declares APIs.
 *
 * @throws if a gateway holds what cannot be read or run, with all of it named by the resource's address
 */
export function gatewaysOf(configuration: unknown): SynthesisedGateway[] {
  const file = new SynthesisedConfiguration(configuration);
  const problems: string[] = [];
  const gateways = serviceGroups(file, problems).map((group) => new GatewayReader(file, group, problems).read());
  if (gateways.length > 0 && problems.length > 0) {
    throw gatewayUnreadable(problems);
  }
  return gateways;
}

class GatewayReader {
  private readonly standIns = new StandIns();
  private readonly reader: ResourceReader;
  private readonly notes: string[] = [];

  constructor(
    configuration: SynthesisedConfiguration,
    private readonly group: ServiceGroup,
    private readonly problems: string[],
  ) {
    this.reader = new ResourceReader(configuration, this.standIns, problems);
  }

  read(): SynthesisedGateway {
    const policies = this.byName(
      'policy',
      () => 'policy',
      (resource) => this.reader.policy(resource),
    );
    const apis = this.apis();
    const subscriptions = readSubscriptions(this.reader, this.ofType('subscription'), this.notes);
    this.notes.push(...productNotes(this.reader, this.ofType('product_api'), apis, subscriptions));
    this.notes.push(...this.reader.configuration.modules.map((address) => `${address} is not read`));
    const definition: GatewayDefinition = {
      apis,
      backends: this.byName<GatewayBackend>('backend', this.named, (resource) => readBackend(this.reader, resource)),
      fragments: this.byName<FragmentDocument>('policy_fragment', this.named, (resource) =>
        this.reader.fragment(resource),
      ),
      namedValues: this.namedValues(),
      subscriptions,
      ...(policies.size > 0 && { policy: policies.get('policy')! }),
      ...(!this.group.name.includes('${') && { serviceName: this.group.name }),
    };
    return { name: this.group.name, definition, notes: [...this.standIns.notes(), ...this.notes] };
  }

  private readonly named = (resource: SynthesisedResource): string => this.reader.required(resource, 'name');

  /** Revisions are written behind the name. */
  private readonly apiOf = (resource: SynthesisedResource): string =>
    this.reader.required(resource, 'api_name').split(';')[0]!;

  private readonly operationOf = (resource: SynthesisedResource): string =>
    `${this.apiOf(resource)}/${this.reader.required(resource, 'operation_id')}`;

  private ofType(name: string): SynthesisedResource[] {
    const type = `azurerm_api_management_${name}`;
    return this.group.resources.filter((resource) => resource.type === type && this.reader.isSingle(resource));
  }

  /** The resources of a type by a name, which is theirs alone. */
  private byName<Value>(
    type: string,
    nameOf: (resource: SynthesisedResource) => string,
    valueOf: (resource: SynthesisedResource, name: string) => Value | undefined,
  ): Map<string, Value> {
    const values = new Map<string, Value>();
    const owners = new Map<string, string>();
    for (const resource of this.ofType(type)) {
      const name = nameOf(resource);
      const other = owners.get(name);
      if (other !== undefined) {
        this.problems.push(declaredTwice(resource.address, `'${name}'`, other));
      }
      owners.set(name, resource.address);
      const value = valueOf(resource, name);
      if (value !== undefined) {
        values.set(name, value);
      }
    }
    return values;
  }

  private apis(): GatewayApi[] {
    const apis = this.byName('api', this.named, (resource, name) => this.api(resource, name));
    const policies = this.byName<PolicyDocument>('api_policy', this.apiOf, (resource, api) => {
      this.requireApi(resource, api, apis);
      return this.reader.policy(resource);
    });
    const operations = this.byName('api_operation', this.operationOf, (resource, id) => {
      this.requireApi(resource, id.split('/')[0]!, apis);
      return this.operation(resource);
    });
    const operationPolicies = this.byName<PolicyDocument>('api_operation_policy', this.operationOf, (resource, id) => {
      if (!operations.has(id)) {
        const [api, ...rest] = id.split('/');
        this.problems.push(operationUnknown(resource.address, api!, rest.join('/')));
      }
      return this.reader.policy(resource);
    });
    return [...apis].map(([id, api]) => ({
      ...api,
      ...(policies.has(id) && { policy: policies.get(id)! }),
      operations: [...operations]
        .filter(([key]) => key.startsWith(`${id}/`))
        .map(([key, operation]) => ({
          ...operation,
          ...(operationPolicies.has(key) && { policy: operationPolicies.get(key)! }),
        })),
    }));
  }

  private requireApi(resource: SynthesisedResource, name: string, apis: ReadonlyMap<string, GatewayApi>): void {
    if (!apis.has(name)) {
      this.problems.push(apiUnknown(resource.address, name));
    }
  }

  private api(resource: SynthesisedResource, id: string): GatewayApi {
    const { values, address } = resource;
    const refuse = (reason: string): void => void this.problems.push(resourceNotRead(address, reason));
    if (blocksOf(values.import).length > 0) {
      refuse('import is not read; declare the operations as azurerm_api_management_api_operation');
    }
    if ((values.version_set_id ?? undefined) !== undefined) {
      refuse('APIs of a version set are not run; write the version into the path');
    }
    const type = this.reader.optional(resource, 'api_type') ?? 'http';
    if (type !== 'http') {
      refuse(`api_type '${type}' is not run; allowed is http`);
    }
    const [keys] = blocksOf(values.subscription_key_parameter_names);
    const serviceUrl = readUrl(this.reader, resource, 'service_url');
    const displayName = this.reader.optional(resource, 'display_name');
    return {
      id,
      path: (this.reader.optional(resource, 'path') ?? '').replace(/^\/+|\/+$/g, ''),
      operations: [],
      subscriptionRequired: this.reader.boolean(resource, 'subscription_required', true),
      ...(displayName !== undefined && { name: displayName }),
      ...(serviceUrl !== undefined && { serviceUrl }),
      ...(typeof keys?.header === 'string' && { subscriptionKeyHeader: keys.header }),
      ...(typeof keys?.query === 'string' && { subscriptionKeyQueryParameter: keys.query }),
    };
  }

  private operation(resource: SynthesisedResource): GatewayOperation {
    const displayName = this.reader.optional(resource, 'display_name');
    return {
      id: this.reader.required(resource, 'operation_id'),
      method: this.reader.required(resource, 'method').toUpperCase(),
      // The wildcard of a template may stand without braces: learn.microsoft.com/azure/api-management/add-api-manually
      urlTemplate: this.reader.required(resource, 'url_template').replace(/\/\*([A-Za-z0-9_-]*)$/, '/{*$1}'),
      ...(displayName !== undefined && { name: displayName }),
    };
  }

  /** Policies refer to named values by their display names. */
  private namedValues(): Map<string, string> {
    const nameOf = (resource: SynthesisedResource): string => this.reader.required(resource, 'display_name');
    return this.byName('named_value', nameOf, (resource, name) => {
      const { value } = resource.values;
      if (typeof value === 'string') {
        return this.reader.configuration.fill(value, (expression) => this.standIns.of(expression, resource.address));
      }
      const text = `unresolved-${name}`;
      this.notes.push(`${resource.address} is kept elsewhere; '${text}' stands for its value`);
      return text;
    });
  }
}
