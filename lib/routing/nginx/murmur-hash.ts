const MULTIPLIER = 0x5bd1e995;

/**
 * MurmurHash2 with seed 0, as nginx has it: the words are little-endian whatever the machine.
 * https://github.com/nginx/nginx/blob/master/src/core/ngx_murmurhash.c
 */
export function murmurHash2(bytes: Uint8Array): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeWords = bytes.length - (bytes.length % 4);
  let hash = bytes.length;
  for (let at = 0; at < wholeWords; at += 4) {
    const word = Math.imul(words.getUint32(at, true), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word ^ (word >>> 24), MULTIPLIER);
  }
  const rest = bytes.subarray(wholeWords);
  if (rest.length > 0) {
    const tail = rest.reduce((sum, byte, index) => sum ^ (byte << (8 * index)), 0);
    hash = Math.imul(hash ^ tail, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) >>> 0;
}
