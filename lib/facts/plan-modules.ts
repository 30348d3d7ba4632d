import { ConfigurationModule, ConfigurationResource, ModuleCall } from './plan-document';

/** A resource of the plan that values may follow from. */
export interface PlannedResource {
  readonly address: string;
  readonly moduleAddress?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
}

/** A module of the configuration as one of its instances. */
export interface ModuleInstance {
  readonly address: string;
  /** Key of `for_each` or `count` as it stands in the address, brackets included. */
  readonly key: string;
  readonly module?: ConfigurationModule;
  readonly call?: ModuleCall;
  readonly parent?: ModuleInstance;
}

/** The modules of a plan, each of their instances apart. */
export class PlanModules {
  private readonly modules = new Map<string, ModuleInstance>();
  private readonly keys = new Map<string, Set<string>>();

  constructor(configuration: ConfigurationModule) {
    this.modules.set('', { address: '', key: '', module: configuration });
  }

  /** The module that the resource stands in. */
  around({ moduleAddress = '' }: PlannedResource): ModuleInstance {
    return this.at(moduleAddress);
  }

  /** What the configuration says of the resource. */
  declarationOf(resource: PlannedResource): ConfigurationResource | undefined {
    return this.around(resource).module?.resources.get(labelOf(resource));
  }

  /** Keys of the instances of the module at an address without a key. */
  keysOf(address: string): readonly string[] {
    return [...(this.keys.get(address) ?? [''])];
  }

  at(address: string): ModuleInstance {
    const known = this.modules.get(address);
    if (known !== undefined) {
      return known;
    }
    const at = lastModule(address);
    const parent = at.start === 0 ? this.at('') : this.at(address.slice(0, at.start - 1));
    const call = parent.module?.calls.get(at.name);
    const found = { address, key: at.key, module: call?.module, call, parent };
    this.modules.set(address, found);
    const base = address.slice(0, address.length - at.key.length);
    this.keys.set(base, (this.keys.get(base) ?? new Set()).add(at.key));
    return found;
  }
}

/** Address within the module, without the key. */
export function labelOf({ mode, type, name }: PlannedResource): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}

/** The key at the end of the address, brackets included. */
export function keyOf(resource: PlannedResource): string {
  const label = joined(resource.moduleAddress ?? '', labelOf(resource));
  return resource.address.startsWith(label) ? resource.address.slice(label.length) : '';
}

export function joined(module: string, label: string): string {
  return module === '' ? label : `${module}.${label}`;
}

/** The innermost module of an address: where it begins, its name and its key. */
function lastModule(address: string): { readonly start: number; readonly name: string; readonly key: string } {
  let last = { start: 0, name: '', key: '' };
  const module = /module\.([^.[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)(?:\.|$)/y;
  for (let match = module.exec(address); match !== null; match = module.exec(address)) {
    last = { start: match.index, name: match[1]!, key: match[2]! };
    if (module.lastIndex >= address.length) {
      break;
    }
  }
  return last;
}
