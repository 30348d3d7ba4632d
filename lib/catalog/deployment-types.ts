/** What one unit of a deployment type's `sku.capacity` stands for. */
export type CapacityUnit =
  /** Model-specific: usually 1,000 tokens a minute, but 6,000 for o1, 10,000 for o3-mini, and only requests for whisper. */
  | 'rate-limit-units'
  /** Provisioned throughput units, the same for every model. */
  | 'provisioned-throughput-units'
  /** Thousands of tokens that may wait in the batch queue. */
  | 'enqueued-thousand-tokens';

/** Which capacities a deployment can have: `minimum`, `minimum + step`, … */
export interface CapacityRule {
  readonly unit: CapacityUnit;
  readonly minimum: number;
  readonly step: number;
}

/** One deployment type (SKU) of Azure OpenAI and Foundry models, and its capacities. */
export interface DeploymentType extends CapacityRule {
  /** `sku.name`, for instance `GlobalStandard`. */
  readonly name: string;
  /** Models (name in lower case) whose minimum and step are other than the type's own. */
  readonly byModel: Readonly<Record<string, Pick<CapacityRule, 'minimum' | 'step'>>>;
}

const RATE_LIMITED = { unit: 'rate-limit-units', minimum: 1, step: 1, byModel: {} } as const;
const BATCH = { unit: 'enqueued-thousand-tokens', minimum: 1, step: 1, byModel: {} } as const;
const PROVISIONED_ACROSS_REGIONS = {
  unit: 'provisioned-throughput-units',
  minimum: 15,
  step: 5,
  byModel: {},
} as const;

const BY_FIFTY = { minimum: 50, step: 50 };
const BY_HUNDRED = { minimum: 100, step: 100 };

/**
 * The deployment types that the azurerm provider accepts (`DeveloperTier` is not among them).
 * A model that is not listed under `byModel` gets the type's lowest minimum, so that a valid capacity is never refused.
 *
 * Sources: `skus[].capacity` of the ARM model list (2025-05 and api-version 2026-09-01), and
 * https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-onboarding (2026-03-20).
 * They disagree on the regional minimum of o1 and agree on a minimum of 25 elsewhere, so o1 has no entry of its own.
 */
export const DEPLOYMENT_TYPES: readonly DeploymentType[] = [
  { name: 'GlobalStandard', ...RATE_LIMITED },
  { name: 'DataZoneStandard', ...RATE_LIMITED },
  { name: 'Standard', ...RATE_LIMITED },
  { name: 'GlobalProvisionedManaged', ...PROVISIONED_ACROSS_REGIONS },
  { name: 'DataZoneProvisionedManaged', ...PROVISIONED_ACROSS_REGIONS },
  {
    name: 'ProvisionedManaged',
    unit: 'provisioned-throughput-units',
    minimum: 25,
    step: 25,
    byModel: {
      'gpt-35-turbo': BY_FIFTY,
      'gpt-4': BY_HUNDRED,
      'gpt-4.1': BY_FIFTY,
      'gpt-4o': BY_FIFTY,
      'gpt-5': BY_FIFTY,
      'gpt-5.1': BY_FIFTY,
      'gpt-5.1-codex': BY_FIFTY,
      'gpt-5.2': BY_FIFTY,
      'gpt-5.2-codex': BY_FIFTY,
      'gpt-5.3-codex': BY_FIFTY,
      'gpt-5.4': BY_FIFTY,
      'gpt-5.5': BY_FIFTY,
      o3: BY_FIFTY,
    },
  },
  { name: 'GlobalBatch', ...BATCH },
  { name: 'DataZoneBatch', ...BATCH },
];

/** The deployment type of that exact name, or `undefined` if azurerm knows none. */
export function deploymentType(name: string): DeploymentType | undefined {
  return DEPLOYMENT_TYPES.find((type) => type.name === name);
}

/** Whether a deployment type, by its name, keeps throughput ready (`ProvisionedManaged` and its kin); false where it is not known. */
export function isProvisioned(name: string | undefined): boolean {
  return /provisioned/i.test(name ?? '');
}

/** The capacities that a model can have under a deployment type; without a model, the type's own. */
export function capacityRule(type: DeploymentType, model?: string): CapacityRule {
  const key = model?.toLowerCase();
  const own = key !== undefined && Object.hasOwn(type.byModel, key) ? type.byModel[key] : undefined;
  return { unit: type.unit, minimum: own?.minimum ?? type.minimum, step: own?.step ?? type.step };
}

/** Whether a deployment can have this capacity. */
export function allowsCapacity(rule: CapacityRule, capacity: number): boolean {
  return Number.isSafeInteger(capacity) && capacity >= rule.minimum && (capacity - rule.minimum) % rule.step === 0;
}
