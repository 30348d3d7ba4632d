import { TrafficRow } from '../../lib/contracts/traffic-row';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { ResourceChange } from '../../lib/facts/plan-document';
import { landingText } from '../../lib/report/change-wording';
import { verdictOf } from '../../lib/review/verdict';
import { routerPolicyText } from '../../lib/routing/api-management/router-policy-text';
import { destroyedWhileLive } from '../../lib/rules/destroyed-while-live';
import { trafficJumps } from '../../lib/rules/traffic-jumps';
import { change, facts, plan, SUBSCRIPTION } from '../facts/planned-resources';
import { containerOf } from '../routing/nginx-support/sample-router';
import { findingsOfPlan } from '../rules/plan-stack';
import { brief } from '../rules/release-stack';
import { reported } from './planned';

const EVIDENCE = /; [^;]*evaluation evidence[^;]*$/;

export const POLICY = 'azurerm_api_management_api_policy.router';
export const SWITCH = 'azurerm_api_management_named_value.kill_switch';
export const APP = 'azurerm_container_app.router';

export const STABLE = 'chat-0123456789ab';
export const CANARY = 'chat-ba9876543210';

/** One side of a router: the canary's percent, its salt, and the position of its kill switch. */
export interface RouterSide {
  /** @default 5 */
  readonly canary?: number;
  /** @default 'autumn' */
  readonly salt?: string;
  /** @default 'off' */
  readonly killSwitch?: string;
  /** What stands in place of the policy or of the configuration of nginx. */
  readonly text?: string;
}

export type RouterKind = 'api-management' | 'nginx';

/** Facts of a plan that changes a router of this library, as azurerm and Terraform write it. */
export function plannedRouter(
  kind: RouterKind,
  before: RouterSide,
  after: RouterSide,
  more: readonly ResourceChange[] = [],
): ConfigurationFacts {
  const [old, current] = [before, after].map(kind === 'nginx' ? nginxApp : policyAndSwitch);
  const changes = Object.keys(old!).map((address) => {
    const sides = { before: old![address], after: current![address] };
    const isSame = JSON.stringify(sides.before) === JSON.stringify(sides.after);
    // azurerm marks the value of every named value as sensitive.
    const sensitive = address === SWITCH ? { value: true } : {};
    return change(address, {
      action: isSame ? 'no-op' : 'update',
      ...sides,
      beforeSensitive: sensitive,
      afterSensitive: sensitive,
    });
  });
  const replaced = new Set(more.map(({ address }) => address));
  return facts(plan([...changes.filter(({ address }) => !replaced.has(address)), ...more]));
}

/** What the review says of such a plan. */
export function reviewed(facts: ReturnType<typeof plannedRouter>) {
  const changes = reported(facts);
  const findings = [trafficJumps, destroyedWhileLive].flatMap((rule) => findingsOfPlan(rule, facts as never));
  const verdict = verdictOf({ findings, failOn: 'error', changes });
  const [traffic] = changes.traffic;
  return {
    findings: findings.map(brief),
    verdict,
    traffic,
    text: traffic && (traffic.unread ?? landingText(traffic)).replace(EVIDENCE, ''),
    shares: traffic?.rows.map(({ target, before, after }) => [target, before, after]).sort(),
  };
}

/** The resources of a router in API Management, by address. */
export function policyAndSwitch(side: RouterSide): Record<string, Record<string, unknown>> {
  const place = { api_management_name: 'contoso', resource_group_name: 'rg' };
  return {
    [POLICY]: { ...place, api_name: 'chat', xml_content: side.text ?? policyOf(side) },
    [SWITCH]: {
      ...place,
      id: `${SUBSCRIPTION}/providers/Microsoft.ApiManagement/service/contoso/namedValues/chat-kill-switch`,
      name: 'chat-kill-switch',
      display_name: 'chat-kill-switch',
      secret: false,
      value: side.killSwitch ?? 'off',
    },
  };
}

/** The policy that `ApiManagementReleaseRouter` writes. */
export function policyOf({ canary = 5, salt = 'autumn' }: RouterSide): string {
  return routerPolicyText('chat/router', {
    name: 'chat',
    path: 'chat',
    tier: 'classic',
    access: { kind: 'keys' },
    rows: rowsOf(canary),
    salt,
    override: false,
    overrideApps: '',
    timeoutSeconds: 240,
    forwardsAuthorization: false,
    traces: false,
  });
}

/** The text that the router is written as: a policy, or a configuration of nginx. */
export function routerTextOf(kind: RouterKind, side: RouterSide): string {
  if (kind === 'api-management') {
    return policyOf(side);
  }
  const { env } = nginxApp(side)[APP].template[0]!.container[0]!;
  return env.find(({ name }) => name === 'NGINX_CONFIG')!.value;
}

function nginxApp({ canary = 5, salt = 'autumn', killSwitch = 'off', text }: RouterSide) {
  const rows = rowsOf(canary);
  const upstreams = Object.fromEntries(rows.map(({ label }) => [label, `https://${label}.internal.example.com`]));
  const { NGINX_CONFIG } = containerOf({ rows, salt, upstreams }).environment;
  const environment = { NGINX_CONFIG: text ?? NGINX_CONFIG, KILL_SWITCH: killSwitch };
  return {
    [APP]: {
      name: 'router',
      revision_mode: 'Single',
      template: [
        {
          container: [
            {
              name: 'nginx',
              env: Object.entries(environment).map(([name, value]) => ({ name, value, secret_name: '' })),
            },
          ],
        },
      ],
    },
  };
}

function rowsOf(canary: number): TrafficRow[] {
  return [
    { label: STABLE, stage: 'stable', from: canary * 100, to: 10_000 },
    { label: CANARY, stage: 'canary', from: 0, to: canary * 100 },
  ];
}
