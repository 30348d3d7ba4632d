import { KillSwitchPosition, killSwitchPosition } from '../contracts/kill-switch';
import { PolicyValue } from '../policy/policy-document';
import { resolveValue } from './expression';
import { GatewayLookup } from './gateway-lookup';
import { ApiPolicy } from './gateway-parts';
import { ContainerApp, ContainerVariable } from './release-container';
import { KillSwitchFact } from './traffic-facts';

const NAMED_VALUE = /^\s*\{\{(?<name>[^{}]+)\}\}\s*$/;

/** The kill switch of a policy's router, from the variable that holds its position; a named value of another stack tells nothing. */
export function policyKillSwitch(
  text: PolicyValue | undefined,
  policy: ApiPolicy,
  lookup: GatewayLookup,
): KillSwitchFact | undefined {
  if (text === undefined) {
    return undefined;
  }
  const name = typeof text === 'string' ? NAMED_VALUE.exec(text)?.groups!.name!.trim() : undefined;
  if (name === undefined) {
    return { position: positionIn(text), origin: policy.block.origin, path: policy.path };
  }
  const declared = lookup.namedValue(name, policy.service);
  return declared && { position: positionIn(declared.value), origin: declared.block.origin, path: 'value' };
}

/** The kill switch of an nginx router, whose container refuses to start with any other word. */
export function nginxKillSwitch(
  variable: ContainerVariable | undefined,
  app: ContainerApp,
): KillSwitchFact | undefined {
  if (variable === undefined) {
    return undefined;
  }
  const { value, path, isSecret, isRepeated } = variable;
  const word = isSecret || isRepeated ? undefined : resolveValue(value, app.instance.scope);
  return { position: word === 'on' || word === 'off' ? word : 'unknown', origin: app.origin, path };
}

function positionIn(text: PolicyValue | undefined): KillSwitchPosition | 'unknown' {
  return typeof text !== 'string' || /\$\{|\{\{/.test(text) ? 'unknown' : killSwitchPosition(text);
}
