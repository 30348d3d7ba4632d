import { isWholeNumber } from '../../contracts/whole-number';
import { mostReplicasInvalid, numberInvalid, sizeInvalid, workloadProfileNameInvalid } from '../errors';
import { isWorkloadProfileName } from '../resource-names';
import type { AppScale, AppSize, ContainerAppOptions } from './container-app-options';

/** Options of an app with their defaults, checked. */
export interface AppSettings {
  readonly port: number;
  readonly external: boolean;
  readonly size: Required<AppSize>;
  readonly scale: Required<AppScale>;
  readonly startupSeconds: number;
  readonly terminationGraceSeconds: number;
  readonly workloadProfileName?: string;
}

const CONSUMPTION = 'Consumption';
const STEP = 0.25;
const MOST_CORES = { consumption: 4, dedicated: 32 };

/** @throws if a number is outside of what Azure takes */
export function appSettings(path: string, options: Omit<ContainerAppOptions, 'models'>): AppSettings {
  const workloadProfileName = options.workloadProfileName ?? options.environment.workloadProfileName;
  if (workloadProfileName !== undefined && !isWorkloadProfileName(workloadProfileName)) {
    throw workloadProfileNameInvalid(path, workloadProfileName);
  }
  const whole = (property: string, value: number, least: number, most: number): number => {
    if (!isWholeNumber(value, least, most)) {
      throw numberInvalid(path, property, value, least, most);
    }
    return value;
  };
  const { minReplicas = 1, maxReplicas = Math.max(10, minReplicas), concurrentRequests = 10 } = options.scale ?? {};
  whole('scale.minReplicas', minReplicas, 0, 1000);
  whole('scale.maxReplicas', maxReplicas, 1, 1000);
  if (maxReplicas < minReplicas) {
    throw mostReplicasInvalid(path, maxReplicas, minReplicas, 1000);
  }
  return {
    port: whole('port', options.port ?? 8080, 1, 65_535),
    external: options.external ?? false,
    size: checkedSize(path, options.size ?? {}, workloadProfileName ?? CONSUMPTION),
    scale: {
      minReplicas,
      maxReplicas,
      concurrentRequests: whole('scale.concurrentRequests', concurrentRequests, 1, 10_000),
    },
    startupSeconds: whole('startupSeconds', options.startupSeconds ?? 150, 10, 2400),
    terminationGraceSeconds: whole('terminationGraceSeconds', options.terminationGraceSeconds ?? 600, 0, 600),
    ...(workloadProfileName !== undefined && { workloadProfileName }),
  };
}

/** The Consumption profile ties memory to cores: https://learn.microsoft.com/azure/container-apps/containers#allocations */
function checkedSize(path: string, size: AppSize, workloadProfileName: string): Required<AppSize> {
  const { cpu = 0.5, memoryGib = 2 * cpu } = size;
  const isConsumption = workloadProfileName === CONSUMPTION;
  const most = isConsumption ? MOST_CORES.consumption : MOST_CORES.dedicated;
  const isStep = (value: number) => Number.isFinite(value) && value > 0 && Number.isInteger(value / STEP);
  if (!isStep(cpu) || cpu > most || !isStep(memoryGib) || (isConsumption && memoryGib !== 2 * cpu)) {
    throw sizeInvalid(path, cpu, memoryGib, workloadProfileName, most, isConsumption);
  }
  return { cpu, memoryGib };
}
