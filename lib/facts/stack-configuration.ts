import { readAccounts } from './account-reader';
import { stepsOf } from './attribute-path';
import { readAzapiResource } from './azapi-deployment';
import { readAzurermDeployment } from './azurerm-deployment';
import { BlockMemory, ReadBlock } from './block-memory';
import { BlockReading, ConfigurationBlock } from './configuration-block';
import { AccountFact, ConfigurationFacts, DeletionFact, DeploymentFact, LiteralFact } from './facts';
import { HeldPlaces } from './held-places';
import { instancesOf } from './instances';
import { blocksOf, JsonObject, property } from './json';
import { LiteralReader, LiteralSink } from './literal-reader';
import { Locals } from './locals';
import { readModule } from './module-deployment';
import { readPolicyDefinition } from './policy-definition';
import { RefusedNames } from './release-names';
import { constructPathIn, stackNameIn, waiversIn } from './stack-comment';
import { StackReferences } from './stack-references';
import { isTemplateDeployment, readTemplateDeployment } from './template-deployment';
import type { TopologyFacts, TopologyReader } from './topology-reader';
import { mayBeTopology } from './topology-types';

/** How a configuration is read. */
export interface StackReading {
  /** Name of the stack. @default the one in cdktf's metadata */
  readonly stack?: string;
  /** Whether a text is worth keeping as a literal; large stacks hold very many. @default every text that is not empty */
  readonly literals?: (text: string) => boolean;
  /** Whether a part of the stack is missing, so that what nothing here declares may be there. @default false */
  readonly isPartial?: boolean;
  /** What was read of blocks before. @default - every block is read */
  readonly memory?: BlockMemory;
}

/**
 * Reads the Terraform JSON of one stack: what `stack.toTerraform()` returns and what `cdk.tf.json` holds. Any JSON value
 * is accepted; what cannot be read is unknown or opaque, never left out and never an error.
 */
export function readStackConfiguration(json: unknown, options: StackReading = {}): ConfigurationFacts {
  return new StackReader(json, options).read();
}

/** Reads one block; the filter says whether a text may name a model. */
type BlockReader = (block: ConfigurationBlock, mayNameModel: (text: string) => boolean) => BlockReading;

/** Reader of one `resource` type, by the Terraform type. */
function readerOf(type: string): BlockReader | undefined {
  if (type === 'azurerm_cognitive_deployment') {
    return readAzurermDeployment;
  }
  if (type === 'azurerm_policy_definition') {
    return readPolicyDefinition;
  }
  return type.startsWith('azapi_')
    ? readAzapiResource
    : isTemplateDeployment(type)
      ? readTemplateDeployment
      : undefined;
}

class StackReader {
  private readonly deployments: DeploymentFact[] = [];
  private readonly accounts: AccountFact[] = [];
  private readonly deletions: DeletionFact[] = [];
  private readonly sink: LiteralSink = { literals: [], opaque: [] };
  private readonly names = new RefusedNames();
  private topologyReader?: TopologyReader;
  private readonly locals: Locals;
  private readonly stack?: string;
  private readonly accepts: (text: string) => boolean;

  constructor(
    private readonly json: unknown,
    private readonly options: StackReading,
  ) {
    this.stack = options.stack ?? stackNameIn(json);
    this.accepts = options.literals ?? ((text) => text !== '');
    this.locals = new Locals(Object.fromEntries(this.named('locals')));
  }

  read(): ConfigurationFacts {
    for (const [type, name, body] of this.typed('resource')) {
      this.readBlock(body, type, `${type}.${name}`, readerOf(type));
    }
    for (const [type, name, body] of this.typed('data')) {
      this.readBlock(body, type, `data.${type}.${name}`);
    }
    for (const [name, value] of this.named('module')) {
      blocksOf(value).forEach((body) => this.readBlock(body, 'module', `module.${name}`, readModule));
    }
    for (const [name, value] of this.named('provider')) {
      blocksOf(value).forEach((body) => this.readBlock(body, 'provider', `provider.${name}`));
    }
    this.locals.withoutUse(() => {
      this.readValues('variable', 'var', ['default']);
      this.readValues('output', 'output', ['value', 'description']);
    });
    this.readLocals();
    return {
      stack: this.stack,
      deployments: this.deployments,
      ...this.sink,
      ...(this.accounts.length > 0 && { accounts: this.accounts }),
      ...(this.deletions.length > 0 && { deletions: this.deletions }),
      ...this.topology(),
      waivers: waiversIn(this.json),
    };
  }

  private topology(): TopologyFacts {
    if (this.topologyReader === undefined) {
      return this.names.all.length > 0 ? { names: this.names.all } : {};
    }
    return this.topologyReader.facts({
      references: new StackReferences(this.json, this.locals.scope),
      deployments: this.deployments,
      mayDeclareMore: this.options.isPartial === true || this.sink.opaque.length > 0,
    });
  }

  /** Most stacks have no part of a topology, and need not load what reads one. */
  private readTopology(block: ConfigurationBlock, body: JsonObject): JsonObject {
    this.names.ofResource(block);
    if (!mayBeTopology(block.origin.type)) {
      return body;
    }
    if (this.topologyReader === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would make all readers of facts wait
      const { TopologyReader } = require('./topology-reader') as typeof import('./topology-reader');
      this.topologyReader = new TopologyReader(this.names);
    }
    return this.topologyReader.read(block, body);
  }

  private readBlock(body: JsonObject, type: string, address: string, reader?: BlockReader): void {
    const read = () => this.blockRead(this.blockOf(body, type, address), reader);
    const known = this.options.memory?.of(body, read) ?? read();
    const { block, reading } = known;
    if (block.instances.all.length === 0) {
      return;
    }
    this.deployments.push(...reading.deployments);
    this.sink.opaque.push(...reading.opaque);
    this.deletions.push(...(reading.deletions ?? []));
    this.accounts.push(...readAccounts(block));
    const left = this.readTopology(block, reading.body);
    known.literals ??= this.literalsIn(block, left);
    this.sink.literals.push(...known.literals.literals);
    this.sink.opaque.push(...known.literals.opaque);
  }

  private blockRead(block: ConfigurationBlock, reader: BlockReader | undefined): ReadBlock {
    const { all, mayBeNone } = block.instances;
    const reading = (all.length === 0 ? undefined : reader?.(block, this.accepts)) ?? {
      deployments: [],
      opaque: [],
      body: block.body,
    };
    const deployments = mayBeNone
      ? reading.deployments.map((fact) => ({ ...fact, mayNotExist: true }))
      : reading.deployments;
    return { block, reading: { ...reading, deployments } };
  }

  private literalsIn(block: ConfigurationBlock, body: JsonObject): LiteralSink {
    const sink: LiteralSink = { literals: [], opaque: [] };
    new LiteralReader(block, this.accepts, sink).read(body);
    return sink;
  }

  private readValues(section: string, prefix: string, keys: readonly string[]): void {
    for (const [name, value] of this.named(section)) {
      for (const block of blocksOf(value)) {
        const body = Object.fromEntries(
          keys.filter((key) => Object.hasOwn(block, key)).map((key) => [key, block[key]]),
        );
        new LiteralReader(this.blockOf(body, section, `${prefix}.${name}`), this.accepts, this.sink).read(body);
      }
    }
  }

  /** A local is judged where it is used, and here only where nothing that was read uses it. */
  private readLocals(): void {
    const found: LiteralFact[] = [];
    for (const [name, value] of this.named('locals')) {
      const body = { value };
      const block = this.blockOf(body, 'local', `local.${name}`);
      new LiteralReader(block, this.accepts, { literals: found, opaque: this.sink.opaque }).read(body);
    }
    found.filter((literal) => !this.isUsedLocal(literal)).forEach((literal) => this.sink.literals.push(literal));
  }

  private isUsedLocal(literal: LiteralFact): boolean {
    const name = literal.origin.address.slice('local.'.length);
    return this.locals.isUsed([name, ...stepsOf(literal.path).slice(1)]);
  }

  private blockOf(body: JsonObject, type: string, address: string): ConfigurationBlock {
    const constructPath = constructPathIn(body);
    return {
      origin: {
        address,
        type,
        ...(this.stack !== undefined && { stack: this.stack }),
        ...(constructPath !== undefined && { constructPath }),
      },
      body,
      scope: this.locals.scope,
      instances: instancesOf(body, this.locals.scope),
      held: new HeldPlaces(),
    };
  }

  /** Blocks of a section that are told apart by type and name. */
  private *typed(section: string): Generator<[string, string, JsonObject]> {
    for (const [type, named] of this.named(section)) {
      for (const [name, value] of blocksOf(named).flatMap((blocks) => Object.entries(blocks))) {
        for (const body of blocksOf(value)) {
          yield [type, name, body];
        }
      }
    }
  }

  private named(section: string): [string, unknown][] {
    return blocksOf(property(this.json, section))
      .flatMap((blocks) => Object.entries(blocks))
      .filter(([name, value]) => name !== '//' && (section === 'locals' || typeof value === 'object'));
  }
}
