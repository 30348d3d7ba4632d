import { TerraformStack } from 'cdktf';
import { DeploymentSku, ModelVersion } from '../../../lib/accounts';
import { ImageRegistry, Orchestrator, OrchestratorEnvironment, OrchestratorModels } from '../../../lib/orchestrators';
import { OrchestratorRelease, Prompt } from '../../../lib/releases';
import {
  ApiManagementReleaseRouter,
  NginxReleaseRouter,
  Ramp,
  RoutedRelease,
  RouterAccess,
} from '../../../lib/routing';
import { accountIn, deploymentOf, gatewayIn, GPT, serviceIn } from '../../gateway/support/gateway-stack';
import { TENANT } from '../../gateway/support/routes';
import { leanerGateway } from '../../support/terraform/leaner-gateway';
import { synthesisedStack } from '../../support/terraform/synthesised-app';

export const NEXT = ModelVersion.openAi('gpt-5.2', '2025-12-11');

/** Percents of the users that a canary has, one after another. */
export const RAMP = [1, 5, 25, 50, 100];

/** One release as a commit declares it. */
export interface LivingRelease {
  readonly release: OrchestratorRelease;
  /** A number is a canary with that percent, one of `RAMP`; the app of a retired one is still there. */
  readonly stage: 'stable' | 'candidate' | 'draining' | 'retired' | number;
  /** @default 10 */
  readonly maxReplicas?: number;
}

/** What one commit declares. */
export interface Commit {
  readonly releases: readonly LivingRelease[];
  /** Labels of releases that are gone. */
  readonly retired?: readonly string[];
  /** Capacity of each model deployment, in thousands of tokens per minute. @default 10 */
  readonly capacity?: number;
}

/** Router and models of a stack. */
export type Topology = 'API Management' | 'nginx' | 'API Management and a gateway';

/** A release that differs from another one by its prompt, and by its model where one is given. */
export function releaseWith(prompt: string, model: ModelVersion = GPT): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'chat',
    image: `chat@sha256:${'0'.repeat(64)}`,
    orchestration: '2.3.0',
    models: { chat: { model } },
    prompts: { system: Prompt.inline(prompt, { madeFor: [model] }) },
  });
}

/** The stack of a commit: accounts, environment and registry are the same in all of them. */
export function stackOf(commit: Commit, topology: Topology = 'API Management'): object {
  const stack = synthesisedStack((scope) => new DeclaredCommit(scope, commit, topology).declare());
  return topology === 'API Management and a gateway' ? leanerGateway(stack) : stack;
}

class DeclaredCommit {
  private readonly service;
  private readonly environment;
  private readonly registry;

  constructor(
    private readonly stack: TerraformStack,
    private readonly commit: Commit,
    private readonly topology: Topology,
  ) {
    const inGroup = { resourceGroupName: 'rg-apps', location: 'swedencentral' };
    this.service = topology === 'nginx' ? undefined : serviceIn(stack);
    this.environment = new OrchestratorEnvironment(stack, 'apps', inGroup);
    this.registry = new ImageRegistry(stack, 'images', inGroup);
  }

  declare(): void {
    const models = this.models();
    const { registry, environment } = this;
    const routed = this.commit.releases.map(({ release, stage, maxReplicas = 10 }) => {
      const orchestrator = new Orchestrator(this.stack, release.label, {
        ...{ release, environment, registry, models, external: this.service !== undefined },
        scale: { minReplicas: 1, maxReplicas },
      });
      if (stage === 'retired') {
        return RoutedRelease.retired(release.label);
      }
      return typeof stage === 'number'
        ? RoutedRelease.canary(orchestrator, { ramp: Ramp.of(RAMP, RAMP.indexOf(stage)) })
        : RoutedRelease[stage](orchestrator);
    });
    this.addRouter([...routed, ...(this.commit.retired ?? []).map((label) => RoutedRelease.retired(label))]);
  }

  /** A gateway routes to the versions of the releases; without one both versions are there all the time. */
  private models(): OrchestratorModels {
    const account = accountIn(this.stack);
    const sku = DeploymentSku.globalStandard(this.commit.capacity ?? 10);
    if (this.topology !== 'API Management and a gateway') {
      return OrchestratorModels.direct([GPT, NEXT].map((model) => deploymentOf(account, model, sku)));
    }
    const gateway = gatewayIn(this.stack, { service: this.service });
    const bound = this.commit.releases.map(({ release }) => release.models.chat!.model);
    [GPT, NEXT]
      .filter((model) => bound.includes(model))
      .forEach((model) => gateway.addRoute(deploymentOf(account, model, sku)));
    return OrchestratorModels.throughGateway(gateway);
  }

  private addRouter(releases: RoutedRelease[]): void {
    const common = { releases, salt: 'chat-2026-11' };
    if (this.service === undefined) {
      const { environment, registry } = this;
      const image = `nginx@sha256:${'1'.repeat(64)}`;
      new NginxReleaseRouter(this.stack, 'router', { ...common, environment, registry, image, routerName: 'router' });
      return;
    }
    new ApiManagementReleaseRouter(this.stack, 'router', {
      ...common,
      service: this.service,
      access: RouterAccess.entra({ tenantId: TENANT, audiences: ['api://chat'] }),
      allowOverride: true,
    });
  }
}
