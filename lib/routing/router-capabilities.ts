/** Kinds of routers: what could split users between releases on Azure. */
export enum ReleaseRouterKind {
  /** A policy of API Management that counts a user's bucket: `ApiManagementReleaseRouter`. */
  API_MANAGEMENT_POLICY = 'api-management-policy',
  /** A load-balanced pool of API Management's backends. */
  API_MANAGEMENT_POOL = 'api-management-pool',
  /** nginx with `split_clients` in a Container App: `NginxReleaseRouter`. */
  NGINX = 'nginx',
  /** Envoy in a Container App. */
  ENVOY = 'envoy',
  /** Azure Front Door. */
  FRONT_DOOR = 'front-door',
  /** Azure Traffic Manager. */
  TRAFFIC_MANAGER = 'traffic-manager',
  /** Azure Application Gateway. */
  APPLICATION_GATEWAY = 'application-gateway',
  /** Weights of revisions of one Container App. */
  CONTAINER_APP_REVISIONS = 'container-app-revisions',
  /** Rule-based routing of a Container Apps environment. */
  CONTAINER_APP_ROUTES = 'container-app-routes',
  /** Weights of deployments of an Azure Machine Learning managed online endpoint. */
  MANAGED_ONLINE_ENDPOINT = 'managed-online-endpoint',
  /** Version selector of an agent of Foundry Agent Service. */
  FOUNDRY_AGENT = 'foundry-agent',
}

/** What keeps a user on one release, from the weakest to the strongest. */
export enum RouterStickiness {
  /** Nothing: each request is split anew. */
  NONE = 'none',
  /** A cookie that names the release, for as long as the caller keeps it. */
  COOKIE = 'cookie',
  /** The user's id: the same user has the same release on every device. */
  DETERMINISTIC = 'deterministic',
}

/** Between what a router splits. */
export enum RouterSplit {
  /** Nothing by weight. */
  NONE = 'none',
  /** Versions within one resource, which share its settings and its life. */
  VERSIONS_OF_ONE_RESOURCE = 'versions of one resource',
  /** Any apps. */
  ANY_APPS = 'any apps',
}

/** Terraform provider that can declare a router. */
export enum RouterProvider {
  /** The provider `azurerm`, which this package needs anyway. */
  AZURERM = 'azurerm',
  /** The provider `azapi` alone. */
  AZAPI = 'azapi',
}

/** What a kind of router can do. */
export interface RouterCapabilities {
  /** The kind. */
  readonly kind: ReleaseRouterKind;

  /** Name for readers. */
  readonly title: string;

  /** Between what it splits. */
  readonly split: RouterSplit;

  /** Smallest step of a share in percent; absent where nothing is split. */
  readonly splitStepPercent?: number;

  /** How it keeps a user on a release. */
  readonly stickiness: RouterStickiness;

  /** Whether a request can name its release in a header. */
  readonly headerOverride: boolean;

  /** Whether a conversation stays on its release, protected against forgery. */
  readonly conversationPin: boolean;

  /** Whether requests can be copied to a release that does not answer them. */
  readonly mirror: boolean;

  /** How soon everybody is back on stable. */
  readonly rollback: string;

  /** Provider that declares it. */
  readonly declaredBy: RouterProvider;

  /** Construct of this package that makes it; absent where it has none. */
  readonly construct?: string;

  /** Why it is not the default; absent for the default. */
  readonly whyNotDefault?: string;

  /** Where these facts are from. */
  readonly source: string;
}
