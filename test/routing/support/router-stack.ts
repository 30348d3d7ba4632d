import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import type { IOrchestrator } from '../../../lib/orchestrators/orchestrator-interface';
import { ApiManagementReleaseRouter, ApiManagementReleaseRouterProps } from '../../../lib/routing';
import { RouterAccess } from '../../../lib/routing/api-management/router-access';
import { platformStack, serviceIn } from '../../gateway/support/gateway-stack';

export const TENANT = '11111111-2222-3333-4444-555555555555';
export const ACCESS = RouterAccess.entra({ tenantId: TENANT, audiences: ['api://chat'] });
export const PIN_SECRET = 'https://vault.vault.azure.net/secrets/pins';

/** Headers that servers after the manner of CGI take for those that the router sets. */
export const MISTAKABLE_HEADERS = [
  ...['X_User_Id', 'x-user_id', 'x_user-id', 'x_release'],
  ...['x_release_mirror', 'X-Release_Mirror', 'x_release-mirror'],
];

/** An app of a release that runs elsewhere. */
export class RunningElsewhere extends Construct implements IOrchestrator {
  readonly releaseId: string;
  readonly url: string;

  constructor(
    scope: Construct,
    readonly label: string,
    url?: string,
    readonly external?: boolean,
  ) {
    super(scope, label);
    this.releaseId = label.slice(-12).padEnd(64, '0');
    this.url = url ?? `https://${label}.example`;
  }
}

/** The label of a release whose id begins with the digit. */
export function labelOf(digit: string, name = 'chat'): string {
  return `${name}-${digit.repeat(12)}`;
}

export const [OLD, NEW, OTHER, NEXT, LEAVING, GONE] = ['a', 'b', 'c', 'd', 'e', 'f'].map((digit) => labelOf(digit)) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

export function stackIn(app: App = Testing.app(), name = 'stack'): TerraformStack {
  return platformStack(app, name);
}

export function routerIn(
  stack: TerraformStack,
  props: Partial<ApiManagementReleaseRouterProps> & Pick<ApiManagementReleaseRouterProps, 'releases'>,
  id = 'router',
): ApiManagementReleaseRouter {
  return new ApiManagementReleaseRouter(stack, id, {
    service: props.service ?? serviceIn(stack),
    access: ACCESS,
    salt: 'chat-2026-11',
    ...props,
  });
}
