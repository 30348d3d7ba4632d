import { pipeline, Readable, Transform } from 'node:stream';
import { emulatorBodyTooLarge, bodyAlreadyRead } from './errors';

const LARGEST_BUFFERED = 64 * 1024 * 1024;

/** The body of a request or response: bytes, or a stream that can be read once. */
export class MessageBody {
  private bytes: Buffer | undefined;
  private stream: Readable | undefined;

  private constructor(
    content: Buffer | Readable,
    private readonly owner: 'request' | 'response',
  ) {
    if (Buffer.isBuffer(content)) {
      this.bytes = content;
    } else {
      this.stream = content;
    }
  }

  static ofText(text: string, owner: 'request' | 'response'): MessageBody {
    return new MessageBody(Buffer.from(text, 'utf8'), owner);
  }

  static ofBytes(bytes: Buffer, owner: 'request' | 'response'): MessageBody {
    return new MessageBody(bytes, owner);
  }

  static ofStream(stream: Readable, owner: 'request' | 'response'): MessageBody {
    return new MessageBody(stream, owner);
  }

  /** The number of bytes, if all of them are here. */
  get length(): number | undefined {
    return this.bytes?.length;
  }

  /** Reads the stream to its end, so that the body can be looked at and sent again. */
  async load(): Promise<void> {
    const { stream } = this;
    if (!stream) {
      return;
    }
    this.stream = undefined;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > LARGEST_BUFFERED) {
        throw emulatorBodyTooLarge(this.owner, LARGEST_BUFFERED);
      }
    }
    this.bytes = Buffer.concat(chunks);
  }

  /** The loaded bytes; without `preserve` the body is gone afterwards, as in the gateway. */
  take(preserve: boolean): Buffer {
    const { bytes } = this;
    if (!bytes) {
      throw bodyAlreadyRead(this.owner);
    }
    if (!preserve) {
      this.bytes = undefined;
    }
    return bytes;
  }

  /** The body to be sent: bytes stay for another time, a stream does not. */
  content(): Buffer | Readable {
    const { bytes, stream } = this;
    if (bytes) {
      return bytes;
    }
    if (!stream) {
      throw bodyAlreadyRead(this.owner);
    }
    this.stream = undefined;
    return stream;
  }

  /** Shows what is sent to someone, a stream chunk by chunk as it passes. */
  observe(onChunk: (chunk: Buffer) => void): void {
    const { bytes, stream } = this;
    if (bytes) {
      onChunk(bytes);
    }
    if (stream) {
      const passing = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          onChunk(chunk);
          done(null, chunk);
        },
      });
      // An error of the stream is passed on by the pipeline and met by whoever reads.
      pipeline(stream, passing, () => undefined);
      this.stream = passing;
    }
  }

  /** Lets go of a stream that nobody will read. */
  discard(): void {
    this.stream?.on('error', () => undefined).destroy();
    this.stream = undefined;
  }
}
