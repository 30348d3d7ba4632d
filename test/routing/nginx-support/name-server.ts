import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';

const HEADER_LENGTH = 12;
const TYPE_AND_CLASS = 4;

/** A DNS server on loopback that knows the IPv4 addresses it was told; for other names it says that they do not exist. */
export class NameServer {
  public static async start(addresses: Map<string, string>): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.on('message', (query, from) => socket.send(answer(query, addresses), from.port, from.address));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket);
  }

  private constructor(private readonly socket: Socket) {}

  /** As it stands in `resolv.conf`; nginx takes the port, others would not. */
  public get address(): string {
    return `127.0.0.1:${(this.socket.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.socket.close();
  }
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-4 */
function answer(query: Buffer, addresses: Map<string, string>): Buffer {
  const labels: string[] = [];
  let at = HEADER_LENGTH;
  while (query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(HEADER_LENGTH, at + 1 + TYPE_AND_CLASS);
  const address = addresses.get(labels.join('.').toLowerCase());
  const header = Buffer.from(query.subarray(0, HEADER_LENGTH));
  header.writeUInt16BE(address === undefined ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(address === undefined ? 0 : 1, 6);
  header.fill(0, 8);
  const pointerTypeClassTimeLength = [0xc0, HEADER_LENGTH, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4];
  const record = address === undefined ? [] : [...pointerTypeClassTimeLength, ...address.split('.').map(Number)];
  return Buffer.concat([header, question, Buffer.from(record)]);
}
