import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { OrchestratorEnvironment } from '../../../lib/orchestrators/environment/orchestrator-environment';
import { IOrchestrator } from '../../../lib/orchestrators/orchestrator-interface';
import { NginxReleaseRouter } from '../../../lib/routing/nginx/nginx-release-router';
import { NginxReleaseRouterProps } from '../../../lib/routing/nginx/nginx-release-router-props';
import { RoutedRelease } from '../../../lib/routing/routed-release';
import { onlyResource, synthesised, testStack, Values } from '../../support/synthesised';
import { RouterContainer } from './running-router';
import { CANDIDATE, LOW, RETIRED, STABLE } from './sample-router';

export const RESOURCE_GROUP = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-chat';
export const VAULT_ID = `${RESOURCE_GROUP}/providers/Microsoft.KeyVault/vaults/kv-chat`;
export const SECRET_ID = 'https://kv-chat.vault.azure.net/secrets/release-override';
export const IMAGE = 'docker.io/library/nginx@sha256:65645c7bb6a0661892a8b03b89d0743208a18dd2f3f17a54ef4b76fb8e2f2a10';

/** An orchestrator of which a router needs no more than its label and its URL. */
export class NamedOrchestrator extends Construct implements IOrchestrator {
  public readonly releaseId: string;

  constructor(
    scope: Construct,
    public readonly label: string,
    public readonly url: string,
  ) {
    super(scope, label);
    this.releaseId = label.slice(-12).padEnd(64, '0');
  }
}

/** Properties of a router, by what stands in its stack. */
export type RouterProps = (parts: RouterParts) => Partial<Record<keyof NginxReleaseRouterProps, unknown>>;

export interface RouterParts {
  readonly stack: TerraformStack;
  readonly stable: IOrchestrator;
  readonly low: IOrchestrator;
  readonly candidate: IOrchestrator;
}

/** A stack with a router of a stable release, a canary with 5 %, a candidate and a retired release. */
export function routerIn(
  props: RouterProps = () => ({}),
  urls: Partial<Record<'stable', string>> = {},
): NginxReleaseRouter {
  const stack = testStack();
  const domain = new TerraformVariable(stack, 'domain', { type: 'string' }).stringValue;
  const orchestrator = (label: string) => new NamedOrchestrator(stack, label, `https://${label}.internal.${domain}`);
  const parts = {
    stack,
    stable: new NamedOrchestrator(stack, STABLE, urls.stable ?? `https://${STABLE}.internal.${domain}`),
    low: orchestrator(LOW),
    candidate: orchestrator(CANDIDATE),
  };
  const environment = OrchestratorEnvironment.fromEnvironmentId(stack, 'environment', {
    environmentId: `${RESOURCE_GROUP}/providers/Microsoft.App/managedEnvironments/cae-chat`,
    location: 'swedencentral',
  });
  const declared = {
    environment,
    image: IMAGE,
    salt: 'chat-2026-11',
    releases: [
      RoutedRelease.stable(parts.stable),
      RoutedRelease.canary(parts.low, { percent: 5 }),
      RoutedRelease.candidate(parts.candidate),
      RoutedRelease.retired(RETIRED),
    ],
    ...props(parts),
  };
  return new NginxReleaseRouter(stack, 'router', declared as NginxReleaseRouterProps);
}

/** The Container App of a router as Terraform gets it. */
export function appOf(router: NginxReleaseRouter): Values {
  return onlyResource(TerraformStack.of(router) as never, 'azurerm_container_app');
}

/** The whole stack of a router. */
export function stackOf(router: NginxReleaseRouter): ReturnType<typeof synthesised> {
  return synthesised(TerraformStack.of(router) as never);
}

/** What the router's container runs, with references of Terraform replaced by what they stand for. */
export function containerIn(app: Values, references: (text: string) => string): RouterContainer {
  const [container] = (app.template as { container: Values[] }).container;
  const variables = container!.env as { name: string; value?: string }[];
  return {
    command: container!.command as string[],
    environment: Object.fromEntries(variables.map(({ name, value }) => [name, references(value ?? '')])),
  };
}
