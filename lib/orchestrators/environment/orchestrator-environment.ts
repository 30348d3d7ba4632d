import { ContainerAppEnvironment } from '@cdktf/provider-azurerm/lib/container-app-environment';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { workspaceIdMalformed } from '../platform-errors';
import { derivedName, isWorkspaceId, LONGEST_ENVIRONMENT_NAME, LONGEST_WORKSPACE_NAME } from '../resource-names';
import { restrictEgress } from './egress-rules';
import { requireEnvironmentProps } from './environment-checks';
import { ImportedOrchestratorEnvironment } from './imported-orchestrator-environment';
import type { IOrchestratorEnvironment } from './orchestrator-environment-interface';
import type { OrchestratorEnvironmentAttributes, OrchestratorEnvironmentProps } from './orchestrator-environment-props';

const DIGEST_LENGTH = 8;
const CONSUMPTION = 'Consumption';

/**
 * A Container Apps environment, in which orchestrators run: with a log workspace, and in a subnet of yours or without.
 *
 * Replacing an environment replaces its apps, which keep their names: declare a second environment and move the releases instead.
 *
 * @example
 *
 * const environment = new OrchestratorEnvironment(this, 'apps', {
 *   resourceGroupName: group.name,
 *   location: 'swedencentral',
 *   subnetId: subnet.id,
 *   egress: {},
 * });
 */
export class OrchestratorEnvironment extends Construct implements IOrchestratorEnvironment {
  /**
   * Refers to an environment that this configuration does not create.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - what is known of the environment
   * @throws if the id or the region cannot be one
   */
  public static fromEnvironmentId(
    scope: Construct,
    id: string,
    attributes: OrchestratorEnvironmentAttributes,
  ): IOrchestratorEnvironment {
    return new ImportedOrchestratorEnvironment(scope, id, attributes);
  }

  /** Resource id of the environment. */
  public readonly environmentId: string;

  /** Resource group of the environment. */
  public readonly resourceGroupName: string;

  /** Azure region of the environment. */
  public readonly location: string;

  /** Workload profile of apps that name none. */
  public readonly workloadProfileName?: string;

  /** Resource id of the log workspace. */
  public readonly logAnalyticsWorkspaceId: string;

  /** The Terraform resource. */
  public readonly resource: ContainerAppEnvironment;

  /**
   * @throws if a property cannot be used, or needs a subnet and there is none
   */
  constructor(scope: Construct, id: string, props: OrchestratorEnvironmentProps) {
    super(scope, id);
    enrol(this);
    requireEnvironmentProps(this.node.path, props);
    const { resourceGroupName, location, subnetId, workloadProfile, tags } = props;
    this.resourceGroupName = resourceGroupName;
    this.location = location;
    this.workloadProfileName = workloadProfile?.name ?? CONSUMPTION;
    this.logAnalyticsWorkspaceId = this.workspaceId(props);

    const name = props.environmentName ?? this.deriveName(props);
    const internal = isInternal(props);
    const restriction =
      props.egress && subnetId !== undefined
        ? [restrictEgress(this, { resourceGroupName, location, subnetId, tags }, props.egress)]
        : undefined;
    this.resource = new ContainerAppEnvironment(this, 'Default', {
      name,
      resourceGroupName,
      location,
      logsDestination: 'log-analytics',
      logAnalyticsWorkspaceId: this.logAnalyticsWorkspaceId,
      infrastructureSubnetId: subnetId,
      // Azure takes it where there is a subnet and nowhere else.
      infrastructureResourceGroupName:
        subnetId === undefined ? undefined : (props.infrastructureResourceGroupName ?? `${name}-infrastructure`),
      internalLoadBalancerEnabled: internal,
      publicNetworkAccess: internal ? 'Disabled' : 'Enabled',
      zoneRedundancyEnabled: props.zoneRedundant ?? false,
      mutualTlsEnabled: false,
      workloadProfile: [
        { name: CONSUMPTION, workloadProfileType: CONSUMPTION },
        ...(workloadProfile === undefined
          ? []
          : [
              {
                name: workloadProfile.name,
                workloadProfileType: workloadProfile.profileType,
                minimumCount: workloadProfile.minimumCount,
                maximumCount: workloadProfile.maximumCount,
              },
            ]),
      ],
      tags,
      lifecycle: { createBeforeDestroy: true },
      dependsOn: restriction,
    });
    this.environmentId = this.resource.id;
  }

  /** Domain under which the apps have their names, for instance for a private DNS zone of an internal environment. */
  public get defaultDomain(): string {
    return this.resource.defaultDomain;
  }

  /** Address at which the apps are reached; a private one where the environment is internal. */
  public get staticIpAddress(): string {
    return this.resource.staticIpAddress;
  }

  private workspaceId({
    logAnalyticsWorkspaceId,
    logRetentionDays,
    resourceGroupName,
    location,
    tags,
  }: OrchestratorEnvironmentProps): string {
    if (logAnalyticsWorkspaceId !== undefined) {
      if (refused(logAnalyticsWorkspaceId, isWorkspaceId)) {
        throw workspaceIdMalformed(this.node.path, logAnalyticsWorkspaceId);
      }
      return logAnalyticsWorkspaceId;
    }
    const digest = expressionDigest(this, [this.node.path, resourceGroupName, location], DIGEST_LENGTH);
    return new LogAnalyticsWorkspace(this, 'Logs', {
      name: derivedName(`${this.node.id}-logs`, digest, LONGEST_WORKSPACE_NAME),
      resourceGroupName,
      location,
      sku: 'PerGB2018',
      retentionInDays: logRetentionDays ?? 30,
      dailyQuotaGb: -1,
      internetIngestionEnabled: true,
      internetQueryEnabled: true,
      allowResourceOnlyPermissions: true,
      tags,
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }

  private deriveName(props: OrchestratorEnvironmentProps): string {
    const { resourceGroupName, location, subnetId = '', infrastructureResourceGroupName = '' } = props;
    const switches = [isInternal(props), props.zoneRedundant ?? false].map(String);
    const inputs = [
      this.node.path,
      resourceGroupName,
      location,
      subnetId,
      infrastructureResourceGroupName,
      ...switches,
    ];
    return derivedName(this.node.id, expressionDigest(this, inputs, DIGEST_LENGTH), LONGEST_ENVIRONMENT_NAME);
  }
}

function isInternal({ internalOnly, subnetId }: OrchestratorEnvironmentProps): boolean {
  return internalOnly ?? subnetId !== undefined;
}
