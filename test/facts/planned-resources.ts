import { Attribute } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { JsonObject } from '../../lib/facts/json';
import {
  ConfigurationModule,
  ModuleCall,
  PlanDocument,
  ResourceChange,
  StateResource,
} from '../../lib/facts/plan-document';
import { PlanFactsReading, readPlanFacts } from '../../lib/facts/plan-facts-reader';

export const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg';

/** Resource id of an account. */
export function accountId(name = 'oai'): string {
  return `${SUBSCRIPTION}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}

/** Values of an `azurerm_cognitive_deployment`. */
export function deployment(values: JsonObject = {}): Record<string, unknown> {
  const { version = '2024-11-20', model = 'gpt-4o', sku = 'GlobalStandard', capacity = 10, ...others } = values;
  return {
    name: 'chat',
    cognitive_account_id: accountId(),
    model: [{ format: 'OpenAI', name: model, version }],
    sku: [{ name: sku, capacity, tier: '' }],
    version_upgrade_option: 'NoAutoUpgrade',
    rai_policy_name: null,
    ...others,
  };
}

/** Values of an `azapi_resource` that is a deployment. */
export function azapiDeployment(values: JsonObject = {}): Record<string, unknown> {
  const { version = '2024-11-20', model = 'gpt-4o', sku = 'GlobalStandard', ...others } = values;
  return {
    type: 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01',
    name: 'chat',
    parent_id: accountId(),
    body: {
      properties: { model: { format: 'OpenAI', name: model, version }, versionUpgradeOption: 'NoAutoUpgrade' },
      sku: { name: sku, capacity: 10 },
    },
    ...others,
  };
}

/** A change; type and name are those of the address. */
export function change(address: string, parts: Partial<ResourceChange>): ResourceChange {
  return {
    ...head(address),
    action: 'no-op',
    before: null,
    after: null,
    afterUnknown: {},
    beforeSensitive: {},
    afterSensitive: {},
    replacePaths: [],
    ...parts,
  };
}

/** A resource of the state. */
export function standing(address: string, values: unknown, sensitiveValues: unknown = {}): StateResource {
  return { ...head(address), values, sensitiveValues };
}

function head(address: string): Pick<ResourceChange, 'address' | 'moduleAddress' | 'mode' | 'type' | 'name'> {
  const { module, data, type, name } =
    /^(?<module>(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)*)(?<data>data\.)?(?<type>[^.[]+)\.(?<name>[^.[]+)/.exec(
      address,
    )!.groups!;
  return {
    address,
    ...(module !== '' && { moduleAddress: module!.slice(0, -1) }),
    mode: data === undefined ? 'managed' : 'data',
    type: type!,
    name: name!,
  };
}

/** A plan of some changes. */
export function plan(changes: readonly ResourceChange[], parts: Partial<PlanDocument> = {}): PlanDocument {
  return {
    formatVersion: '1.2',
    terraformVersion: '1.11.4',
    isComplete: true,
    isErrored: false,
    resourceCount: changes.length,
    changes,
    drift: [],
    prior: [],
    configuration: module({}),
    ...parts,
  };
}

/** A module of the configuration; expressions by `type.name`. */
export function module(
  resources: Readonly<Record<string, JsonObject>>,
  parts: {
    readonly calls?: Readonly<Record<string, ModuleCall>>;
    readonly outputs?: Readonly<Record<string, readonly string[]>>;
    readonly forEach?: Readonly<Record<string, unknown>>;
  } = {},
): ConfigurationModule {
  return {
    resources: new Map(
      Object.entries(resources).map(([label, expressions]) => [
        label,
        { expressions, ...(parts.forEach?.[label] !== undefined && { forEach: parts.forEach[label] }) },
      ]),
    ),
    calls: new Map(Object.entries(parts.calls ?? {})),
    outputs: new Map(Object.entries(parts.outputs ?? {})),
  };
}

/** What an attribute refers to, with all that Terraform lists beside it. */
export function refersTo(...references: readonly string[]): { references: string[] } {
  return {
    references: references.flatMap((reference) => {
      const ends = [...reference.matchAll(/[.[]/g)].map(({ index }) => index).filter((index) => index > 0);
      return [reference, ...ends.reverse().map((index) => reference.slice(0, index))].filter((part) =>
        part.includes('.'),
      );
    }),
  };
}

export function facts(document: PlanDocument, reading: PlanFactsReading = {}): ConfigurationFacts {
  return readPlanFacts(document, reading);
}

/** A known value as itself, an unknown one as its expression in angles, an absent one as nothing. */
export function shown(attribute: Attribute<unknown> | undefined): unknown {
  return attribute?.state === 'known'
    ? attribute.value
    : attribute?.state === 'unknown'
      ? `<${attribute.expression}>`
      : undefined;
}
