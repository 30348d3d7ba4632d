import { Certificates, KeyPair, makeCertificates } from './certificates';
import { NameServer } from './name-server';
import { Behaviour, OrchestratorStandIn } from './orchestrator-stand-in';
import { RunningRouter } from './running-router';
import { containerOf, NOWHERE, rowsOf } from './sample-router';

type Settings = Parameters<typeof containerOf>[0];

/** How a router differs from one whose stable release has everybody. */
export interface RouterState {
  /** Basis points of the low canary. */
  readonly low?: number;
  readonly killSwitch?: 'on' | 'off';
}

/** Orchestrators with names and certificates of their own on loopback, and routers that reach them; all of them are ended together. */
export class LoopbackStage {
  public static async open(): Promise<LoopbackStage> {
    const addresses = new Map<string, string>();
    return new LoopbackStage(makeCertificates(), addresses, await NameServer.start(addresses));
  }

  private readonly running: { stop(): Promise<void> }[] = [];

  private constructor(
    public readonly certificates: Certificates,
    /** What the name server knows: IPv4 addresses by name. */
    public readonly addresses: Map<string, string>,
    private readonly nameServer: NameServer,
  ) {}

  public async orchestrator(
    label: string,
    behaviour?: Behaviour,
    keys: KeyPair = this.certificates.trusted,
  ): Promise<OrchestratorStandIn> {
    const standIn = await OrchestratorStandIn.start(label, keys, behaviour);
    this.running.push(standIn);
    this.addresses.set(standIn.hostName, '127.0.0.1');
    return standIn;
  }

  /** A router of these orchestrators; the releases of others are where nothing listens. */
  public async router(
    standIns: readonly Pick<OrchestratorStandIn, 'label' | 'url'>[],
    settings: Settings = {},
    { low = 0, killSwitch = 'off' }: RouterState = {},
  ): Promise<RunningRouter> {
    const upstreams = Object.fromEntries(rowsOf(0).map(({ label }) => [label, NOWHERE]));
    standIns.forEach(({ label, url }) => (upstreams[label] = url));
    const started = await RunningRouter.start(containerOf({ rows: rowsOf(low), upstreams, ...settings }, killSwitch), {
      authorityFile: this.certificates.authorityFile,
      nameServer: this.nameServer.address,
    });
    this.running.push(started);
    return started;
  }

  /** Ends orchestrators and routers, the last first. */
  public async clear(): Promise<void> {
    for (const each of this.running.splice(0).reverse()) {
      await each.stop();
    }
  }

  public async close(): Promise<void> {
    await this.clear();
    this.nameServer.stop();
  }
}
