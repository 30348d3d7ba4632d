import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ProviderCalls } from './provider-service';

type Calls = Readonly<Record<string, (request: never) => object | Promise<object>>>;

/** Terraform's own limit is 64 MiB; a large state passes grpc-js' default of 4 MiB. */
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/**
 * A provider that is running already, for Terraform to attach to (`TF_REATTACH_PROVIDERS`): no download, no lock file,
 * and no process of its own. https://developer.hashicorp.com/terraform/plugin/debugging
 */
export class ProviderServer {
  private constructor(
    private readonly server: grpc.Server,
    private readonly port: number,
  ) {}

  static async start(calls: ProviderCalls): Promise<ProviderServer> {
    const server = new grpc.Server(unlimited);
    const packages = grpc.loadPackageDefinition(
      loadSync(
        ['tfplugin5.proto', 'go-plugin.proto', 'health.proto'].map((file) => join(__dirname, file)),
        { keepCase: true, longs: Number, enums: String, oneofs: true },
      ),
    );
    serve(server, serviceOf(packages, 'tfplugin5.Provider'), calls);
    // go-plugin asks whether the plugin is well before its first call, and says goodbye after its last one.
    serve(server, serviceOf(packages, 'grpc.health.v1.Health'), { Check: () => ({ status: 'SERVING' }) });
    serve(server, serviceOf(packages, 'plugin.GRPCController'), { Shutdown: () => ({}) });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return new ProviderServer(server, port);
  }

  /** The environment variable's value for a provider under its full address. */
  reattach(address: string): string {
    return JSON.stringify({
      [address]: {
        Protocol: 'grpc',
        ProtocolVersion: 5,
        Pid: process.pid,
        // Without it Terraform ends the process, which is the one that runs the tests.
        Test: true,
        Addr: { Network: 'tcp', String: `127.0.0.1:${this.port}` },
      },
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }
}

function serve(server: grpc.Server, service: grpc.ServiceDefinition, calls: Calls): void {
  const handlers: grpc.UntypedServiceImplementation = {};
  for (const [name, call] of Object.entries(calls)) {
    handlers[name] = (request: { request: unknown }, reply: grpc.sendUnaryData<object>) => {
      Promise.resolve()
        .then(() => call(request.request as never))
        .then(
          (answer) => reply(null, answer),
          (error: Error) => reply({ code: grpc.status.INTERNAL, details: error.stack }),
        );
    };
  }
  server.addService(service, handlers);
}

function serviceOf(packages: grpc.GrpcObject, path: string): grpc.ServiceDefinition {
  const found = path
    .split('.')
    .reduce<unknown>((scope, name) => (scope as Record<string, unknown>)[name], packages as unknown);
  return (found as grpc.ServiceClientConstructor).service;
}
