import { createHash, createHmac } from 'node:crypto';
import { argumentNull } from '../exceptions';
import { Invocation } from '../invocation';
import { Bytes, HashAlgorithm } from '../values';
import { instanceMembers, staticMembers } from './member-table';

function bytesIn(call: Invocation, parameter: string): Buffer {
  const value = call.value(0);
  if (!(value instanceof Bytes) || call.count !== 1) {
    throw value === null ? argumentNull(parameter) : call.mismatch(0, value, 'byte[]');
  }
  return value.buffer;
}

export const hashMembers = instanceMembers<HashAlgorithm>({
  methods: { ComputeHash: (algorithm, call) => new Bytes(algorithm.compute(bytesIn(call, 'buffer'))) },
});

export const sha256Statics = staticMembers({
  methods: {
    Create: (call) => {
      if (call.count > 0) {
        throw call.overloadMissing();
      }
      return new HashAlgorithm('SHA256', (content) => createHash('sha256').update(content).digest());
    },
  },
});

/** Without a key .NET makes up one, so that nothing could be compared with the hash. */
export const hmacSha256Statics = staticMembers({
  construct: (call) => {
    const key = bytesIn(call, 'key');
    return new HashAlgorithm('HMACSHA256', (content) => createHmac('sha256', key).update(content).digest());
  },
});

export const bitConverterStatics = staticMembers({
  methods: {
    ToString: (call) => (bytesIn(call, 'value').toString('hex').toUpperCase().match(/../g) ?? []).join('-'),
  },
});
