import { EmulatedGateway } from '../../../lib/emulator';
import { GatewayDefinition } from '../../../lib/emulator/gateway-definition';
import { gatewaysOf } from '../../../lib/emulator/synthesised';
import { BackendTransport, httpTransport } from '../../../lib/emulator/transport';
import { FakeAzureOpenAi, FakeDeployment } from '../../gateway/support/fake-azure-openai';
import { applicationToken, FakeIdentityEndpoint } from './fake-identity-endpoint';
import { OrchestratorProcess } from './orchestrator-process';
import { applied, appsOf, SynthesisedApp } from './synthesised-apps';

const DOMAIN = '.orchestrators.test';

/** Changes the variables of an app behind the configuration's back. */
export type Edit = (environment: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;

interface RunningApp {
  readonly environment: string;
  readonly process: OrchestratorProcess;
}

/**
 * What a `terraform apply` of a synthesised configuration leaves, on the loopback interface: API Management as the emulator that
 * executes the configuration's policies, each orchestrator's Container App as a process with exactly its variables, a fake Azure
 * OpenAI account, and the endpoint for tokens of managed identities.
 */
export class Platform {
  /** By name of the app, which is the release's label. */
  readonly apps = new Map<string, RunningApp>();
  private running: GatewayDefinition = { apis: [] };

  private constructor(
    readonly models: FakeAzureOpenAi,
    private readonly identities: FakeIdentityEndpoint,
    /** Variables of the containers besides those that the configuration declares. */
    private readonly added: Readonly<Record<string, string>>,
    private readonly holder: { gateway?: EmulatedGateway },
  ) {}

  static async start(
    deployments: Readonly<Record<string, FakeDeployment>>,
    added: Readonly<Record<string, string>> = {},
  ): Promise<Platform> {
    const models = await FakeAzureOpenAi.start('sweden', deployments);
    const holder: { gateway?: EmulatedGateway } = {};
    const platform = new Platform(models, await FakeIdentityEndpoint.start(applicationToken), added, holder);
    holder.gateway = await EmulatedGateway.start(platform.running, { services: { transport: platform.transport() } });
    return platform;
  }

  /** API Management, which applications and orchestrators call. Without slash at the end. */
  get url(): string {
    return this.holder.gateway!.url;
  }

  /** Apps are started, left alone or ended, and the policies replaced, in the order that the configuration demands. */
  async apply(configuration: unknown, edit: Edit = (environment) => environment): Promise<void> {
    const values = this.applied(configuration);
    const [service] = gatewaysOf(values);
    const apps = appsOf(values).filter(({ environment }) => 'RELEASE_ID' in environment);
    await Promise.all(apps.map(({ environment, ...app }) => this.run({ ...app, environment: edit(environment) })));
    this.running = service!.definition;
    this.holder.gateway!.update(this.running);
    const gone = [...this.apps.keys()].filter((name) => !apps.some((app) => app.name === name));
    await Promise.all(gone.map((name) => this.end(name)));
  }

  /** The configuration with what only Azure tells, `port` being that of the ingress of the environment. */
  applied(configuration: unknown, port?: number): unknown {
    const suffix = port === undefined ? DOMAIN : `${DOMAIN}:${port}`;
    return applied(configuration, { gatewayUrl: this.url, hostOf: (app) => `${app}${suffix}` });
  }

  /** What an operator does in an emergency. */
  setNamedValue(name: string, value: string): void {
    if (this.running.namedValues?.has(name) !== true) {
      throw new Error(`there is no named value ${name}`);
    }
    this.running = { ...this.running, namedValues: new Map([...this.running.namedValues, [name, value]]) };
    this.holder.gateway!.update(this.running);
  }

  /** Base URL of the process of the app with this host. */
  urlOf(host: string): string | undefined {
    return host.endsWith(DOMAIN) ? this.apps.get(host.slice(0, -DOMAIN.length))?.process.url : undefined;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apps.keys()].map((name) => this.end(name)));
    await Promise.all([this.holder.gateway!.stop(), this.models.stop(), this.identities.stop()]);
  }

  private async run({ name, environment }: SynthesisedApp): Promise<void> {
    const text = JSON.stringify(environment);
    const before = this.apps.get(name);
    if (before?.environment === text) {
      return;
    }
    const process = await OrchestratorProcess.start({ ...environment, ...this.identities.environment, ...this.added });
    this.apps.set(name, { environment: text, process: await process.settled() });
    await before?.process.terminate();
  }

  private async end(name: string): Promise<void> {
    const app = this.apps.get(name)!;
    this.apps.delete(name);
    await app.process.terminate();
  }

  /** Every host of Azure leads to what stands for it here; with the others there is no connection. */
  private transport(): BackendTransport {
    return (request, signal) => {
      const { hostname, pathname, search } = request.url;
      const base = hostname.endsWith('.openai.azure.com') ? this.models.url : this.urlOf(hostname);
      return base === undefined
        ? Promise.reject(new Error(`nothing answers for ${hostname}`))
        : httpTransport({ ...request, url: new URL(pathname + search, base) }, signal);
    };
  }
}
