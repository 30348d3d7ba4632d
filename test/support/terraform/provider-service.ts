import { AzureError } from './azure-error';
import { ProviderSchema } from './azurerm-schema';
import { dataSources } from './data-sources';
import { FakeAzure } from './fake-azure';
import { resourceKinds } from './kinds';
import { fitsTemplate } from './paths';
import { planChange } from './planning';
import { ResourceKind } from './resource-kind';
import { conform, fromStateFile, ResourceSchema, schemaMessage } from './schema';
import { decodeValue, DynamicValue, encodeValue, isObject, Value, ValueObject } from './value-encoding';

/** A request of the protocol; which fields it has depends on the call. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly raw_state?: { readonly json: Uint8Array };
}

/** A call of the protocol, by its name in tfplugin5.proto. */
export type ProviderCalls = Readonly<Record<string, (request: Request) => object | Promise<object>>>;

const nothing = encodeValue(null);
/** The real provider is built on plugin SDK 2, to which Terraform grants defaults that the schema does not show. */
const legacy_type_system = true;

/** The calls of Terraform's provider protocol, answered from the provider's schema and a fake subscription. */
export function providerCalls(schema: ProviderSchema, azure: FakeAzure): ProviderCalls {
  return { ...configurationCalls(schema, azure), ...stateCalls(schema, azure), ...changeCalls(schema, azure) };
}

function configurationCalls(schema: ProviderSchema, azure: FakeAzure): ProviderCalls {
  return {
    GetSchema: () => schemaAnswer(schema),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }) => {
      const { subscription_id } = decodeValue(config) as ValueObject;
      azure.subscription = typeof subscription_id === 'string' ? subscription_id : azure.subscription;
      return {};
    },
    ValidateResourceTypeConfig: ({ type_name, config }) =>
      failure(kindOf(type_name)?.validate?.(decodeValue(config) as ValueObject) ?? []),
    ValidateDataSourceConfig: () => ({}),
    Stop: () => ({}),
  };
}

const answers = new WeakMap<ProviderSchema, object>();

/** One object for one schema, so that it is made and written once. */
function schemaAnswer(schema: ProviderSchema): object {
  const own = Object.entries(dataSources).filter(([type]) => belongsTo(schema, type));
  const sources = Object.fromEntries(own.map(([type, source]) => [type, source.schema]));
  const answer = answers.get(schema) ?? {
    provider: schemaMessage(schema.provider),
    resource_schemas: schemaMessages(schema.resources),
    data_source_schemas: schemaMessages(sources),
    server_capabilities: { get_provider_schema_optional: true },
  };
  answers.set(schema, answer);
  return answer;
}

function stateCalls(schema: ProviderSchema, azure: FakeAzure): ProviderCalls {
  return {
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const stored = JSON.parse(Buffer.from(raw_state!.json).toString('utf8')) as ValueObject;
      const { block } = schema.resources[type_name];
      return { upgraded_state: encodeValue(conform(block, fromStateFile(block, stored))) };
    },
    ReadResource: ({ type_name, current_state }) => {
      const current = decodeValue(current_state) as ValueObject;
      const found = azure.find(type_name, String(current.id));
      return { new_state: found ? state(schema.resources[type_name], found, current) : nothing };
    },
    ImportResourceState: ({ type_name, id }) => {
      const kind = kindOf(type_name);
      if (!kind || !fitsTemplate(kind.id, id)) {
        return failure([`parsing ${JSON.stringify(id)}: expected the ID of a ${type_name}, ${kind?.id}`]);
      }
      return { imported_resources: [{ type_name, state: state(schema.resources[type_name], { id }, {}) }] };
    },
    ReadDataSource: ({ type_name, config }) => {
      const source = dataSources[type_name];
      const asked = decodeValue(config) as ValueObject;
      try {
        return { state: state(source.schema, { ...asked, ...source.read(asked, azure) }, asked) };
      } catch (error) {
        return failure([describe(error, `reading ${type_name}`)]);
      }
    },
  };
}

function changeCalls(schema: ProviderSchema, azure: FakeAzure): ProviderCalls {
  return {
    PlanResourceChange: ({ type_name, prior_state, proposed_new_state, config }) => {
      const proposed = decodeValue(proposed_new_state);
      if (!isObject(proposed)) {
        return { planned_state: nothing };
      }
      const kind = kindOf(type_name);
      if (!kind) {
        return failure([
          `the stand-in provider knows nothing of ${type_name}: describe it in test/support/terraform/kinds`,
        ]);
      }
      const prior = objectOrNull(decodeValue(prior_state));
      const { planned, requiresReplace } = planChange(kind, schema.resources[type_name].block, prior, proposed);
      return {
        planned_state: encodeValue(planned),
        requires_replace: requiresReplace.map((steps) => ({ steps: steps.map(pathStep) })),
        legacy_type_system,
        ...failure(kind.refusePlan?.(planned, decodeValue(config) as ValueObject) ?? []),
      };
    },
    ApplyResourceChange: async ({ type_name, prior_state, planned_state }) => {
      const prior = objectOrNull(decodeValue(prior_state));
      const planned = objectOrNull(decodeValue(planned_state));
      try {
        if (planned === null) {
          await azure.remove(type_name, prior!);
          return { new_state: nothing, legacy_type_system };
        }
        const stored = await (prior ? azure.update(type_name, planned) : azure.create(type_name, planned));
        return { new_state: state(schema.resources[type_name], stored, planned), legacy_type_system };
      } catch (error) {
        const doing = planned === null ? 'deleting' : prior ? 'updating' : 'creating';
        const name = String((planned ?? prior)?.name ?? '');
        return { new_state: encodeValue(prior), ...failure([describe(error, `${doing} ${type_name} "${name}"`)]) };
      }
    },
  };
}

/** Timeouts are a setting of Terraform's alone: Azure cannot answer them. */
function state({ block }: ResourceSchema, stored: ValueObject, { timeouts = null }: ValueObject): DynamicValue {
  return encodeValue(conform(block, { ...stored, timeouts }));
}

/** A provider's types begin with its name. */
function belongsTo({ resources }: ProviderSchema, type: string): boolean {
  const [provider] = type.split('_');
  return Object.keys(resources).some((name) => name.startsWith(`${provider}_`));
}

function kindOf(type: string): ResourceKind | undefined {
  return Object.hasOwn(resourceKinds, type) ? resourceKinds[type] : undefined;
}

function schemaMessages(schemas: Readonly<Record<string, ResourceSchema>>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, schemaMessage(schema)]));
}

function failure(problems: readonly string[]): object {
  return problems.length > 0 ? { diagnostics: problems.map((summary) => ({ severity: 'ERROR', summary })) } : {};
}

function describe(error: unknown, doing: string): string {
  return error instanceof AzureError ? error.describe(doing) : (error as Error).message;
}

function pathStep(step: string | number): object {
  return typeof step === 'number' ? { element_key_int: step } : { attribute_name: step };
}

function objectOrNull(value: Value): ValueObject | null {
  return isObject(value) ? value : null;
}
