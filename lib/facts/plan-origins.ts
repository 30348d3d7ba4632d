import { PlannedAddresses } from './plan-addresses';
import { isWritten, nodeAt, outermost, wholeExpression, Written } from './plan-expressions';
import { joined, keyOf, labelOf, ModuleInstance, PlannedResource, PlanModules } from './plan-modules';
import { chosenKey, indexText, partsOf, ReferencePart, stepOf } from './plan-reference-path';
import { Step } from './scope';

/** Modules that hand a value on to modules. */
const LONGEST_CHAIN = 32;

/** References that one value may lead through: modules that repeat references multiply them. */
export const EFFORT_PER_VALUE = 1_000;

/** What tells instances apart, and not what a value is made of. */
const OF_THE_INSTANCE = /^(?:each(?:\.key)?|count(?:\.index)?|self|(?:path|terraform)\.\w+)$/;

/** Ids may be written around names and ids of several resources: the account is the one that is meant. */
const ACCOUNT = /^(?:data\.)?azurerm_(?:cognitive_account|ai_services)\./;

/** Attributes that hold an id and nothing around it. */
const IDENTIFIER = /(?:^|_)id$/;

/** Where an expression stands. */
export interface Standpoint {
  readonly within: ModuleInstance;
  /** Key of the instance, as it stands in the address. */
  readonly key: string;
  /** What `for_each` runs over. */
  readonly forEach?: unknown;
  /** The attribute whose value is looked for. */
  readonly attribute: string;
  readonly depth: number;
  readonly effort: { left: number };
}

/** What an expression follows from. */
export interface Origin {
  /** `type.name` in the flat configuration. */
  readonly flat: string;
  readonly path: readonly Step[];
}

/** Follows references through modules to the resources that values come from. */
export class OriginFinder {
  /** By module address and `type.name`, the keys of all instances and their names in the flat configuration. */
  private readonly instances = new Map<string, Map<string, string>>();

  constructor(
    private readonly modules: PlanModules,
    resources: Iterable<PlannedResource>,
    private readonly addresses: PlannedAddresses,
  ) {
    for (const resource of resources) {
      const place = `${modules.around(resource).address} ${labelOf(resource)}`;
      const keys = this.instances.get(place) ?? new Map<string, string>();
      this.instances.set(place, keys.set(keyOf(resource), flatAddress(resource, addresses)));
    }
  }

  /** The one resource that a value follows from, where it is one. */
  originOf(written: Written, from: Standpoint): Origin | undefined {
    from.effort.left -= 1;
    if (from.depth > LONGEST_CHAIN || from.effort.left < 0) {
      return undefined;
    }
    const references = referencesOf(written);
    const isIdentifier = isIdentifying(from.attribute);
    const origins = references.flatMap((reference) => this.follow(reference, written.rest, from) ?? []);
    if (references.length > 1 && !isIdentifier) {
      const wanted = origins.filter(({ path }) => path.length > 0 && path.at(-1) === written.rest.at(-1));
      return wanted.length === 1 ? wanted[0] : undefined;
    }
    const isOne = new Set(origins.map(({ flat }) => flat)).size === 1;
    const accounts = isOne ? origins : origins.filter(({ flat }) => ACCOUNT.test(flat));
    const [first] = accounts;
    if (first === undefined || accounts.some(({ flat }) => flat !== first.flat)) {
      return undefined;
    }
    const isWhole = references.length === 1 && first.path.length > 0;
    return isWhole || !isIdentifier ? first : { flat: first.flat, path: ['id'] };
  }

  /**
   * What a reference leads to.
   *
   * @param isDeclaredOnly whether what neither plan nor configuration holds is no resource
   */
  follow(reference: string, rest: readonly Step[], from: Standpoint, isDeclaredOnly = false): Origin | undefined {
    const [root, ...steps] = partsOf(reference);
    if (root === undefined) {
      return undefined;
    }
    switch (root.text) {
      case 'var':
        return this.followVariable(steps, rest, from);
      case 'module':
        return this.followOutput(steps, rest, from);
      case 'each':
        return this.followEach(steps, rest, from);
      case 'local':
      case 'path':
      case 'terraform':
      case 'count':
      case 'self':
        return undefined;
      default: {
        const isData = root.text === 'data';
        const [type, name, ...inner] = isData ? steps : [root, ...steps];
        return type === undefined || name === undefined
          ? undefined
          : this.followResource(`${isData ? 'data.' : ''}${type.text}.${name.text}`, inner, rest, from, isDeclaredOnly);
      }
    }
  }

  private followVariable([name, ...inner]: readonly ReferencePart[], rest: readonly Step[], from: Standpoint) {
    const { call, parent, key } = from.within;
    if (name === undefined || call === undefined || parent === undefined) {
      return undefined;
    }
    const steps = [...inner.map(stepOf), ...rest];
    const node = nodeAt(call.expressions, [name.text, ...steps]);
    const outside = { ...from, within: parent, key, forEach: call.forEach, depth: from.depth + 1 };
    return isWritten(node) ? this.originOf(node, outside) : undefined;
  }

  private followOutput([name, ...steps]: readonly ReferencePart[], rest: readonly Step[], from: Standpoint) {
    const call = name && from.within.module?.calls.get(name.text);
    const [first] = steps;
    const [output, ...inner] = first?.isIndex ? steps.slice(1) : steps;
    if (call === undefined || output === undefined) {
      return undefined;
    }
    const base = joined(from.within.address, `module.${name!.text}`);
    const key = chosenKey(this.modules.keysOf(base), first?.isIndex ? first.text : undefined, from.key);
    const references = call.module.outputs.get(output.text);
    return key === undefined || references === undefined
      ? undefined
      : this.originOf(
          { references, constant: undefined, rest: [...inner.map(stepOf), ...rest] },
          { ...from, within: this.modules.at(`${base}${key}`), key: '', forEach: undefined, depth: from.depth + 1 },
        );
  }

  /** Items of a map over resources are told apart by the keys of the resources. */
  private followEach([what, ...inner]: readonly ReferencePart[], rest: readonly Step[], from: Standpoint) {
    const node = what?.text === 'value' ? nodeAt(from.forEach, []) : undefined;
    const steps = [...inner.map(stepOf), ...rest];
    return isWritten(node)
      ? this.originOf({ ...node, rest: steps }, { ...from, forEach: undefined, depth: from.depth + 1 })
      : undefined;
  }

  private followResource(
    label: string,
    steps: readonly ReferencePart[],
    rest: readonly Step[],
    { within, key }: Standpoint,
    isDeclaredOnly: boolean,
  ): Origin | undefined {
    const [first] = steps;
    const own = (first?.isIndex ? steps.slice(1) : steps).map(stepOf);
    const path = own.length === 0 || typeof rest[0] === 'number' ? [...own, ...rest] : own;
    const asked = first?.isIndex ? first.text : undefined;
    const known = this.instances.get(`${within.address} ${label}`);
    const chosen = known && chosenKey([...known.keys()], asked, key);
    if (known !== undefined) {
      return chosen === undefined ? undefined : { flat: known.get(chosen)!, path };
    }
    const declared = within.module?.resources.get(label);
    if (declared === undefined && isDeclaredOnly) {
      return undefined;
    }
    const isMany = declared?.forEach !== undefined || declared?.count !== undefined;
    const suffix = isMany ? indexText(asked ?? 'each.key', key) : '';
    // Which instances there are is not known then: only the own key is one for certain.
    if (isMany && (suffix === '' || suffix !== key)) {
      return undefined;
    }
    const address = `${joined(within.address, label)}${suffix}`;
    const prefix = label.slice(0, label.lastIndexOf('.') + 1);
    return { flat: `${prefix}${this.addresses.nameOf(address, prefix)}`, path };
  }
}

/** The references of an attribute, without those that only tell instances apart. */
export function referencesOf({ constant, references }: Written): string[] {
  const whole = typeof constant === 'string' ? wholeExpression(constant) : undefined;
  const all = whole === undefined ? outermost(references) : [whole];
  return all.filter((reference) => !OF_THE_INSTANCE.test(reference));
}

/** Whether an attribute has another value for each instance of its resource. */
export function differsByInstance({ references }: Written): boolean {
  return references.some((reference) => /^(?:each|count)\./.test(reference));
}

/** Whether an attribute of this name holds the id of another resource. */
export function isIdentifying(attribute: string): boolean {
  return IDENTIFIER.test(attribute);
}

/** Name of the resource in the flat configuration, with its type. */
export function flatAddress({ mode, type, address }: PlannedResource, addresses: PlannedAddresses): string {
  const prefix = `${mode === 'data' ? 'data.' : ''}${type}.`;
  return `${prefix}${addresses.nameOf(address, prefix)}`;
}
