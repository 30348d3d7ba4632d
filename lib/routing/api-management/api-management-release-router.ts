import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { ApiManagementBackend } from '@cdktf/provider-azurerm/lib/api-management-backend';
import { ApiManagementNamedValue } from '@cdktf/provider-azurerm/lib/api-management-named-value';
import { Lazy, TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { isGuid } from '../../accounts/resource-names';
import { killSwitchName } from '../../contracts/kill-switch';
import { trafficBucket } from '../../contracts/traffic-bucket';
import type { IApiManagementService } from '../../gateway/api-management-service-interface';
import { isSingleToken } from '../../gateway/gateway-names';
import { claimPlace } from '../../gateway/gateway-registry';
import { installTelemetry } from '../../gateway/install-telemetry';
import { ReleaseRouter } from '../release-router';
import { ConversationPinOptions } from '../release-router-props';
import { ReleaseRouterKind } from '../router-capabilities';
import { ROUTER_HEADERS } from '../router-headers';
import { ApiManagementReleaseRouterProps } from './api-management-release-router-props';
import { overrideClientInvalid, overrideNotAsked } from './errors';
import { backendIdOf, pinKeyName, RouterPolicyOptions } from './policy/router-policy-options';
import { routerPolicyProblems, routerPolicyText } from './router-policy-text';
import { RouterSettings, routerSettings } from './router-settings';

/** What the policy names stays until no policy names it. */
const LIFECYCLE = { lifecycle: { createBeforeDestroy: true } };

/**
 * A router as an API of API Management: its policy validates who calls, counts the user's bucket and sends the request to the app of
 * the release that owns the bucket. A user stays on his release, and a ramp moves nobody back.
 *
 * @example
 *
 * const router = new ApiManagementReleaseRouter(this, 'router', {
 *   service,
 *   access: RouterAccess.entra({ tenantId, audiences: ['api://chat'] }),
 *   releases: [
 *     RoutedRelease.stable(v1),
 *     RoutedRelease.canary(v2, { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 2) }),
 *   ],
 *   salt: 'chat-2026-11',
 *   allowOverride: true,
 * });
 * router.grantOverride(smokeTests.clientId);
 */
export class ApiManagementReleaseRouter extends ReleaseRouter {
  /** The API Management service in which the router lies. */
  public readonly service: IApiManagementService;

  /** Name of the router's API, as a reference: products that hold it wait for it. */
  public readonly apiName: string;

  private readonly settings: RouterSettings;
  private readonly overrideApps: string[] = [];

  /**
   * @throws if a property cannot be used, the releases are not ones that a router can serve, or another router or gateway of the app
   * has the same name or path in the service
   */
  constructor(scope: Construct, id: string, props: ApiManagementReleaseRouterProps) {
    super(scope, id, ReleaseRouterKind.API_MANAGEMENT_POLICY, props);
    this.service = props.service;
    this.settings = routerSettings(this, props);
    const { name, path } = this.settings.policyOptions;
    claimPlace(props.service, this.node.path, name, path);
    const named = [
      ...this.addBackends(),
      this.addKillSwitch(props.killSwitch ?? false),
      ...(props.conversationPin === undefined ? [] : [this.addPinKey(props.conversationPin)]),
    ];
    this.apiName = this.addApi(named);
    if (props.telemetry !== undefined) {
      installTelemetry(this, {
        service: props.service,
        apiNames: [this.apiName],
        headersToLog: [ROUTER_HEADERS.release],
        namePrefix: name,
        telemetry: { ...props.telemetry, tokenMetricsNamespace: undefined },
      });
    }
    this.node.addValidation({
      validate: () => routerPolicyProblems(this.node.path, this.policyOptions(), this.service.sku.name),
    });
  }

  /** Base URL that applications call, without a slash at the end; it stays the same whatever release answers. */
  public get url(): string {
    return `${this.service.gatewayUrl}/${this.settings.policyOptions.path}`;
  }

  /**
   * Lets an application choose releases with the header `x-release-override`, without the app role. Meant for tests with an identity of
   * their own: whoever signs in through a granted application may choose too.
   *
   * @param clientApplicationId - client (application) id; may be a token
   * @throws if the id is no GUID, or the router has no override
   */
  public grantOverride(clientApplicationId: string): void {
    if (!this.settings.policyOptions.override) {
      throw overrideNotAsked(this.node.path);
    }
    if (!isGuid(clientApplicationId) && !isSingleToken(clientApplicationId)) {
      throw overrideClientInvalid(this.node.path, clientApplicationId);
    }
    // Tokens name applications in lower case, and the policy compares by case.
    const id = Token.isUnresolved(clientApplicationId) ? clientApplicationId : clientApplicationId.toLowerCase();
    if (!this.overrideApps.includes(id)) {
      this.overrideApps.push(id);
    }
  }

  /**
   * Label of the release that serves a user, as long as neither pin, override nor kill switch says otherwise.
   *
   * @param userId - what the router knows the user by: `oid` of the token, id of the subscription or the visitor's cookie
   */
  public releaseFor(userId: string): string {
    const bucket = trafficBucket(this.salt, userId);
    return this._rows.find(({ from, to }) => bucket >= from && bucket < to)!.label;
  }

  private policyOptions(): RouterPolicyOptions {
    return { ...this.settings.policyOptions, overrideApps: this.overrideApps.join(',') };
  }

  private addBackends(): TerraformResource[] {
    const { name } = this.settings.policyOptions;
    return this.releases.flatMap(({ label, orchestrator }) =>
      orchestrator === undefined
        ? []
        : [
            new ApiManagementBackend(this, `Backend-${label}`, {
              ...this.inService,
              name: backendIdOf(name, label),
              protocol: 'http',
              url: orchestrator.url,
              description: `release ${label}`,
              ...LIFECYCLE,
            }),
          ],
    );
  }

  private addKillSwitch(isOn: boolean): TerraformResource {
    const name = killSwitchName(this.settings.policyOptions.name);
    return new ApiManagementNamedValue(this, 'KillSwitch', {
      ...this.inService,
      name,
      displayName: name,
      value: isOn ? 'on' : 'off',
      ...LIFECYCLE,
    });
  }

  private addPinKey({ keyVaultSecretId }: ConversationPinOptions): TerraformResource {
    const name = pinKeyName(this.settings.policyOptions.name);
    return new ApiManagementNamedValue(this, 'PinKey', {
      ...this.inService,
      name,
      displayName: name,
      secret: true,
      valueFromKeyVault: { secretId: keyVaultSecretId, identityClientId: this.service.identityClientId },
      ...LIFECYCLE,
    });
  }

  private addApi(namedInPolicy: readonly TerraformResource[]): string {
    const { name, path, access } = this.settings.policyOptions;
    const api = new ApiManagementApi(this, 'Api', {
      ...this.inService,
      name,
      displayName: name,
      path,
      protocols: ['https'],
      revision: '1',
      apiType: 'http',
      subscriptionRequired: access.kind === 'keys',
      ...LIFECYCLE,
    });
    for (const method of this.settings.methods) {
      new ApiManagementApiOperation(this, `Operation-${method}`, {
        ...this.inService,
        apiName: api.name,
        operationId: method.toLowerCase(),
        displayName: method,
        method,
        urlTemplate: '/{*path}',
        templateParameter: [{ name: 'path', required: true, type: 'string' }],
        ...LIFECYCLE,
      });
    }
    new ApiManagementApiPolicy(this, 'Policy', {
      ...this.inService,
      apiName: api.name,
      xmlContent: Lazy.stringValue({ produce: () => routerPolicyText(this.node.path, this.policyOptions()) }),
      // What is hidden in text Terraform does not see.
      dependsOn: [...namedInPolicy],
      ...LIFECYCLE,
    });
    return api.name;
  }

  private get inService(): { readonly apiManagementName: string; readonly resourceGroupName: string } {
    const { serviceName, resourceGroupName } = this.service;
    return { apiManagementName: serviceName, resourceGroupName };
  }
}
