import { abridged } from '../contracts/printable';
import { GatewayApiFact, KeyUse } from '../facts/gateway-facts';
import { Finding } from './finding';
import { atPlace } from './route-finding';
import { Rule } from './rule';
import { findingOf } from './statement';

/** Keys where identities would do. */
export const gatewayUsesKeys: Rule = {
  id: 'gateway-uses-keys',
  summary: 'A gateway to models takes subscription keys from its callers, or gives keys to the models.',
  why:
    'A key is a password: whoever has it may call, it does not say who did, it lands in settings, logs and the Terraform state, and ' +
    'changing it stops every caller at once. Microsoft Entra tokens expire by themselves and carry the caller and its role.',
  fix:
    'Have callers send Entra tokens (validate-azure-ad-token) and turn subscription_required off; let the gateway reach models with its ' +
    'managed identity (authentication-managed-identity) and the role Cognitive Services OpenAI User.',
  severity: 'warning',
  unknownWhen: 'Whether an API requires a subscription key cannot be read before Terraform runs.',
  check(context) {
    const { gateway } = context.facts;
    return gateway === undefined ? [] : [...gateway.apis.flatMap(requiredKey), ...gateway.keys.map(usedKey)];
  },
};

/** The provider requires keys where nothing is said: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management_api */
function requiredKey({ origin, subscriptionRequired }: GatewayApiFact): Finding[] {
  const path = 'subscription_required';
  if (subscriptionRequired.state === 'unknown') {
    return [
      findingOf(
        gatewayUsesKeys,
        { origin, path },
        {
          status: 'unknown',
          message: `whether the API takes subscription keys cannot be read before Terraform runs: ${abridged(subscriptionRequired.expression)}`,
          fix: 'write subscription_required as false, and validate Entra tokens in the policy',
        },
      ),
    ];
  }
  if (subscriptionRequired.state === 'known' && subscriptionRequired.value === 'false') {
    return [];
  }
  const how = subscriptionRequired.state === 'absent' ? ', which is the default of subscription_required' : '';
  return [
    findingOf(
      gatewayUsesKeys,
      { origin, path },
      {
        message: `the API leads to models and takes subscription keys${how}`,
        fix: 'set subscription_required to false and validate Entra tokens in the policy; where keys are wanted, waive this with the reason',
      },
    ),
  ];
}

function usedKey(use: KeyUse): Finding {
  return findingOf(gatewayUsesKeys, use, {
    message: `calls to models carry a key in ${abridged(use.carrier)}${atPlace(use.place)}`,
    fix: 'let the policy authenticate with the managed identity of the gateway (authentication-managed-identity), and remove the key',
  });
}
