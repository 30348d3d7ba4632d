import { TextDecoder } from 'node:util';

/** Reads chunks of text in UTF-8 or UTF-16 (what `>` of Windows PowerShell writes), and gives them as UTF-8 without a byte order mark. */
export class PlanDecoder {
  private encoding?: 'utf-8' | 'utf-16le' | 'utf-16be';
  private decoder?: TextDecoder;
  /** Bytes of the last chunk that are not used yet. */
  private left = Buffer.alloc(0);

  /** @param isLast set where no bytes follow */
  decode(chunk: Uint8Array, isLast: boolean): Uint8Array {
    if (this.encoding === 'utf-8') {
      return chunk;
    }
    const bytes = this.left.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.left, chunk]);
    if (this.encoding === undefined) {
      if (bytes.length < 3 && !isLast) {
        this.left = bytes;
        return Buffer.alloc(0);
      }
      this.left = Buffer.alloc(0);
      const [encoding, mark] = encodingOf(bytes);
      this.encoding = encoding;
      return encoding === 'utf-8' ? bytes.subarray(mark) : this.decodeWide(bytes.subarray(mark), isLast);
    }
    return this.decodeWide(bytes, isLast);
  }

  private decodeWide(bytes: Buffer, isLast: boolean): Uint8Array {
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
    this.left = Buffer.from(bytes.subarray(whole.length));
    this.decoder ??= new TextDecoder('utf-16le');
    // Half a character at the end is as good as a NUL: no JSON.
    const text = this.decoder.decode(this.encoding === 'utf-16be' ? Buffer.from(whole).swap16() : whole, {
      stream: !isLast,
    });
    return Buffer.from(isLast && this.left.length > 0 ? `${text}\0` : text);
  }
}

/** The encoding, and the length of the byte order mark. */
function encodingOf(bytes: Buffer): ['utf-8' | 'utf-16le' | 'utf-16be', number] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return ['utf-8', 3];
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return [bytes[0] === 0xff ? 'utf-16le' : 'utf-16be', 2];
  }
  // A document starts with an ASCII character, of which UTF-16 leaves one byte empty.
  const isWide = bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0);
  return [isWide ? (bytes[0] === 0 ? 'utf-16be' : 'utf-16le') : 'utf-8', 0];
}
