import { resolveValue } from './expression';
import { templateParts } from './expression-text';
import { Instance, instancesOf } from './instances';
import { blocksOf, JsonObject, property } from './json';
import { Scope } from './scope';
import { Unresolved } from './unresolved';

/** Names that lead to names that lead to names: configurations do so twice or three times. */
const LONGEST_CHAIN = 8;

const REFERENCE =
  /^(?<address>(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*)(?<index>\[[^[\]]*\])?\.(?<attribute>[a-z][a-z0-9_]*)$/;

const ACCOUNT_ENDPOINT = /(azurerm_cognitive_account\.[A-Za-z_][\w-]*(?:\[[^[\]]*\])?)\.endpoint\b/;

/** A resource of the stack that something refers to. */
export interface ReferredResource {
  /** With the instance's suffix. */
  readonly address: string;
  readonly body: JsonObject;
  readonly instance: Instance;
}

/** Follows references from one resource of a stack to the attributes of another. */
export class StackReferences {
  private sections?: ReadonlyMap<string, readonly unknown[]>;
  private readonly blocks = new Map<string, ReadonlyMap<string, JsonObject>>();
  private readonly instances = new Map<string, readonly Instance[]>();

  constructor(
    private readonly json: unknown,
    private readonly scope: Scope,
  ) {}

  /** Every resource of a type, one entry an instance. */
  ofType(type: string): ReferredResource[] {
    return [...this.blocksOfType(type)].flatMap(([address, body]) =>
      this.instancesOf(address, body).map((instance) => ({
        address: `${address}${instance.suffix}`,
        body,
        instance,
      })),
    );
  }

  /** The attribute of a resource as text, references followed; expressions that lead out of the stack stay in it. */
  text({ body, instance }: Omit<ReferredResource, 'address'>, attribute: string): string | undefined {
    return this.textOf(property(body, attribute), instance);
  }

  textOf(value: unknown, instance: Instance): string | undefined {
    return this.follow(value, instance, 0);
  }

  /** The resource that a text refers to, where it is nothing but `${type.name.attribute}`. */
  referred(value: unknown, instance: Instance): (ReferredResource & { readonly attribute: string }) | undefined {
    const resolved = resolveValue(value, instance.scope);
    const text = resolved instanceof Unresolved ? resolved.expression : resolved;
    const parts = typeof text === 'string' ? templateParts(text) : undefined;
    return parts?.length === 1 && parts[0]!.kind === 'expression' ? this.find(parts[0]!.text, instance) : undefined;
  }

  private follow(value: unknown, instance: Instance, depth: number): string | undefined {
    const resolved = resolveValue(value, instance.scope);
    if (['string', 'number', 'boolean'].includes(typeof resolved)) {
      return String(resolved);
    }
    if (!(resolved instanceof Unresolved)) {
      return undefined;
    }
    const parts = depth > LONGEST_CHAIN ? undefined : templateParts(resolved.expression);
    if (parts === undefined) {
      return resolved.expression;
    }
    return parts
      .map((part) =>
        part.kind === 'text' ? part.text : (this.valueOf(part.text, instance, depth) ?? `\${${part.text}}`),
      )
      .join('');
  }

  private valueOf(expression: string, instance: Instance, depth: number): string | undefined {
    const found = this.find(expression, instance);
    const value = found && property(found.body, found.attribute);
    if (found !== undefined && value !== undefined && value !== null) {
      return this.follow(value, found.instance, depth + 1);
    }
    return this.endpoint(expression, instance, depth);
  }

  /** Azure makes the endpoint of an account from its subdomain; without one, calls cannot be told apart by host. */
  private endpoint(expression: string, instance: Instance, depth: number): string | undefined {
    const account = ACCOUNT_ENDPOINT.exec(expression)?.[1];
    const found = account === undefined ? undefined : this.find(`${account}.endpoint`, instance);
    if (found === undefined) {
      return undefined;
    }
    const subdomain = this.follow(property(found.body, 'custom_subdomain_name'), found.instance, depth + 1);
    const host = subdomain === undefined ? `\${${found.address}}` : `${subdomain}.cognitiveservices.azure.com`;
    return `https://${host}${expression.trim().startsWith('azurerm_') ? '/' : ''}`;
  }

  private find(expression: string, from: Instance): (ReferredResource & { readonly attribute: string }) | undefined {
    const { address, index, attribute } = REFERENCE.exec(expression.trim())?.groups ?? {};
    const body =
      address === undefined ? undefined : this.blocksOfType(address.slice(0, address.lastIndexOf('.'))).get(address);
    if (body === undefined) {
      return undefined;
    }
    const instances = this.instancesOf(address!, body);
    const key = index === '[each.key]' ? from.scope.read('each', ['key']) : undefined;
    const suffix = typeof key === 'string' ? `[${JSON.stringify(key)}]` : (index ?? '');
    const instance = instances.find((candidate) => candidate.suffix === suffix) ?? onlyOne(instances);
    return instance && { address: `${address}${instance.suffix}`, body, instance, attribute: attribute! };
  }

  private instancesOf(address: string, body: JsonObject): readonly Instance[] {
    const known = this.instances.get(address) ?? instancesOf(body, this.scope).all;
    this.instances.set(address, known);
    return known;
  }

  /** The blocks of a type by their address; a stack has many types that nobody asks for. */
  private blocksOfType(type: string): ReadonlyMap<string, JsonObject> {
    this.sections ??= new Map([...this.section('resource', ''), ...this.section('data', 'data.')]);
    const known = this.blocks.get(type) ?? blocksByAddress(type, this.sections.get(type) ?? []);
    this.blocks.set(type, known);
    return known;
  }

  /** What the section holds of each type; JSON syntax may give a type in several places. */
  private section(section: string, prefix: string): Map<string, unknown[]> {
    const types = new Map<string, unknown[]>();
    for (const [type, named] of blocksOf(property(this.json, section)).flatMap((block) => Object.entries(block))) {
      const same = types.get(`${prefix}${type}`) ?? [];
      same.push(named);
      types.set(`${prefix}${type}`, same);
    }
    return types;
  }
}

function blocksByAddress(type: string, declarations: readonly unknown[]): ReadonlyMap<string, JsonObject> {
  const blocks = new Map<string, JsonObject>();
  for (const [name, value] of declarations.flatMap(blocksOf).flatMap((block) => Object.entries(block))) {
    blocksOf(value).forEach((body) => blocks.set(`${type}.${name}`, body));
  }
  return blocks;
}

function onlyOne<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 && values[0] !== undefined ? values[0] : undefined;
}
