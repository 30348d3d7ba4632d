import { isJsonObject, JsonObject } from '../../contracts/json-file';
import { templateParts } from './template-text';

/** A resource or data source as the file has it. */
export interface SynthesisedResource {
  /** For instance `azurerm_api_management_api.chat`. */
  readonly address: string;
  readonly type: string;
  readonly label: string;
  readonly values: JsonObject;
}

/** What a whole value refers to. */
export interface ResourceReference {
  readonly resource: SynthesisedResource;
  readonly attribute: string;
}

const REFERENCE = /^(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)\.([a-z_][a-z0-9_]*)$/;
const NAMED = /^(var|local)\.([A-Za-z_][\w-]*)$/;

/** References of references of …; a chain this long is a circle. */
const LONGEST_CHAIN = 20;
/** More than any name, URL or policy; references that double with each step grow beyond it soon. */
const LONGEST_VALUE = 1024 * 1024;

/** The resources of one `cdk.tf.json`, and what its texts stand for as far as the file itself says. */
export class SynthesisedConfiguration {
  /** Addresses of the modules, whose resources are in other files. */
  readonly modules: readonly string[];
  private readonly resources = new Map<string, SynthesisedResource>();
  private readonly named = new Map<string, unknown>();
  private readonly known = new Map<string, string | undefined>();

  constructor(configuration: unknown) {
    this.modules = entriesOf(configuration, 'module').map(([name]) => `module.${name}`);
    this.readResources(configuration, 'resource', '');
    this.readResources(configuration, 'data', 'data.');
    for (const [name, value] of entriesOf(configuration, 'variable')) {
      blocksOf(value).forEach((block) => this.named.set(`var.${name}`, block.default));
    }
    entriesOf(configuration, 'locals').forEach(([name, value]) => this.named.set(`local.${name}`, value));
  }

  /** The managed resources, in the order of the file. */
  managed(): SynthesisedResource[] {
    return [...this.resources.values()].filter(({ address }) => !address.startsWith('data.'));
  }

  /** The resource that a value consisting of one reference names, with the attribute. */
  referenceOf(value: unknown): ResourceReference | undefined {
    const parts = typeof value === 'string' ? templateParts(value) : [];
    const match = parts.length === 1 && 'expression' in parts[0]! ? REFERENCE.exec(parts[0].expression) : undefined;
    const resource = match ? this.resources.get(`${match[1] ?? ''}${match[2]}.${match[3]}`) : undefined;
    return resource && { resource, attribute: match![4]! };
  }

  /**
   * The text with its references replaced by what they stand for.
   *
   * @param standIn what to write for an expression that the file does not answer, told what stands before it
   */
  fill(text: string, standIn: (expression: string, before: string) => string): string {
    return this.filled(text, standIn, 0);
  }

  private filled(text: string, standIn: (expression: string, before: string) => string, depth: number): string {
    return templateParts(text).reduce(
      (before, part) =>
        before +
        ('text' in part ? part.text : (this.valueOf(part.expression, depth) ?? standIn(part.expression, before))),
      '',
    );
  }

  /** The text that an expression stands for, or undefined if the file does not say. */
  private valueOf(expression: string, depth: number): string | undefined {
    if (!this.known.has(expression)) {
      this.known.set(expression, this.workedOut(expression, depth));
    }
    return this.known.get(expression);
  }

  private workedOut(expression: string, depth: number): string | undefined {
    const value = this.rawValueOf(expression);
    if (typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    if (typeof value !== 'string' || depth > LONGEST_CHAIN) {
      return undefined;
    }
    let isKnown = true;
    const text = this.filled(
      value,
      () => {
        isKnown = false;
        return '';
      },
      depth + 1,
    );
    return isKnown && text.length <= LONGEST_VALUE ? text : undefined;
  }

  private rawValueOf(expression: string): unknown {
    if (NAMED.test(expression)) {
      return this.named.get(expression);
    }
    const match = REFERENCE.exec(expression);
    const resource = match ? this.resources.get(`${match[1] ?? ''}${match[2]}.${match[3]}`) : undefined;
    return resource && Object.hasOwn(resource.values, match![4]!) ? resource.values[match![4]!] : undefined;
  }

  private readResources(configuration: unknown, section: string, prefix: string): void {
    for (const [type, named] of entriesOf(configuration, section)) {
      for (const [label, value] of blocksOf(named).flatMap((block) => Object.entries(block))) {
        for (const values of blocksOf(value)) {
          const address = `${prefix}${type}.${label}`;
          this.resources.set(address, { address, type, label, values });
        }
      }
    }
  }
}

/** The blocks that a value consists of: Terraform JSON has one block as an object or several as a list. */
export function blocksOf(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

function entriesOf(configuration: unknown, section: string): [string, unknown][] {
  const value = isJsonObject(configuration) ? configuration[section] : undefined;
  return blocksOf(value).flatMap((block) => Object.entries(block).filter(([name]) => name !== '//'));
}
