import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiOperationPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-operation-policy';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { ApiManagementPolicyFragment } from '@cdktf/provider-azurerm/lib/api-management-policy-fragment';
import { Lazy, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { terraformAddress } from '../accounts/terraform-address';
import type { IApiManagementService } from './api-management-service-interface';
import { GatewayPolicies, GatewayPolicyName } from './gateway-policies';
import { GatewaySettings } from './gateway-settings';
import { fragmentName, fragmentParts } from './policy/gateway-policy';
import { operationsOf, templateParameters } from './policy/operations';
import { Surface } from './policy/routing-table';

export interface GatewayApisOptions {
  readonly service: IApiManagementService;
  readonly settings: GatewaySettings;
  /** The policies for the routes that there are when it is asked. */
  readonly policies: () => GatewayPolicies;
}

/** An operation, and the policy that it has of its own. */
interface DeclaredOperation {
  readonly id: string;
  readonly displayName: string;
  readonly method: string;
  readonly urlTemplate: string;
  readonly policy?: GatewayPolicyName;
}

const SURFACES: readonly Surface[] = ['dated', 'v1'];

const DISCOVERY: readonly DeclaredOperation[] = [
  { id: 'models', displayName: 'Models', method: 'GET', urlTemplate: '/models', policy: 'models' },
  { id: 'model', displayName: 'Model', method: 'GET', urlTemplate: '/models/{model}', policy: 'model' },
];

/** Callers of a path that is not served get an error that OpenAI's clients can read. */
const UNKNOWN_PATHS = ['GET', 'POST', 'DELETE'].map((method): DeclaredOperation => ({
  id: `unknown-path-${method.toLowerCase()}`,
  displayName: `Unknown path (${method})`,
  method,
  urlTemplate: '/{*path}',
  policy: 'unknown',
}));

/** API Management leaves the old API in place until callers are on the new one, so all of it is created before it is destroyed. */
const LIFECYCLE = { lifecycle: { createBeforeDestroy: true } };

/** The two APIs of a gateway, one for each surface, with operations, fragments and policies. */
export class GatewayApis {
  /** Names of the APIs as references, so that whoever uses them waits for the APIs. */
  public readonly names: readonly string[];

  /** Fragments, and the backends and role assignments of all routes, those added later included. */
  private readonly namedInPolicies: TerraformResource[] = [];

  /** The policies that every call goes through. */
  public readonly entryPolicies: TerraformResource[] = [];

  public constructor(
    private readonly gateway: Construct,
    private readonly options: GatewayApisOptions,
  ) {
    this.addFragments();
    this.names = SURFACES.map((surface) => this.addApi(surface));
  }

  /**
   * Lets the policies that name routes wait for what these need: what is hidden in text Terraform does not see. What lies
   * in another stack is applied before or after the whole of it.
   */
  public waitFor(resources: readonly TerraformResource[]): void {
    const stack = TerraformStack.of(this.gateway);
    const own = resources.filter((resource) => TerraformStack.of(resource) === stack);
    this.namedInPolicies.push(...own.filter((resource) => !this.namedInPolicies.includes(resource)));
  }

  private addFragments(): void {
    const { service, settings, policies } = this.options;
    for (const part of fragmentParts) {
      const fragment = new ApiManagementPolicyFragment(this.gateway, `Fragment-${part}`, {
        name: fragmentName(settings.policyOptions.name, part),
        apiManagementId: service.serviceId,
        format: 'xml',
        value: Lazy.stringValue({ produce: () => policies().fragmentText(part) }),
        ...LIFECYCLE,
      });
      this.namedInPolicies.push(fragment);
    }
  }

  private letWait(policy: TerraformResource): void {
    policy.dependsOn = Lazy.listValue({ produce: () => this.namedInPolicies.map(terraformAddress) });
  }

  private addApi(surface: Surface): string {
    const { policyOptions, path } = this.options.settings;
    const name = `${policyOptions.name}-${surface}`;
    const scope = new Construct(this.gateway, surface);
    const api = new ApiManagementApi(scope, 'Api', {
      ...this.inService,
      name,
      displayName: `${policyOptions.name} (${surface === 'dated' ? 'dated API' : 'v1 API'})`,
      path: surface === 'dated' ? path : `${path}/v1`,
      protocols: ['https'],
      revision: '1',
      apiType: 'http',
      subscriptionRequired: policyOptions.access.kind === 'keys',
      // What the clients of Azure OpenAI send their key in.
      subscriptionKeyParameterNames: { header: 'api-key', query: 'subscription-key' },
      ...LIFECYCLE,
    });
    const apiName = api.name;
    const apiPolicy = new ApiManagementApiPolicy(scope, 'Policy', {
      ...this.inService,
      apiName,
      xmlContent: this.text(surface),
      ...LIFECYCLE,
    });
    this.letWait(apiPolicy);
    this.entryPolicies.push(apiPolicy);
    for (const operation of operationsWithPolicies(surface)) {
      this.addOperation(scope, apiName, operation);
    }
    return apiName;
  }

  private addOperation(
    scope: Construct,
    apiName: string,
    { id, displayName, method, urlTemplate, policy }: DeclaredOperation,
  ): void {
    const operation = new ApiManagementApiOperation(scope, `Operation-${id}`, {
      ...this.inService,
      apiName,
      operationId: id,
      displayName,
      method,
      urlTemplate,
      templateParameter: templateParameters(urlTemplate).map((name) => ({ name, required: true, type: 'string' })),
      ...LIFECYCLE,
    });
    if (policy === undefined) {
      return;
    }
    const operationPolicy = new ApiManagementApiOperationPolicy(scope, `OperationPolicy-${id}`, {
      ...this.inService,
      apiName,
      operationId: operation.operationId,
      xmlContent: this.text(policy),
      ...LIFECYCLE,
    });
    if (policy !== 'unknown') {
      this.letWait(operationPolicy);
    }
  }

  private text(name: GatewayPolicyName): string {
    return Lazy.stringValue({ produce: () => this.options.policies().text(name) });
  }

  private get inService(): { readonly apiManagementName: string; readonly resourceGroupName: string } {
    const { serviceName, resourceGroupName } = this.options.service;
    return { apiManagementName: serviceName, resourceGroupName };
  }
}

function operationsWithPolicies(surface: Surface): DeclaredOperation[] {
  const served = operationsOf(surface).map(
    ({ id, displayName, method, urlTemplate, multipart }): DeclaredOperation => ({
      id,
      displayName,
      method,
      urlTemplate,
      ...(surface === 'v1' && multipart && { policy: 'form' }),
    }),
  );
  return [...served, ...(surface === 'v1' ? DISCOVERY : []), ...UNKNOWN_PATHS];
}
