import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Few enough bytes to be still near the processor when they are looked at. */
const CHUNK_BYTES = 1 << 18;

/** Chunks after which timers get their turn. */
const CHUNKS_A_TURN = 32;

/**
 * The bytes of a regular file. A chunk is written over when the next one is asked for, so that reading takes no memory
 * that has to be cleared and collected.
 */
export async function* fileChunks(file: string): AsyncGenerator<Uint8Array, void, undefined> {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let chunks = 1; ; chunks++) {
      const length = readSync(descriptor, buffer);
      if (length === 0) {
        return;
      }
      yield buffer.subarray(0, length);
      if (chunks % CHUNKS_A_TURN === 0) {
        await setImmediate();
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
