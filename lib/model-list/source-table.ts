import { SourceEntry } from '../catalog/catalog-document';

/** The sources of a document that is being made, each once. */
export class SourceTable {
  private readonly positions = new Map<string, number>();
  private readonly all: SourceEntry[] = [];

  get entries(): readonly SourceEntry[] {
    return this.all;
  }

  /** Position of a source, added where it is new. */
  position(source: SourceEntry): number {
    const { name, asOf, url, region } = source;
    const key = JSON.stringify([name, asOf, url, region]);
    const known = this.positions.get(key);
    if (known !== undefined) {
      return known;
    }
    this.positions.set(key, this.all.length);
    return this.all.push(source) - 1;
  }
}
