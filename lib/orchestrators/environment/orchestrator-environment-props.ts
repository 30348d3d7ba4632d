import type { EgressRestriction } from './egress-restriction';

/** A dedicated workload profile: machines that are paid for whether or not apps run on them. */
export interface DedicatedWorkloadProfile {
  /** Name of the profile, other than `Consumption`. */
  readonly name: string;

  /**
   * Size of a machine, for instance `D4` or `E8`.
   *
   * @see https://learn.microsoft.com/azure/container-apps/workload-profiles-overview#profile-types
   */
  readonly profileType: string;

  /** Fewest machines, 0 to 100. */
  readonly minimumCount: number;

  /** Most machines, 1 to 100. */
  readonly maximumCount: number;
}

/** Properties of an `OrchestratorEnvironment`. */
export interface OrchestratorEnvironmentProps {
  /** Name of the resource group in which the environment is created. */
  readonly resourceGroupName: string;

  /** Azure region, for instance `swedencentral`. */
  readonly location: string;

  /**
   * Name of the environment: 2 to 59 lower-case letters, digits and `-`, starting with a letter and ending with a letter or digit.
   *
   * With a name of your own, a change that replaces the environment takes two applies.
   *
   * @default - the construct's id with digits derived from its path and everything whose change replaces the environment
   */
  readonly environmentName?: string;

  /**
   * Resource id of the Log Analytics workspace that logs go to.
   *
   * @default - a workspace is created
   */
  readonly logAnalyticsWorkspaceId?: string;

  /**
   * Days that the created workspace keeps logs, 30 to 730.
   *
   * @default 30
   */
  readonly logRetentionDays?: number;

  /**
   * Resource id of a subnet that is delegated to `Microsoft.App/environments` and used by nothing else, /27 or larger. Changing it replaces the environment.
   *
   * @default - a network that Azure makes and nobody sees; apps send to the internet as they like
   * @see https://learn.microsoft.com/azure/container-apps/custom-virtual-networks
   */
  readonly subnetId?: string;

  /**
   * Whether apps are reached from the virtual network alone. Changing it replaces the environment.
   *
   * @default - true where there is a subnet
   */
  readonly internalOnly?: boolean;

  /**
   * Whether the environment is spread over zones; it needs a subnet. Changing it replaces the environment.
   *
   * @default false
   */
  readonly zoneRedundant?: boolean;

  /**
   * Name of the resource group in which Azure keeps the infrastructure of an environment with a subnet. It must not exist. Changing it replaces the environment.
   *
   * It is always written, for without it every plan replaces the environment:
   * https://github.com/hashicorp/terraform-provider-azurerm/issues/27481
   *
   * @default - the environment's name with `-infrastructure` after it
   */
  readonly infrastructureResourceGroupName?: string;

  /**
   * Machines on which apps run unless they name the profile `Consumption`.
   *
   * @default - apps run on the Consumption profile and are paid for by use
   */
  readonly workloadProfile?: DedicatedWorkloadProfile;

  /**
   * Narrows what apps may send to; it needs a subnet that has no network security group yet.
   *
   * @default - the network decides
   */
  readonly egress?: EgressRestriction;

  /**
   * Tags of everything that is created.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}

/** What is known of an environment that this configuration does not create. */
export interface OrchestratorEnvironmentAttributes {
  /** Resource id of the environment; may be a Terraform token. */
  readonly environmentId: string;

  /** Azure region of the environment. */
  readonly location: string;

  /**
   * Workload profile of apps that name none.
   *
   * @default 'Consumption'
   */
  readonly workloadProfileName?: string;

  /**
   * Whether the environment is of the old type that has no workload profiles.
   *
   * @default false
   */
  readonly consumptionOnly?: boolean;
}
