import { connect } from 'node:net';

/** nginx closes a connection after 1,000 requests. https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_requests */
const REQUESTS_A_CONNECTION = 900;

/** The `x-release` of the answers to one GET a user, in their order; `undefined` where an answer has none. */
export async function releasesOf(
  port: number,
  users: readonly string[],
  userHeader = 'x-user-id',
): Promise<(string | undefined)[]> {
  const releases: (string | undefined)[] = [];
  for (let start = 0; start < users.length; start += REQUESTS_A_CONNECTION) {
    const requests = users.slice(start, start + REQUESTS_A_CONNECTION).map((user, index, batch) => {
      const last = index === batch.length - 1 ? 'connection: close\r\n' : '';
      return `GET / HTTP/1.1\r\nhost: router\r\n${userHeader}: ${user}\r\n${last}\r\n`;
    });
    releases.push(...(await exchange(port, requests)).map((head) => /^x-release: (\S+)\r$/im.exec(head)?.[1]));
  }
  return releases;
}

/** Sends the bytes as they are (latin1) on one connection, which the last request has to close; returns the heads of the answers. */
export async function exchange(port: number, requests: readonly string[]): Promise<string[]> {
  const answer = await rawExchange(port, requests.join(''));
  return answer.split(/(?=HTTP\/1\.1 \d{3} )/);
}

/** What a server sends back for some bytes until it closes the connection. */
export function rawExchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}
