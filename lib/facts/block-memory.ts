import { BlockReading, ConfigurationBlock } from './configuration-block';
import { JsonObject } from './json';
import { LiteralSink } from './literal-reader';

/** A block, and what was read of it. */
export interface ReadBlock {
  readonly block: ConfigurationBlock;
  readonly reading: BlockReading;
  /** Of the text that is left once other facts hold theirs; asked for when they have been read. */
  literals?: LiteralSink;
}

/**
 * What was read of blocks, by their body: sides of a plan that share a body share its facts. For configurations of one
 * stack without locals that are read for the same literals.
 */
export class BlockMemory {
  private readonly blocks = new WeakMap<JsonObject, ReadBlock>();

  /** What is known of the body, or else is read of it now. */
  of(body: JsonObject, read: () => ReadBlock): ReadBlock {
    const known = this.blocks.get(body) ?? read();
    this.blocks.set(body, known);
    return known;
  }
}
