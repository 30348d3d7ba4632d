import { refused } from '../../accounts/refused';
import { isSubnetId } from '../../accounts/resource-id';
import { isResourceGroupName } from '../../accounts/resource-names';
import { isWholeNumber } from '../../contracts/whole-number';
import {
  environmentNameInvalid,
  locationMissing,
  profileCountsInvalid,
  profileInvalid,
  resourceGroupInvalid,
  retentionInvalid,
  retentionWithoutWorkspace,
  subnetIdMalformed,
  subnetMissing,
} from '../platform-errors';
import { isEnvironmentName, isWorkloadProfileName } from '../resource-names';
import type { DedicatedWorkloadProfile, OrchestratorEnvironmentProps } from './orchestrator-environment-props';

const PROFILE_TYPE = /^[A-Za-z][A-Za-z0-9-]{1,63}$/;
const MOST_MACHINES = 100;

/** @throws if a property cannot be used, or needs a subnet and there is none */
export function requireEnvironmentProps(path: string, props: OrchestratorEnvironmentProps): void {
  const { environmentName, subnetId, logRetentionDays, workloadProfile, infrastructureResourceGroupName } = props;
  requirePlace(path, props.resourceGroupName, props.location);
  if (environmentName !== undefined && refused(environmentName, isEnvironmentName)) {
    throw environmentNameInvalid(path, environmentName);
  }
  if (subnetId !== undefined && refused(subnetId, isSubnetId)) {
    throw subnetIdMalformed(path, subnetId);
  }
  if (infrastructureResourceGroupName !== undefined && refused(infrastructureResourceGroupName, isResourceGroupName)) {
    throw resourceGroupInvalid(path, infrastructureResourceGroupName);
  }
  if (subnetId === undefined) {
    const { internalOnly, zoneRedundant, egress } = props;
    const options = { internalOnly, zoneRedundant, infrastructureResourceGroupName, egress };
    const [option] = Object.entries(options).find(([, value]) => value !== undefined && value !== false) ?? [];
    if (option !== undefined) {
      throw subnetMissing(path, option);
    }
  }
  if (logRetentionDays !== undefined) {
    if (!isWholeNumber(logRetentionDays, 30, 730)) {
      throw retentionInvalid(path, logRetentionDays);
    }
    if (props.logAnalyticsWorkspaceId !== undefined) {
      throw retentionWithoutWorkspace(path);
    }
  }
  if (workloadProfile !== undefined) {
    requireProfile(path, workloadProfile);
  }
}

/** @throws if the resource group or the region cannot be one */
export function requirePlace(path: string, resourceGroupName: unknown, location: unknown): void {
  if (refused(resourceGroupName, isResourceGroupName)) {
    throw resourceGroupInvalid(path, resourceGroupName);
  }
  requireLocation(path, location);
}

/** @throws if there is no region */
export function requireLocation(path: string, location: unknown): void {
  if (typeof location !== 'string' || location.trim() === '') {
    throw locationMissing(path);
  }
}

function requireProfile(path: string, profile: DedicatedWorkloadProfile): void {
  const { name, profileType, minimumCount, maximumCount } = profile;
  const isConsumption = [name, profileType].some((text) => String(text).toLowerCase().startsWith('consumption'));
  if (isConsumption || !isWorkloadProfileName(name) || !PROFILE_TYPE.test(profileType)) {
    throw profileInvalid(path, name, profileType);
  }
  if (
    !isWholeNumber(minimumCount, 0, MOST_MACHINES) ||
    !isWholeNumber(maximumCount, Math.max(1, minimumCount), MOST_MACHINES)
  ) {
    throw profileCountsInvalid(path, minimumCount, maximumCount);
  }
}
