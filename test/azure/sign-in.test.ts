import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { signIn } from '../../bin/azure/sign-in';

const IDENTITY = {
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  AZURE_CLIENT_SECRET: 'a secret of nobody',
};

describe('signing in at an authority that takes the connection and never answers', () => {
  const before = { ...process.env };
  const sockets: Socket[] = [];
  let server: Server;

  beforeAll(async () => {
    Object.assign(process.env, IDENTITY);
    server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });

  afterAll(async () => {
    process.env = before;
    sockets.forEach((socket) => socket.destroy());
    await new Promise((closed) => server.close(closed));
  });

  test('ends after the seconds that one answer may take, and says so', async () => {
    const { port } = server.address() as AddressInfo;
    const credential = signIn(`https://127.0.0.1:${port}`, 1);
    await expect(credential.getToken('https://management.azure.com/.default')).rejects.toThrow(
      'no whole answer within 1 second;',
    );
    expect(sockets.length).toBeGreaterThan(0);
  });
});
