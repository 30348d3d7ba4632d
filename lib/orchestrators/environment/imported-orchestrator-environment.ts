import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { environmentIdMalformed } from '../platform-errors';
import { partsOfResourceId } from '../resource-id-parts';
import { isEnvironmentId } from '../resource-names';
import { requireLocation } from './environment-checks';
import type { IOrchestratorEnvironment } from './orchestrator-environment-interface';
import type { OrchestratorEnvironmentAttributes } from './orchestrator-environment-props';

/** An environment that someone else creates; see `OrchestratorEnvironment.fromEnvironmentId`. */
export class ImportedOrchestratorEnvironment extends Construct implements IOrchestratorEnvironment {
  public readonly environmentId: string;
  public readonly resourceGroupName: string;
  public readonly location: string;
  public readonly workloadProfileName?: string;

  constructor(scope: Construct, id: string, attributes: OrchestratorEnvironmentAttributes) {
    super(scope, id);
    enrol(this);
    const { environmentId, location, consumptionOnly = false } = attributes;
    if (refused(environmentId, isEnvironmentId)) {
      throw environmentIdMalformed(this.node.path, environmentId);
    }
    requireLocation(this.node.path, location);
    this.environmentId = environmentId;
    this.resourceGroupName = partsOfResourceId(environmentId).resourceGroupName;
    this.location = location;
    this.workloadProfileName = consumptionOnly ? undefined : (attributes.workloadProfileName ?? 'Consumption');
  }
}
