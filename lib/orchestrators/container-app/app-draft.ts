import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ORCHESTRATOR_ENVIRONMENT } from '../../contracts/orchestrator-environment';
import type { RoleBinding } from '../models/model-source';
import { OrchestratorModels } from '../models/orchestrator-models';
import { modelsNotMade } from '../release-errors';
import { ConnectedIdentity, connectIdentity } from './app-identity';
import { imageReference } from './app-image';
import { requireParts } from './app-parts';
import { claimAppName } from './app-registry';
import { AppSecretReference, connectSecrets } from './app-secrets';
import { AppSettings, appSettings } from './app-settings';
import { appTags } from './app-tags';
import { addedVariables, requireDistinct, requireFreeName } from './app-variables';
import { addContainerApp } from './container-app-body';
import type { ContainerAppOptions } from './container-app-options';
import type { EnvironmentVariable } from './environment-variable';
import { grantPull } from './registry-pull';
import { AppRole, grantRole } from './role-grant';

/** What an app is, whichever of the two kinds. */
export interface AppSpecification {
  /** Name of the app on Azure. */
  readonly name: string;
  /** What errors call it. */
  readonly title: string;
  readonly image: string;
  readonly bindings: readonly RoleBinding[];
  readonly options: ContainerAppOptions;
  /** Attributes of its telemetry; their values need no escaping. */
  readonly telemetry: Readonly<Record<string, string>>;
  /** Tags that say what runs. */
  readonly tags: { readonly [name: string]: string };
}

/** An app with its identity, roles and connections, to which its construct adds what the one kind has before it is declared. */
export class AppDraft {
  public readonly identity: ConnectedIdentity;
  public readonly variables: EnvironmentVariable[];

  private readonly waiting: TerraformResource[] = [];
  private readonly settings: AppSettings;
  private readonly image: string;
  private readonly secrets: readonly AppSecretReference[];
  private readonly tags: { [name: string]: string };

  /** @throws if an option cannot be used, or a model is not offered */
  public constructor(
    private readonly app: Construct,
    private readonly specification: AppSpecification,
  ) {
    const { name, title, bindings, options, telemetry } = specification;
    const { environment, registry, models, secrets: givenSecrets = [] } = options;
    const path = app.node.path;
    if (!(models instanceof OrchestratorModels)) {
      throw modelsNotMade(path);
    }
    requireParts(path, options);
    this.settings = appSettings(path, options);
    this.image = imageReference(path, specification.image, registry);
    const added = addedVariables(path, options.environmentVariables ?? {});
    givenSecrets.forEach(({ environmentVariable }) => requireFreeName(path, environmentVariable));
    this.tags = appTags(path, options.tags ?? {}, specification.tags);

    this.identity = connectIdentity(app, name, environment, options.identity, this.tags);
    const connection = models._source.connect({ app, title, identity: this.identity, bindings });
    const secrets = connectSecrets(app, this.identity, givenSecrets);
    this.secrets = secrets.references;
    this.variables = [
      { name: ORCHESTRATOR_ENVIRONMENT.clientId, value: this.identity.clientId },
      { name: ORCHESTRATOR_ENVIRONMENT.port, value: String(this.settings.port) },
      { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributesText(telemetry) },
      ...connection.variables,
      ...secrets.variables,
      ...added,
    ];
    this.waitFor(...connection.waitFor, ...secrets.access);
    if (registry !== undefined) {
      this.waitFor(grantPull(app, registry, this.identity));
    }
  }

  /** Has the app wait for resources. */
  public waitFor(...resources: TerraformResource[]): void {
    this.waiting.push(...resources);
  }

  /** Gives the app's identity a role and has the app wait for it. */
  public grant(role: AppRole, resourceId: string): void {
    const { roleScope, principalId } = this.identity;
    this.waitFor(grantRole(roleScope, { role, resourceId, principalId }));
  }

  /** @throws if a variable is there twice, or the environment has an app of that name */
  public declare(): ContainerApp {
    const { app, identity, settings, image, secrets, tags, variables } = this;
    const { name, options } = this.specification;
    requireDistinct(app.node.path, variables);
    claimAppName(options.environment, app.node.path, name);
    return addContainerApp(app, {
      name,
      environment: options.environment,
      image,
      registry: options.registry,
      identity,
      settings,
      variables,
      secrets,
      tags,
      waitFor: [...new Set(this.waiting)],
    });
  }
}

/** https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable */
function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
