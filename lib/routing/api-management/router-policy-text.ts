import { Token } from 'cdktf';
import { killSwitchName } from '../../contracts/kill-switch';
import { largestPolicy, policySize } from '../../policy/policy-limits';
import { PolicyCheckOptions, contentProblems } from '../../policy/policy-problems';
import { serialisePolicy } from '../../policy/serialise-policy';
import { routerPolicyProblem, routerPolicyTooLarge, routerPolicyUnwritable } from './errors';
import { routerPolicy } from './policy/router-policy';
import { backendIdOf, pinKeyName, RouterPolicyOptions } from './policy/router-policy-options';

/** @throws if something in the policy cannot be written safely */
export function routerPolicyText(path: string, options: RouterPolicyOptions): string {
  try {
    return serialisePolicy(routerPolicy(options), { indentation: 0, ...allowedTexts(options) });
  } catch (error) {
    throw routerPolicyUnwritable(path, (error as Error).message);
  }
}

/** A sentence for everything that API Management would refuse. */
export function routerPolicyProblems(path: string, options: RouterPolicyOptions, sku: string): string[] {
  const { name, tier, rows } = options;
  const backendIds = rows.filter(({ stage }) => stage !== 'retired').map(({ label }) => backendIdOf(name, label));
  const problems = contentProblems(routerPolicy(options), { tier, backendIds, ...allowedTexts(options) });
  if (problems.length > 0) {
    return problems.map((problem) => routerPolicyProblem(path, problem));
  }
  const bytes = policySize(routerPolicyText(path, options));
  const limit = largestPolicy[tier];
  return bytes <= limit ? [] : [routerPolicyTooLarge(path, { bytes, limit, sku }, rows.length)];
}

/** Tokens and named values that the policy holds, each as a whole value. */
function allowedTexts({
  name,
  access,
  overrideApps,
  mirror,
  pin,
}: RouterPolicyOptions): Pick<PolicyCheckOptions, 'interpolations' | 'namedValues'> {
  const texts = [
    ...(access.kind === 'entra' ? [access.tenantId, ...access.audiences] : []),
    overrideApps,
    ...(mirror === undefined ? [] : [mirror.url]),
  ];
  return {
    interpolations: texts.filter((text) => Token.isUnresolved(text)),
    namedValues: [killSwitchName(name), ...(pin === undefined ? [] : [pinKeyName(name)])],
  };
}
