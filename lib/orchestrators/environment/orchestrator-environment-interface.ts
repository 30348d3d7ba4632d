import type { IConstruct } from 'constructs';

/** A Container Apps environment, whether this configuration creates it or refers to it. */
export interface IOrchestratorEnvironment extends IConstruct {
  /** Resource id of the environment. */
  readonly environmentId: string;

  /** Resource group of the environment, in which its apps and their identities are made. */
  readonly resourceGroupName: string;

  /** Azure region of the environment, in which the identities of its apps are made. */
  readonly location: string;

  /** Workload profile of apps that name none; absent in environments without workload profiles. */
  readonly workloadProfileName?: string;
}
