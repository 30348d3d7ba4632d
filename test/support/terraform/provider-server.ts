import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ProviderCalls } from './provider-service';

type Calls = Readonly<Record<string, (request: never) => object | Promise<object>>>;

let loaded: grpc.GrpcObject | undefined;

/** The services of the protocol; reading them takes longer than serving most calls. */
function protocol(): grpc.GrpcObject {
  return (loaded ??= grpc.loadPackageDefinition(
    loadSync(
      ['tfplugin5.proto', 'go-plugin.proto', 'health.proto'].map((file) => join(__dirname, file)),
      { keepCase: true, longs: Number, enums: String, oneofs: true },
    ),
  ));
}

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
    serve(server, serviceOf('tfplugin5.Provider'), calls);
    // go-plugin asks whether the plugin is well before its first call, and says goodbye after its last one.
    serve(server, serviceOf('grpc.health.v1.Health'), { Check: () => ({ status: 'SERVING' }) });
    serve(server, serviceOf('plugin.GRPCController'), { Shutdown: () => ({}) });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return new ProviderServer(server, port);
  }

  /** How Terraform finds it. */
  get reattachment(): object {
    return {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: process.pid,
      // Without it Terraform ends the process, which is the one that runs the tests.
      Test: true,
      Addr: { Network: 'tcp', String: `127.0.0.1:${this.port}` },
    };
  }

  stop(): void {
    this.server.forceShutdown();
  }
}

/** The environment variable's value for providers by their full addresses. */
export function reattaching(servers: ReadonlyMap<string, ProviderServer>): string {
  return JSON.stringify(Object.fromEntries([...servers].map(([address, server]) => [address, server.reattachment])));
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

const written = new WeakMap<object, Buffer>();

/** The same answer given again, as the whole schema is to each run of terraform, is written once. */
function writingOnce(service: grpc.ServiceDefinition): grpc.ServiceDefinition {
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => {
      const responseSerialize = (answer: object): Buffer => {
        const bytes = written.get(answer) ?? method.responseSerialize(answer);
        written.set(answer, bytes);
        return bytes;
      };
      return [name, { ...method, responseSerialize }];
    }),
  );
}

function serviceOf(path: string): grpc.ServiceDefinition {
  const found = path
    .split('.')
    .reduce<unknown>((scope, name) => (scope as Record<string, unknown>)[name], protocol() as unknown);
  return writingOnce((found as grpc.ServiceClientConstructor).service);
}
