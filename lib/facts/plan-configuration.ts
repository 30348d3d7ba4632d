import { isDeepStrictEqual } from 'node:util';
import { ConfigurationFacts } from './facts';
import { isObject, JsonObject, property, withValues } from './json';
import { PlannedAddresses } from './plan-addresses';
import { PlanDocument, ResourceChange, StateResource } from './plan-document';
import { PlannedResource } from './plan-modules';
import { flatAddress } from './plan-origins';
import { PlanReferences } from './plan-references';
import { holdsTrue, UnreadValues, ValueMarks, writtenValue } from './plan-values';
import { withKillSwitch } from './planned-kill-switch';
import { marksOf, SensitiveMarks } from './sensitive-marks';
import { SENSITIVE } from './sensitive-value';
import { stackNameIn } from './stack-comment';
import { readStackConfiguration, StackReading } from './stack-configuration';

/** Keys of Terraform itself, which no attribute is called by. */
const RESERVED: ReadonlySet<string> = new Set([
  '//',
  'connection',
  'count',
  'depends_on',
  'dynamic',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
]);

/** Attributes that Azure answers with: what they hold stands where it was written as well. */
const ANSWERED: ReadonlySet<string> = new Set(['id', 'output', 'output_content']);

/** What a resource is on one side of a plan. */
export interface SideResource {
  readonly resource: PlannedResource;
  readonly values: unknown;
  readonly marks: ValueMarks;
  /** True where there may be no such instance. */
  readonly mayNotExist?: boolean;
}

/**
 * Writes one side of a plan as a Terraform configuration in which every instance is a block of its own, and reads it like
 * any other configuration.
 */
export class PlanSides {
  private readonly addresses = new PlannedAddresses();
  private readonly references: PlanReferences;
  private readonly unread: Pick<UnreadValues, 'sensitive' | 'tooDeep'>;
  private readonly bodies = new WeakMap<SideResource, JsonObject>();

  /** @param resources what references may lead to */
  constructor(
    configuration: PlanDocument['configuration'],
    resources: readonly SideResource[],
    private readonly marks: SensitiveMarks,
    private readonly synthesised?: unknown,
  ) {
    const instances = resources.map(({ resource }) => resource);
    this.references = new PlanReferences(configuration, instances, this.addresses, idsOf(resources, marks));
    this.unread = {
      sensitive: this.addresses.words(SENSITIVE),
      tooDeep: this.addresses.words('a value that nests too deep'),
    };
  }

  /** The facts of a side, with the addresses of the plan. */
  read(side: readonly SideResource[], reading: StackReading, comment?: unknown): ConfigurationFacts {
    const sections = {
      resource: new Map<string, Map<string, unknown>>(),
      data: new Map<string, Map<string, unknown>>(),
    };
    const byFlatAddress = new Map<string, PlannedResource>();
    for (const each of side) {
      const { resource } = each;
      const flat = flatAddress(resource, this.addresses);
      byFlatAddress.set(flat, resource);
      const section = sections[resource.mode === 'data' ? 'data' : 'resource'];
      const blocks = section.get(resource.type) ?? new Map<string, unknown>();
      section.set(resource.type, blocks.set(flat.slice(flat.lastIndexOf('.') + 1), this.bodyOf(each)));
    }
    const json = {
      ...(comment !== undefined && { '//': comment }),
      resource: Object.fromEntries([...sections.resource].map(([type, blocks]) => [type, Object.fromEntries(blocks)])),
      data: Object.fromEntries([...sections.data].map(([type, blocks]) => [type, Object.fromEntries(blocks)])),
    };
    const facts = readStackConfiguration(json, { ...reading, stack: reading.stack ?? stackNameIn(this.synthesised) });
    const literals = facts.literals.filter(({ origin, path }) => {
      const resource = byFlatAddress.get(origin.address);
      return resource === undefined || this.isWritten(resource, /^[\w-]*/.exec(path)![0]);
    });
    return this.addresses.restoreFacts({ ...facts, literals });
  }

  /** One and the same for what stands on both sides. */
  private bodyOf(side: SideResource): JsonObject {
    const known = this.bodies.get(side) ?? this.body(side);
    this.bodies.set(side, known);
    return known;
  }

  private body({ resource, values, marks: own, mayNotExist }: SideResource): JsonObject {
    const sensitive = [...own.sensitive, ...this.marks.at(resource.address)].filter(holdsTrue);
    const marks = { ...own, sensitive };
    const unread: UnreadValues = {
      ...this.unread,
      unknown: (steps) => this.references.unknownValue(resource, steps),
    };
    const planned =
      marks.unknown === true
        ? this.references.configuredAttributes(resource).map((key) => [key, unread.unknown([key])] as const)
        : Object.entries(withKillSwitch(resource.type, values, this.attributes(values, marks, unread)));
    return Object.fromEntries([
      ...planned.filter(([key]) => !RESERVED.has(key)),
      ...Object.entries(this.declared(resource)),
      ...(mayNotExist === true ? [['count', this.addresses.words('known after apply')]] : []),
    ]) as JsonObject;
  }

  /** Of a resource that is secret as a whole, the names of its attributes are not. */
  private attributes(values: unknown, marks: ValueMarks, unread: UnreadValues): JsonObject {
    const written = writtenValue(values, marks, unread);
    return isObject(written)
      ? written
      : typeof written === 'string' && isObject(values)
        ? withValues(values, (value) => (value === null ? null : unread.sensitive))
        : {};
  }

  /** What the configuration of the root module says and plans do not. */
  private declared(resource: PlannedResource): JsonObject {
    const section = property(this.synthesised, resource.mode === 'data' ? 'data' : 'resource');
    const block = property(property(section, resource.type), resource.name);
    if (resource.moduleAddress !== undefined || !isObject(block)) {
      return {};
    }
    return Object.fromEntries(
      ['//', 'lifecycle'].filter((key) => Object.hasOwn(block, key)).map((key) => [key, block[key]]),
    );
  }

  /** What Azure answered with is a text of nobody, and says again what the configuration said. */
  private isWritten(resource: PlannedResource, attribute: string): boolean {
    return this.references.isConfigured(resource, attribute) ?? !ANSWERED.has(attribute);
  }
}

/** Ids that are known and that everybody may see. */
function idsOf(resources: readonly SideResource[], all: SensitiveMarks): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap(({ resource, values, marks }): [string, string][] => {
      const id = property(values, 'id');
      const isOpen = [...marks.sensitive, ...all.at(resource.address)].every(
        (mark) => mark !== true && property(mark, 'id') === undefined,
      );
      return typeof id === 'string' && isOpen ? [[resource.address, id]] : [];
    }),
  );
}

/** What stands before a plan and after it; what stays as it is, is one and the same object on both sides. */
export function sidesOf(
  plan: PlanDocument,
  untouched: readonly StateResource[],
): Record<'before' | 'after', SideResource[]> {
  const standing = untouched.map(stateResource);
  const kept = new Map(plan.changes.filter(staysAsItIs).map((change) => [change, beforeOf(change)]));
  const before = plan.changes.filter(
    ({ action, before }) => isObject(before) && action !== 'create' && action !== 'read',
  );
  const after = plan.changes.filter(
    ({ action, deposed }) => action !== 'delete' && action !== 'forget' && deposed === undefined,
  );
  return {
    before: [...before.map((change) => kept.get(change) ?? beforeOf(change)), ...standing],
    after: [...after.map((change) => kept.get(change) ?? afterOf(change)), ...standing],
  };
}

/** Whether a resource is the same before and after the plan, its address and marks included. */
function staysAsItIs({
  action,
  address,
  previousAddress = address,
  deposed,
  deferredReason,
  ...change
}: ResourceChange) {
  return (
    action === 'no-op' &&
    previousAddress === address &&
    deposed === undefined &&
    deferredReason === undefined &&
    isObject(change.before) &&
    !holdsTrue(change.afterUnknown) &&
    isDeepStrictEqual(change.before, change.after)
  );
}

/** Resources of the state that the plan says nothing about, so that they stay as they are. */
export function untouchedResources({ changes, prior }: PlanDocument): StateResource[] {
  const spokenOf = new Set(changes.flatMap((change) => [addressOf(change), change.previousAddress ?? change.address]));
  return prior.filter((resource) => !spokenOf.has(addressOf(resource)));
}

/** Address of what a change is about; objects that are left over share theirs with another. */
export function addressOf({ address, deposed }: Pick<ResourceChange, 'address' | 'deposed'>): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

/** What is moved stood at its previous address. */
export function beforeOf(change: ResourceChange): SideResource {
  const { address, previousAddress = address, deposed } = change;
  return {
    resource: { ...change, address: addressOf({ address: previousAddress, deposed }) },
    values: change.before,
    marks: { unknown: undefined, sensitive: marksOf(change) },
  };
}

export function afterOf(change: ResourceChange): SideResource {
  return {
    resource: change,
    values: change.after,
    marks: { unknown: change.afterUnknown, sensitive: marksOf(change) },
    mayNotExist: change.deferredReason === 'instance_count_unknown',
  };
}

function stateResource(resource: StateResource): SideResource {
  return {
    resource: { ...resource, address: addressOf(resource) },
    values: resource.values,
    marks: { unknown: undefined, sensitive: [resource.sensitiveValues] },
  };
}
