import { encryptedState, notAState, oldState } from './errors';
import { ConfigurationFacts } from './facts';
import { addressKey } from './instances';
import { blocksOf, isObject, JsonObject, property, propertyAt } from './json';
import { PlanSides, SideResource } from './plan-configuration';
import { Step } from './scope';
import { SensitiveMarks } from './sensitive-marks';
import { StackReading } from './stack-configuration';

/** The format of `terraform.tfstate` since Terraform 0.12. */
const STATE_VERSION = 4;

/** Modules within modules; nobody nests them deeper. */
const DEEPEST_MODULE = 64;

/** A state file does not mark what the provider's schema calls secret, except by the names of its attributes. */
const SECRET_ATTRIBUTE =
  /(?:_keys?|^(?:.*_)?(?:password|secrets?|token|credentials?|connection_strings?|sas_url|sas|certificate|kube_config(?:_raw)?|admin_cert))$/i;

/** How a state is read. */
export interface StateReading extends StackReading {
  /** What errors call the state: its path, or `-`. @default "the state" */
  readonly source?: string;
}

/**
 * Reads a state as if its resources were declared: `terraform.tfstate` (version 4), or what `show -json` writes of a state.
 * Values that are marked as sensitive are unknown, and so are those of attributes whose names say that they are secret.
 *
 * @throws if it is something else, of an older version, or encrypted by OpenTofu
 */
export function readStateFacts(state: unknown, reading: StateReading = {}): ConfigurationFacts {
  const { source = 'the state', ...stackReading } = reading;
  const resources = resourcesOf(state, source);
  const configuration = { resources: new Map(), calls: new Map(), outputs: new Map() };
  return new PlanSides(configuration, resources, new SensitiveMarks()).read(resources, stackReading);
}

function resourcesOf(state: unknown, source: string): SideResource[] {
  if (property(state, 'encrypted_data') !== undefined) {
    throw encryptedState(source);
  }
  const version = property(state, 'version');
  if (version === STATE_VERSION) {
    return blocksOf(property(state, 'resources')).flatMap(instancesOf);
  }
  if (typeof version === 'number' && property(state, 'serial') !== undefined) {
    throw oldState(source, version);
  }
  const isShown = typeof property(state, 'format_version') === 'string';
  if (!isShown || Object.hasOwn(state as JsonObject, 'resource_changes')) {
    throw notAState(source);
  }
  return shownResources(propertyAt(state, 'values', 'root_module'), undefined, 0);
}

/** Resources of `show -json`: https://developer.hashicorp.com/terraform/internals/json-format#values-representation */
function shownResources(module: unknown, moduleAddress: string | undefined, depth: number): SideResource[] {
  if (depth > DEEPEST_MODULE) {
    return [];
  }
  const own = blocksOf(property(module, 'resources')).flatMap((resource): SideResource[] => {
    const { address, mode, type, name, values, sensitive_values: sensitive, deposed_key: deposed } = resource;
    return typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string'
      ? []
      : [
          {
            resource: {
              address: typeof deposed === 'string' ? `${address} (deposed ${deposed})` : address,
              ...(moduleAddress !== undefined && { moduleAddress }),
              mode: mode === 'data' ? 'data' : 'managed',
              type,
              name,
            },
            values,
            marks: { unknown: undefined, sensitive: [sensitive] },
          },
        ];
  });
  const inner = blocksOf(property(module, 'child_modules')).flatMap((child) => {
    const address = property(child, 'address');
    return shownResources(child, typeof address === 'string' ? address : undefined, depth + 1);
  });
  return [...own, ...inner];
}

/** Instances of a resource in `terraform.tfstate`. */
function instancesOf(resource: JsonObject): SideResource[] {
  const { type, name, module } = resource;
  if (typeof type !== 'string' || typeof name !== 'string') {
    return [];
  }
  const mode = property(resource, 'mode') === 'data' ? 'data' : 'managed';
  const moduleAddress = typeof module === 'string' ? module : undefined;
  const label = `${moduleAddress === undefined ? '' : `${moduleAddress}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return blocksOf(property(resource, 'instances')).map((instance): SideResource => {
    const key = property(instance, 'index_key');
    const deposed = property(instance, 'deposed');
    const suffix = typeof key === 'number' ? `[${key}]` : typeof key === 'string' ? `[${addressKey(key)}]` : '';
    const values = withoutTypes(property(instance, 'attributes'));
    return {
      resource: {
        address: `${label}${suffix}${typeof deposed === 'string' ? ` (deposed ${deposed})` : ''}`,
        ...(moduleAddress !== undefined && { moduleAddress }),
        mode,
        type,
        name,
      },
      values,
      marks: {
        unknown: undefined,
        sensitive: [marksOf(property(instance, 'sensitive_attributes')), secretsIn(values, 0)],
      },
    };
  });
}

/** Values of any type, such as the body of azapi's resources, stand in a state beside the name of their type. */
function withoutTypes(attributes: unknown): unknown {
  return isObject(attributes)
    ? Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [
          key,
          isObject(value) &&
          Object.keys(value).length === 2 &&
          Object.hasOwn(value, 'type') &&
          Object.hasOwn(value, 'value')
            ? value.value
            : value,
        ]),
      )
    : attributes;
}

/** Paths of sensitive values as marks in the shape of the values; a path that cannot be read hides everything. */
function marksOf(paths: unknown): unknown {
  const marks = new Map<Step, unknown>();
  for (const path of Array.isArray(paths) ? paths : []) {
    const steps = Array.isArray(path) ? path.map(stepOf) : [undefined];
    const known = steps.indexOf(undefined) < 0 ? steps : steps.slice(0, steps.indexOf(undefined));
    if (known.length === 0) {
      return true;
    }
    mark(marks, known as Step[]);
  }
  return asMarks(marks);
}

function stepOf(step: unknown): Step | undefined {
  const value = property(step, 'value');
  const inner = isObject(value) ? value.value : value;
  return typeof inner === 'string' || typeof inner === 'number' ? inner : undefined;
}

function mark(marks: Map<Step, unknown>, [step, ...rest]: readonly Step[]): void {
  const inner = marks.get(step!);
  if (rest.length === 0 || inner === true) {
    marks.set(step!, true);
    return;
  }
  const below = inner instanceof Map ? (inner as Map<Step, unknown>) : new Map<Step, unknown>();
  marks.set(step!, below);
  mark(below, rest);
}

function asMarks(marks: unknown): unknown {
  if (!(marks instanceof Map)) {
    return marks;
  }
  const entries = [...(marks as Map<Step, unknown>)].map(([step, inner]) => [step, asMarks(inner)] as const);
  if (entries.length === 0 || entries.some(([step]) => typeof step === 'string')) {
    return Object.fromEntries(entries);
  }
  const list: unknown[] = [];
  entries.forEach(([step, inner]) => (list[Number(step)] = inner));
  return list;
}

/** Marks for texts of attributes that are called like secrets. */
function secretsIn(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_MODULE) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item) => secretsIn(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      (SECRET_ATTRIBUTE.test(key) && inner !== '') || secretsIn(inner, depth + 1),
    ]),
  );
}
