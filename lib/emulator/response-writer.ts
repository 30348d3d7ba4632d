import { ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ResponseMessage } from './request-state';

/** The gateway holds chunks back up to this size unless `buffer-response` is false (learn.microsoft.com/azure/api-management/forward-request-policy). */
const BUFFER_BYTES = 8 * 1024;

/** Joins chunks until there are 8 KiB of them. */
function coalescing(): Transform {
  let held: Buffer[] = [];
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held.push(chunk);
      length += chunk.length;
      if (length < BUFFER_BYTES) {
        done();
        return;
      }
      const all = Buffer.concat(held);
      held = [];
      length = 0;
      done(null, all);
    },
    flush(done) {
      done(null, Buffer.concat(held));
    },
  });
}

/** Sends the response; if its body breaks off, so does the connection to the caller. */
export async function writeResponse(
  response: ResponseMessage,
  target: ServerResponse,
  headOnly: boolean,
): Promise<void> {
  response.headers
    .entries()
    .forEach(([name, values]) => target.setHeader(name, values.length === 1 ? values[0]! : values));
  const bare = headOnly || response.status === 204 || response.status === 304;
  if (bare) {
    response.body.discard();
    target.writeHead(response.status, response.reason || undefined);
    target.end();
    return;
  }
  const content = response.body.content();
  if (Buffer.isBuffer(content)) {
    target.setHeader('Content-Length', content.length);
    target.writeHead(response.status, response.reason || undefined);
    target.end(content);
    return;
  }
  target.writeHead(response.status, response.reason || undefined);
  target.flushHeaders();
  try {
    await (response.streamed ? pipeline(content, target) : pipeline(content, coalescing(), target));
  } catch {
    target.destroy();
  }
}
