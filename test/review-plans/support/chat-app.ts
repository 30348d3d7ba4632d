import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformStack } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelVersion } from '../../../lib/accounts';
import { ApiManagementService, ApiManagementSku } from '../../../lib/gateway';
import { Orchestrator, OrchestratorEnvironment, OrchestratorModels } from '../../../lib/orchestrators';
import { OrchestratorRelease, Prompt } from '../../../lib/releases';
import { ApiManagementReleaseRouter, Ramp, RoutedRelease, RouterAccess } from '../../../lib/routing';
import { synthesisedStack } from '../../support/terraform/synthesised-app';

const TENANT = '00000000-0000-0000-0000-000000000002';

/** Percents of the users that a canary has, one after another. */
const RAMP = [5, 25, 50, 100];

/** A release and how far it has come: a number is a canary with that percent. */
export interface RoutedStage {
  readonly release: OrchestratorRelease;
  readonly stage: 'stable' | 'draining' | number;
}

/** What one commit of the chat application declares. */
export interface ChatCommit {
  readonly models: readonly ModelVersion[];
  readonly routed: readonly RoutedStage[];
  /** Labels of releases that are gone. */
  readonly retired?: readonly string[];
  /** A model that no release names, deployed under the same construct whatever it is. */
  readonly extraction?: ModelVersion;
  /** What the router deals its users to releases by. @default 'chat-2026-11' */
  readonly salt?: string;
  /** Whether the router sends everybody to the stable release. @default false */
  readonly killSwitch?: boolean;
  /** Day of the commit. @default the day on which all plans are judged */
  readonly day?: string;
}

/** A release that differs from another one by its model, by its prompt, or by both. */
export function chatRelease(model: ModelVersion, prompt: string): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'chat',
    image: `ghcr.io/contoso/chat@sha256:${'4f1b8a9c'.repeat(8)}`,
    orchestration: '2.3.0',
    models: { chat: { model, config: { maxOutputTokens: 800 } } },
    prompts: { system: Prompt.inline(prompt, { madeFor: [model] }) },
  });
}

/** The stack of a commit: releases of an orchestrator behind a router that splits their users, each calling its own model version. */
export function chatStack(commit: ChatCommit): object {
  const { models, routed, retired = [], extraction, salt = 'chat-2026-11', killSwitch, day } = commit;
  return synthesisedStack((stack: TerraformStack) => {
    const group = new ResourceGroup(stack, 'group', { name: 'rg-chat', location: 'swedencentral' });
    const place = { resourceGroupName: group.name, location: group.location };
    const account = new ModelAccount(stack, 'account', { ...place, name: 'contoso-chat' });
    const sku = DeploymentSku.globalStandard(50);
    const deployments = models.map((model) => account.deploy(model.key, { model, sku }));
    if (extraction !== undefined) {
      account.deploy('extraction', { model: extraction, sku });
    }
    const environment = new OrchestratorEnvironment(stack, 'apps', place);
    const releases = routed.map(({ release, stage }) => {
      const orchestrator = new Orchestrator(stack, release.label, {
        release,
        environment,
        models: OrchestratorModels.direct(deployments),
        external: true,
      });
      return typeof stage === 'number'
        ? RoutedRelease.canary(orchestrator, { ramp: Ramp.of(RAMP, RAMP.indexOf(stage)) })
        : RoutedRelease[stage](orchestrator);
    });
    const service = new ApiManagementService(stack, 'service', {
      ...place,
      publisherName: 'Contoso',
      publisherEmail: 'models@contoso.com',
      serviceName: 'contoso-chat',
      sku: ApiManagementSku.standardV2(1),
    });
    new ApiManagementReleaseRouter(stack, 'router', {
      service,
      access: RouterAccess.entra({ tenantId: TENANT, audiences: ['api://chat'] }),
      salt,
      killSwitch,
      releases: [...releases, ...retired.map((label) => RoutedRelease.retired(label))],
    });
  }, day);
}
