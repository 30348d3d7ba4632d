import { AuthenticationManagedIdentityNode, RequiredClaim, ValidateAzureAdTokenNode } from '../policy/access-nodes';
import { PolicyValue } from '../policy/policy-value';
import { TokenClaims } from './access-tokens';
import { jwtValue } from './context-value';
import { PolicyError, tokenRefused, tokenUnavailable } from './errors';
import { RequestValues } from './policy-runtime';

export async function authenticateManagedIdentity(
  values: RequestValues,
  node: AuthenticationManagedIdentityNode,
): Promise<string> {
  const source = node.kind;
  const resource = await values.requiredText(source, 'resource', node.resource);
  const clientId =
    node.clientId === undefined ? undefined : await values.requiredText(source, 'client-id', node.clientId);
  const ignoresError = await values.boolean(source, 'ignore-error', node.ignoreError, false);
  try {
    const token = await values.runtime.services.tokens(resource, clientId);
    if (node.outputTokenVariableName === undefined) {
      values.state.request.headers.set('Authorization', [`Bearer ${token}`]);
    } else {
      values.state.variables.set(
        await values.requiredText(source, 'output-token-variable-name', node.outputTokenVariableName),
        token,
      );
    }
    return `token for ${resource}`;
  } catch (error) {
    if (ignoresError && !(error instanceof PolicyError)) {
      return `no token for ${resource}`;
    }
    throw error instanceof PolicyError ? error : tokenUnavailable(resource, (error as Error).message);
  }
}

/** Checks the caller's token: the injected verifier says whether it is genuine, the policy which tokens are good enough. */
export async function validateToken(values: RequestValues, node: ValidateAzureAdTokenNode): Promise<string> {
  const source = node.kind;
  const status = await values.number(source, 'failed-validation-httpcode', node.failedValidationHttpcode, 401);
  const message =
    node.failedValidationErrorMessage === undefined
      ? undefined
      : await values.text(source, node.failedValidationErrorMessage);
  const refuse = (reason: string, detail: string): PolicyError => tokenRefused(reason, message ?? detail, status);
  const token = await presentedToken(values, node);
  if (token === undefined) {
    throw refuse('TokenNotPresent', 'JWT not present.');
  }
  const verdict = await values.runtime.services.verifyToken(
    token,
    await values.requiredText(source, 'tenant-id', node.tenantId),
  );
  if (!('claims' in verdict)) {
    throw refuse(verdict.reason, verdict.message);
  }
  await requireOneOf(values, node.audiences, verdict.claims.get('aud') ?? [], () =>
    refuse('TokenAudienceNotAllowed', 'the audience of the token is not allowed. Access denied.'),
  );
  const application = verdict.claims.get('appid') ?? verdict.claims.get('azp') ?? [];
  await requireOneOf(values, node.clientApplicationIds, application, () =>
    refuse('TokenClaimValueNotAllowed', 'the client application of the token is not allowed. Access denied.'),
  );
  await requireOneOf(values, node.backendApplicationIds, verdict.claims.get('aud') ?? [], () =>
    refuse('TokenAudienceNotAllowed', 'the backend application of the token is not allowed. Access denied.'),
  );
  for (const claim of node.requiredClaims) {
    await requireClaim(values, claim, verdict.claims, refuse);
  }
  if (node.outputTokenVariableName !== undefined) {
    const name = await values.requiredText(source, 'output-token-variable-name', node.outputTokenVariableName);
    values.state.variables.set(name, jwtValue(verdict.claims));
  }
  return 'token accepted';
}

async function presentedToken(values: RequestValues, node: ValidateAzureAdTokenNode): Promise<string | undefined> {
  const { request } = values.state;
  let text: string | null | undefined;
  if (node.tokenValue !== undefined) {
    text = await values.text(node.kind, node.tokenValue);
  } else if (node.queryParameterName !== undefined) {
    text = request.query.get((await values.text(node.kind, node.queryParameterName)) ?? '');
  } else {
    const name =
      node.headerName === undefined
        ? 'Authorization'
        : await values.requiredText(node.kind, 'header-name', node.headerName);
    text = request.headers.joined(name);
  }
  const scheme = node.requireScheme === undefined ? undefined : await values.text(node.kind, node.requireScheme);
  const [, given, token] = /^(?:(\S+)\s+)?(\S+)$/.exec((text ?? '').trim()) ?? [];
  const fits = scheme ? given?.toLowerCase() === scheme.toLowerCase() : (given ?? 'bearer').toLowerCase() === 'bearer';
  return fits ? token : undefined;
}

async function listed(values: RequestValues, list: readonly PolicyValue[]): Promise<string[]> {
  const texts: string[] = [];
  for (const value of list) {
    texts.push((await values.text('validate-azure-ad-token', value)) ?? '');
  }
  return texts;
}

async function requireOneOf(
  values: RequestValues,
  allowed: readonly PolicyValue[],
  given: readonly string[],
  refusal: () => PolicyError,
): Promise<void> {
  if (allowed.length > 0 && !(await listed(values, allowed)).some((value) => given.includes(value))) {
    throw refusal();
  }
}

async function requireClaim(
  values: RequestValues,
  claim: RequiredClaim,
  claims: TokenClaims,
  refuse: (reason: string, detail: string) => PolicyError,
): Promise<void> {
  const name = await values.requiredText('validate-azure-ad-token', 'name', claim.name);
  const given = claims.get(name);
  if (given === undefined) {
    throw refuse('TokenClaimNotFound', `JWT token is missing the following claims: ${name}. Access denied.`);
  }
  const separator =
    claim.separator === undefined ? undefined : await values.text('validate-azure-ad-token', claim.separator);
  const present = separator ? given.flatMap((value) => value.split(separator)) : given;
  const wanted = await listed(values, claim.values);
  const any = claim.match !== undefined && (await values.text('validate-azure-ad-token', claim.match)) === 'any';
  const holds = any
    ? wanted.some((value) => present.includes(value))
    : wanted.every((value) => present.includes(value));
  if (wanted.length > 0 && !holds) {
    throw refuse(
      'TokenClaimValueNotAllowed',
      `Claim ${name} value of ${present.join(',')} is not allowed. Access denied.`,
    );
  }
}
