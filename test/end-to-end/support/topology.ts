import { App, TerraformStack, Testing } from 'cdktf';
import { DeploymentSku, ModelDeployment, ModelVersion } from '../../../lib/accounts';
import { ModelGateway } from '../../../lib/gateway';
import { Orchestrator, OrchestratorEnvironment, OrchestratorModels } from '../../../lib/orchestrators';
import { OrchestratorRelease, Prompt } from '../../../lib/releases';
import { ApiManagementReleaseRouter, NginxReleaseRouter, RoutedRelease, RouterAccess } from '../../../lib/routing';
import { FakeDeployment } from '../../gateway/support/fake-azure-openai';
import { accountIn, gatewayIn, platformStack, serviceIn } from '../../gateway/support/gateway-stack';
import { callerToken, TENANT } from '../../gateway/support/routes';

export const OLD_MODEL = ModelVersion.openAi('gpt-5.1', '2025-11-13');
export const NEW_MODEL = ModelVersion.openAi('gpt-5.6-sol', '2026-07-09');
export const SALT = 'gpt-5.6-sol';
export const AUDIENCE = 'api://chat';
export const SMOKE_TESTS = '99999999-0000-0000-0000-000000000001';

/** Texts in which Terraform, nginx, a shell and a URL would each find something of their own. */
const HOSTILE = '${var.x} %{ if } $1 \\n "quoted" \'single\' {{not_an_input}} é 漢 🍵';

function releaseOf(model: ModelVersion, orchestration: string, digit: string, prompt: string): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'chat',
    image: `contoso.azurecr.io/chat@sha256:${digit.repeat(64)}`,
    orchestration,
    models: { chat: { model, config: { maxOutputTokens: 700 } } },
    prompts: { system: Prompt.inline(`${prompt} ${HOSTILE}`, { madeFor: [model] }) },
  });
}

export const OLD = releaseOf(OLD_MODEL, '1.0.0', 'a', 'You answer at length.');
export const NEW = releaseOf(NEW_MODEL, '2.0.0', 'b', 'Answer in one sentence.');

/** The prompt that each model version is meant to see, and no other. */
export const PROMPT_OF: Readonly<Record<string, string>> = {
  [OLD_MODEL.key]: OLD.prompts.system!.text,
  [NEW_MODEL.key]: NEW.prompts.system!.text,
};

export const MODEL_OF: Readonly<Record<string, string>> = {
  [OLD.label]: OLD_MODEL.key,
  [NEW.label]: NEW_MODEL.key,
};

/** How the releases stand; those that are left out are not declared at all. */
export interface Rollout {
  readonly releases: (running: { readonly old: Orchestrator; readonly next: Orchestrator }) => RoutedRelease[];
  /** @default both */
  readonly declared?: readonly ('old' | 'next')[];
  /** @default API Management */
  readonly router?: 'nginx';
  /** @default false */
  readonly killSwitch?: boolean;
}

/** Account, gateway, orchestrators and router, as Terraform JSON. */
export function synthesisedTopology(rollout: Rollout): unknown {
  const stack = platformStack(new App());
  const service = serviceIn(stack);
  const gateway = gatewayIn(stack, { service });
  const environment = new OrchestratorEnvironment(stack, 'apps', {
    resourceGroupName: 'rg-chat',
    location: 'swedencentral',
  });
  const { declared = ['old', 'next'] } = rollout;
  const account = accountIn(stack);
  const declare = (which: 'old' | 'next', release: OrchestratorRelease): Orchestrator => {
    const { model } = release.models.chat!;
    const place = rollout.router === 'nginx' ? {} : { external: true };
    if (!declared.includes(which)) {
      if (which === 'old') {
        gateway.addRetiredRoute(model, { retiredOn: '2026-10-14', successor: NEW_MODEL });
      }
      return undefined as never;
    }
    gateway.addRoute(account.deploy(which, { model, sku: DeploymentSku.globalStandard(10) }));
    const models = OrchestratorModels.throughGateway(gateway);
    return new Orchestrator(stack, release.label, { release, environment, models, ...place });
  };
  const running = { next: declare('next', NEW), old: declare('old', OLD) };
  addRouter(stack, gateway, environment, rollout, running);
  return JSON.parse(Testing.synth(stack));
}

function addRouter(
  stack: TerraformStack,
  gateway: ModelGateway,
  environment: OrchestratorEnvironment,
  { releases, router, killSwitch }: Rollout,
  running: { readonly old: Orchestrator; readonly next: Orchestrator },
): void {
  const shared = { releases: releases(running), salt: SALT, allowOverride: true, killSwitch };
  if (router === 'nginx') {
    new NginxReleaseRouter(stack, 'router', {
      ...shared,
      environment,
      image: `docker.io/library/nginx@sha256:${'c'.repeat(64)}`,
      overrideSecret: {
        keyVaultSecretId: 'https://contoso.vault.azure.net/secrets/override',
        keyVaultId: `/subscriptions/${TENANT}/resourceGroups/contoso/providers/Microsoft.KeyVault/vaults/contoso`,
      },
    });
    return;
  }
  const access = RouterAccess.entra({ tenantId: TENANT, audiences: [AUDIENCE] });
  new ApiManagementReleaseRouter(stack, 'router', { ...shared, service: gateway.service, access }).grantOverride(
    SMOKE_TESTS,
  );
}

/** The deployments of the account, which stay through the whole upgrade. */
export function fakeDeployments(): Record<string, FakeDeployment> {
  const account = accountIn(platformStack(new App()));
  const deployments = [OLD_MODEL, NEW_MODEL].map((model): ModelDeployment =>
    account.deploy(model.key, { model, sku: DeploymentSku.globalStandard(10) }),
  );
  return Object.fromEntries(
    deployments.map(({ deploymentName, model }) => [deploymentName, { model: model.name, version: model.version }]),
  );
}

/** A user's token for the router. */
export function userToken(user: string, claims: Record<string, unknown> = {}): string {
  return callerToken({ aud: AUDIENCE, oid: user, azp: 'assistant', roles: [], ...claims });
}
