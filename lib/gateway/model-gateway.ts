import { TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { ModelDeployment } from '../accounts/model-deployment';
import { ModelVersion } from '../accounts/model-version';
import { isGuid } from '../accounts/resource-names';
import { enrol } from '../guard/enrol';
import { lifecycleKnowledgeOf } from '../guard/lifecycle-knowledge';
import type { IApiManagementService } from './api-management-service-interface';
import {
  appRoleInvalid,
  callersHaveKeys,
  callersHaveTokens,
  clientIdInvalid,
  endpointNotOffered,
  routesMissing,
} from './errors';
import { GatewayApis } from './gateway-apis';
import { GatewayCapacity } from './gateway-capacity';
import { isAppRole, isSingleToken } from './gateway-names';
import { GatewayPolicies } from './gateway-policies';
import { GatewayProduct, GatewayProductOptions } from './gateway-product';
import { claimPlace } from './gateway-registry';
import { GatewayRoutes } from './gateway-routes';
import { GatewaySettings, gatewaySettings } from './gateway-settings';
import { installTelemetry } from './install-telemetry';
import { ModelGatewayProps } from './model-gateway-props';
import { ModelRoute } from './model-route';
import { ModelRouteOptions, RetiredRouteOptions } from './model-route-options';
import { CallerAccess, GatewayHeaders } from './policy/policy-options';
import { tieredDeployments } from './route-members';
import { checkedContentSafety, checkedSemanticCache, checkedTokenLimit } from './route-policy-options';

/**
 * A gateway on API Management through which applications reach models by name *and version*.
 *
 * The caller names `name@version` in a header. The call goes to a deployment of exactly that version, or is answered by an
 * error that says what is wrong; failover goes to other deployments of the same version and never to another one.
 *
 * @example
 *
 * const gateway = new ModelGateway(this, 'gateway', {
 *   service,
 *   access: GatewayAccess.entra({ tenantId, audiences: ['api://model-gateway'] }),
 * });
 * const chat = gateway.addRoute(sweden, { failover: [france] });
 * gateway.addAlias('chat-production', chat);
 * gateway.grantAccess(identity.clientId, [chat]);
 */
export class ModelGateway extends Construct {
  /** The API Management service in which the gateway lies. */
  public readonly service: IApiManagementService;

  private readonly settings: GatewaySettings;
  private readonly declared: GatewayRoutes;
  private readonly apis: GatewayApis;
  private latestPolicies?: GatewayPolicies;

  /**
   * @throws if a property cannot be used, or another gateway of the app has the same name or path in the service
   */
  constructor(scope: Construct, id: string, props: ModelGatewayProps) {
    super(scope, id);
    enrol(this);
    const { service, telemetry } = props;
    this.service = service;
    this.settings = gatewaySettings(this.node.path, props);
    const { policyOptions, path } = this.settings;
    claimPlace(service, this.node.path, policyOptions.name, path);
    this.declared = new GatewayRoutes(this.node.path);
    this.apis = new GatewayApis(this, { service, settings: this.settings, policies: () => this.policies() });
    if (telemetry !== undefined) {
      installTelemetry(this, {
        service,
        apiNames: this.apis.names,
        headersToLog: Object.values(policyOptions.headers) as string[],
        namePrefix: policyOptions.name,
        telemetry,
      });
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Base URL for OpenAI's clients (`OpenAI`): the v1 API. */
  public get url(): string {
    return `${this.service.gatewayUrl}/${this.settings.path}/v1`;
  }

  /**
   * Endpoint for the client `AzureOpenAI`, which adds `/openai` to it: the dated API.
   *
   * @throws if the gateway's path does not end in `openai`
   */
  public get datedEndpoint(): string {
    const parent = /^(?:(?<parent>.*)\/)?openai$/.exec(this.settings.path);
    if (parent === null) {
      throw endpointNotOffered(this.node.path, this.settings.path);
    }
    return [this.service.gatewayUrl, parent.groups!.parent].filter((part) => part !== undefined).join('/');
  }

  /** The routes that were added with `addRoute`, those that are retired included. */
  public get routes(): ModelRoute[] {
    return this.declared.all;
  }

  /** @internal */
  public get _callers(): CallerAccess {
    return this.settings.policyOptions.access;
  }

  /** @internal */
  public get _headers(): GatewayHeaders {
    return this.settings.policyOptions.headers;
  }

  /** @internal */
  public _isGone(model: ModelVersion): boolean {
    return this.declared.isGone(model.key);
  }

  /**
   * What whoever calls through the gateway has to wait for.
   *
   * @internal
   */
  public get _entryPolicies(): TerraformResource[] {
    return [...this.apis.entryPolicies];
  }

  /**
   * Routes calls for the deployment's model version to it, and to others of the same version.
   *
   * The service's identity is given the role to call the models of each account.
   *
   * @throws if the deployments are not all of one version, which has to be known as text; if one is listed twice or takes
   * batch jobs alone; if the gateway has a route of that name and version; or if an option cannot be used
   */
  public addRoute(deployment: ModelDeployment, options: ModelRouteOptions = {}): ModelRoute {
    const path = this.node.path;
    const { policyOptions, appRole: defaultAppRole } = this.settings;
    const { appRole = defaultAppRole, successor, tokenLimit, semanticCache, contentSafety } = options;
    const members = tieredDeployments(path, deployment, options);
    const { key } = deployment.model;
    this.declared.requireNew(key);
    this.declared.requireSuccessor(key, successor);
    if (!isAppRole(appRole)) {
      throw appRoleInvalid(path, appRole);
    }
    const place = `${path}/${key}`;
    const route = ModelRoute._create(this, {
      service: this.service,
      gatewayName: policyOptions.name,
      members,
      appRole,
      isRetired: options.retired ?? false,
      successor,
      policies: {
        ...(tokenLimit && { tokenLimit: checkedTokenLimit(place, tokenLimit, policyOptions.tier) }),
        ...(contentSafety && { contentSafety: checkedContentSafety(place, contentSafety, policyOptions.tier) }),
      },
      ...(semanticCache && { semanticCache: checkedSemanticCache(place, semanticCache) }),
    });
    this.declared.add(route);
    this.apis.waitFor([...route._backends, ...route._modelAccess]);
    return route;
  }

  /**
   * Answers calls for a version that is gone with 410 and its successor; without it they are answered 404.
   *
   * @throws if the version is not known as text, or the gateway has a route of that name and version
   */
  public addRetiredRoute(model: ModelVersion, options: RetiredRouteOptions = {}): void {
    this.declared.addGone(model, options);
  }

  /**
   * Lets callers name a route by another name; answers say which version it stood for.
   *
   * The name of a model or of a deployment is no alias: synthesis fails.
   *
   * @param name - 1 to 128 letters, digits, `.`, `_` and `-`
   * @param route - the one route that it stands for
   * @throws if the name is taken or cannot be one, or the route is retired or another gateway's
   */
  public addAlias(name: string, route: ModelRoute): void {
    this.declared.addAlias(name, route);
  }

  /**
   * Lets an application call routes without their app role.
   *
   * @param clientApplicationId - client (application) id, for instance `clientId` of a managed identity; may be a token
   * @param routes - the routes, at least one; all of the gateway, those added later included, if left out
   * @throws if the id is no GUID, the list is empty, a route is another gateway's, or callers have subscription keys
   */
  public grantAccess(clientApplicationId: string, routes?: ModelRoute[]): void {
    if (this.settings.policyOptions.access.kind === 'keys') {
      throw callersHaveKeys(this.node.path);
    }
    if (!isGuid(clientApplicationId) && !isSingleToken(clientApplicationId)) {
      throw clientIdInvalid(this.node.path, clientApplicationId);
    }
    // Tokens name applications in lower case, and the policy compares by case.
    const callerId = Token.isUnresolved(clientApplicationId) ? clientApplicationId : clientApplicationId.toLowerCase();
    this.declared.grant(callerId, routes);
  }

  /**
   * Adds a product, whose subscription key lets its holder call routes; the key is kept in Key Vault.
   *
   * @param id - construct id
   * @param options - the product and where its key is kept
   * @param routes - the routes, at least one; all of the gateway, those added later included, if left out
   * @throws if callers have Microsoft Entra tokens, the list is empty, a route is another gateway's, another product of the service has the id,
   * or an option cannot be used
   */
  public addProduct(id: string, options: GatewayProductOptions, routes?: ModelRoute[]): GatewayProduct {
    if (this.settings.policyOptions.access.kind === 'entra') {
      throw callersHaveTokens(this.node.path);
    }
    this.declared.requireGrantable(options.productId, routes);
    const { service, apis } = this;
    const product = GatewayProduct._create(this, id, { ...options, service, apiNames: apis.names });
    this.declared.grant(product.productId, routes);
    return product;
  }

  /** How many routes the gateway has, and how many the largest policy of the service's tier has room for. */
  public describeCapacity(): GatewayCapacity {
    return this.policies().capacity();
  }

  private policies(): GatewayPolicies {
    const table = this.declared.table(lifecycleKnowledgeOf(this));
    const latest = this.latestPolicies;
    const policies =
      latest?.table === table ? latest : new GatewayPolicies(this.node.path, this.settings.policyOptions, table);
    this.latestPolicies = policies;
    return policies;
  }

  private problems(): string[] {
    if (this.declared.isEmpty) {
      return [routesMissing(this.node.path)];
    }
    const declared = this.declared.all.flatMap(({ _backends }) => _backends.map(({ nameInput }) => nameInput!));
    const foreign = this.declared.all.flatMap(({ _policies }) => _policies.contentSafety?.backendId ?? []);
    return [
      ...this.declared.misleadingAliases(lifecycleKnowledgeOf(this)),
      ...this.policies().problems(this.service.sku.name, [...declared, ...foreign]),
    ];
  }
}
