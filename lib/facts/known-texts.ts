import { standsAt } from './json-bytes';

interface KnownText {
  readonly bytes: Buffer;
  readonly text: string;
}

const SLOTS = 64;

/** Makes texts of bytes, and makes those that come again and again only once. */
export class KnownTexts {
  private readonly known: (KnownText | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);

  of(bytes: Buffer, from: number, to: number): string {
    const slot = ((to - from) * 7 + bytes[from]! + 3 * bytes[to - 1]!) % SLOTS;
    let known = this.known[slot];
    if (known === undefined || known.bytes.length !== to - from || !standsAt(bytes, from, known.bytes)) {
      known = { bytes: Buffer.from(bytes.subarray(from, to)), text: bytes.toString('utf8', from, to) };
      this.known[slot] = known;
    }
    return known.text;
  }
}
