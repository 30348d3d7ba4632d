import { abridged, quoted } from '../contracts/printable';

export function accessInvalid(path: string, access: unknown): Error {
  return new Error(
    `access ${quoted(access)} of ${path} is not valid: pass GatewayAccess.entra({ tenantId, audiences }) or GatewayAccess.subscriptionKeys()`,
  );
}

export function gatewayNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `gatewayName ${quoted(name)} of ${path} is not valid: it has 1 to 40 lower-case letters, digits and '-', and starts and ends with a letter or digit; respell it`,
  );
}

export function pathInvalid(path: string, given: unknown): Error {
  return new Error(
    `path ${quoted(given)} of ${path} is not valid: it has segments of letters, digits, '_' and '-', divided by '/', without '/' at either end, at most 300 characters; write for instance 'openai'`,
  );
}

export function appRoleInvalid(path: string, role: unknown): Error {
  return new Error(
    `app role ${quoted(role)} of ${path} is not valid: it has 1 to 120 letters, digits and '_.:/-', and starts with a letter, digit or '_'; write for instance 'Models.Invoke'`,
  );
}

export function apiVersionInvalid(path: string, version: unknown): Error {
  return new Error(
    `defaultApiVersion ${quoted(version)} of ${path} is not valid: write YYYY-MM-DD or YYYY-MM-DD-preview, for instance '2024-10-21'`,
  );
}

export function modelAudienceInvalid(path: string, audience: unknown): Error {
  return new Error(
    `modelAudience ${quoted(audience)} of ${path} is not valid: write 'https://' and a host, for instance 'https://cognitiveservices.azure.com'`,
  );
}

export function originInvalid(path: string, origin: unknown): Error {
  return new Error(
    `origin ${quoted(origin)} in corsOrigins of ${path} is not valid: write scheme, host and port of one site without a path, for instance 'https://chat.contoso.com'`,
  );
}

export function numberInvalid(path: string, property: string, value: unknown, least: number, most: number): Error {
  return new Error(
    `${property} ${quoted(value)} of ${path} is not allowed: write a whole number from ${least} to ${most}`,
  );
}

export function headerInvalid(path: string, header: unknown): Error {
  return new Error(
    `header name ${quoted(header)} of ${path} is not valid: it has 1 to 64 letters, digits and '-', starts with a letter, and is none that HTTP, Azure or OpenAI's clients use; write for instance 'x-ai-model'`,
  );
}

export function headersNotDistinct(path: string, header: string): Error {
  return new Error(
    `${path} uses the header ${quoted(header)} for two purposes; give modelHeader, modelVersionHeader and releaseHeader names of their own, ` +
      'other than x-ai-model-alias, x-ai-deployment, x-ai-attempts and x-request-id',
  );
}

export function gatewayNameTaken(path: string, name: string, other: string): Error {
  return new Error(
    `${path} and ${other} are both named ${quoted(name)} in one API Management service; give one of them another name (gatewayName, routerName)`,
  );
}

export function pathTaken(path: string, taken: string, other: string): Error {
  return new Error(
    `${path} and ${other} both answer at the path ${quoted(taken)} of one API Management service; give one of them another path`,
  );
}

export function endpointNotOffered(path: string, given: string): Error {
  return new Error(
    `${path} has no datedEndpoint: the client AzureOpenAI adds '/openai' to its endpoint, and the path of the gateway is ${quoted(given)}; ` +
      "let the path end in 'openai', or pass url to the client OpenAI",
  );
}

export function modelUnresolved(path: string, what: string): Error {
  return new Error(
    `${path} needs to know which model ${what} is, and its format, name or version is known only when Terraform runs; write them as text`,
  );
}

export function deploymentNameUnresolved(path: string, deployment: string): Error {
  return new Error(
    `${path} needs the deployment name of ${deployment}, which is known only when Terraform runs; write it as text, or leave out deploymentName to have it derived`,
  );
}

export function batchDeployment(path: string, deployment: string, sku: string): Error {
  return new Error(
    `${path} cannot send calls to ${deployment}: deployments of type ${sku} take batch jobs alone; use a standard or provisioned deployment`,
  );
}

export function versionsMixed(path: string, first: string, other: string): Error {
  return new Error(
    `${path} would answer with two models: ${first} and ${other}; all deployments of a route have one format, name and version, so add a route of its own for the other`,
  );
}

export function deploymentTwiceInRoute(path: string, deployment: string): Error {
  return new Error(`${path} lists ${deployment} twice; name each deployment once, in balanced or in failover`);
}

export function routeDeclaredTwice(path: string, key: string, other: string): Error {
  return new Error(
    `${path} already has ${other === key ? `the route ${key}` : `the route ${other}, which is the same as ${key} but for its spelling`}; ` +
      'pass its further deployments as balanced or failover, and note that formats do not tell routes apart',
  );
}

export function routeIsGone(path: string, key: string): Error {
  return new Error(
    `${path} has ${key} declared retired with addRetiredRoute; declare a version once: leave out addRetiredRoute where it has deployments, or else this call`,
  );
}

export function aliasInvalid(path: string, alias: unknown): Error {
  return new Error(
    `alias ${quoted(alias)} of ${path} is not valid: it has 1 to 128 letters, digits, '.', '_' and '-', starts with a letter or digit, and holds no '@', which stands in route keys alone; write for instance 'chat-production'`,
  );
}

export function aliasTaken(path: string, alias: string, key: string): Error {
  return new Error(
    `alias ${quoted(alias)} of ${path} stands for ${key} already (case makes no difference); an alias stands for exactly one route: move it by changing the one addAlias, or take another name`,
  );
}

export function aliasIsModelName(path: string, alias: string, key: string): string {
  return (
    `alias ${quoted(alias)} of ${path}, which stands for ${key}, is the name of a model or a deployment: a caller that asks for it ` +
    "without a version would get what the alias stands for; choose a name that is neither, for instance 'chat-production'"
  );
}

export function grantOfNothing(path: string, callerId: string): Error {
  return new Error(
    `${quoted(callerId)} is given access to no route of ${path}; list at least one, or leave the list out to give access to all`,
  );
}

export function liveRouteToRetire(path: string, key: string): Error {
  return new Error(
    `${path} has the route ${key} with its deployments; first add that route with retired: true and apply, then leave it out and call addRetiredRoute`,
  );
}

export function aliasOfRetiredRoute(path: string, alias: string, key: string): Error {
  return new Error(
    `alias ${quoted(alias)} of ${path} would stand for ${key}, which is retired; point it at a live route, and tell callers that the version changes`,
  );
}

export function foreignRoute(path: string, route: string): Error {
  return new Error(`${route} is no route of ${path}; pass what addRoute of this gateway returned`);
}

export function clientIdInvalid(path: string, clientId: unknown): Error {
  return new Error(
    `client id ${quoted(clientId)} given access to ${path} is not a GUID: pass the client (application) id, for instance clientId of a managed identity, not its object id or resource id`,
  );
}

export function callersHaveKeys(path: string): Error {
  return new Error(
    `${path} admits callers by subscription key, so there is no application to give access to; use addProduct, or GatewayAccess.entra`,
  );
}

export function callersHaveTokens(path: string): Error {
  return new Error(
    `${path} admits callers by Microsoft Entra token, so a product's key opens nothing; use grantAccess, or GatewayAccess.subscriptionKeys()`,
  );
}

export function retiredOnInvalid(path: string, key: string, day: unknown): Error {
  return new Error(
    `retiredOn ${quoted(day)} of ${key} in ${path} is not a day; write YYYY-MM-DD, for instance '2026-03-31'`,
  );
}

export function successorIsItself(path: string, key: string): Error {
  return new Error(`${key} in ${path} names itself as its successor; name another version, or leave it out`);
}

export function optionNotOffered(path: string, option: string): Error {
  return new Error(
    `${path} has the option ${option}, which the Consumption tier does not offer; leave it out, or use another tier of ApiManagementSku`,
  );
}

export function tokenLimitMissing(path: string): Error {
  return new Error(`tokenLimit of ${path} limits nothing; pass tokensPerMinute, tokenQuota or both`);
}

export function embeddingsNotDated(path: string, deployment: string, format: string): Error {
  return new Error(
    `semanticCache of ${path} cannot use ${deployment}: its model has the format ${quoted(format)}; use an embedding model of format 'OpenAI'`,
  );
}

export function scoreThresholdInvalid(path: string, threshold: unknown): Error {
  return new Error(
    `semanticCache.scoreThreshold ${quoted(threshold)} of ${path} is not allowed: write a number greater than 0 and at most 1, for instance 0.05`,
  );
}

export function contentSafetyBackendInvalid(path: string, backendId: unknown): Error {
  return new Error(
    `contentSafety.backendId ${quoted(backendId)} of ${path} is not the name of a backend: it has 1 to 80 letters, digits, '_' and '-'; pass the name, not the resource id`,
  );
}

export function contentCategoryInvalid(path: string, category: unknown): Error {
  return new Error(
    `contentSafety category ${quoted(category)} of ${path} is unknown or listed twice; list each of Hate, Violence, Sexual and SelfHarm at most once`,
  );
}

export function routesMissing(path: string): string {
  return `${path} has no route; add one with addRoute, or tell callers of a version that is gone with addRetiredRoute`;
}

export function policyProblem(path: string, policy: string, problem: string): string {
  return `the ${policy} of ${path} would be refused: ${problem}`;
}

export function policyTooLarge(
  path: string,
  policy: string,
  size: { readonly bytes: number; readonly limit: number; readonly sku: string },
  routes: { readonly count: number; readonly retired: number; readonly bytesEach: number; readonly fit: number },
): string {
  const retired = routes.retired === 0 ? '' : `, besides ${routes.retired} retired ones, which take room too`;
  return (
    `the ${policy} of ${path} has ${size.bytes} bytes, and ${size.sku} takes ${size.limit}: a route takes about ${routes.bytesEach} bytes, ` +
    `so ${routes.fit} like these fit and there are ${routes.count}${retired}; remove routes, divide them among gateways with paths of their own, or use a larger tier`
  );
}

export function policyUnwritable(path: string, policy: string, problem: string): Error {
  return new Error(`the ${policy} of ${path} is refused: ${abridged(problem)}`);
}
