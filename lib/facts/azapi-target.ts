import { Attribute, known, unknown } from './attribute';
import { textAttribute } from './block';
import { ConfigurationBlock } from './configuration-block';
import { resolveValue } from './expression';
import { property } from './json';
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, isType } from './resource-type';
import { Scope } from './scope';
import { Unresolved } from './unresolved';

/** The end of an ARM id: namespace, then types and names in turn. */
const PROVIDER_PART = /^.*\/providers\/(?<namespace>[^/]+)\/(?<segments>.+)$/i;

/** ARM id of an account or of a deployment, taken apart. */
const DEPLOYMENT_ID =
  /^(?<account>.*\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+)(?:\/deployments\/(?<name>[^/]+))?$/i;

/** Whether the block sends a request when it is applied, and declares nothing. */
export function isAction({ origin }: ConfigurationBlock): boolean {
  return origin.type === 'azapi_resource_action';
}

/** The method of an action; POST where none is given. */
export function methodOf(block: ConfigurationBlock): string | Unresolved {
  const method = read(block, 'method');
  return method instanceof Unresolved ? method : typeof method === 'string' ? method.trim().toUpperCase() : 'POST';
}

/**
 * The ARM type that the block is about. The API version behind `@` does not decide what it is, and may be unknown. A request
 * goes to `resource_id` with `action` behind it, and what `type` says beside them is the API version.
 * Source: https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource_action
 *
 * @returns `undefined` where a request calls an operation, for instance `listKeys`
 */
export function targetType(block: ConfigurationBlock): unknown {
  const declared = declaredType(block);
  if (!isAction(block)) {
    return declared;
  }
  const [id, action] = [read(block, 'resource_id'), actionOf(read(block, 'action'))];
  const idType = typeof id === 'string' ? typeOfPath(pathOf(id, action)) : undefined;
  if (idType !== undefined || action === '') {
    return idType ?? declared;
  }
  return typeof id === 'string' || typeof declared !== 'string' ? undefined : typeBelow(declared, action);
}

/** What an action that may go to a deployment has behind its resource id, where that cannot be read. */
export function unreadAction(block: ConfigurationBlock): Unresolved | undefined {
  const [id, action] = [read(block, 'resource_id'), read(block, 'action')];
  const types = [typeof id === 'string' ? typeOfPath(pathOf(id, '')) : undefined, declaredType(block)];
  const mayBeDeployment = types.some((type) => isType(type, ACCOUNT_TYPE) || isType(type, DEPLOYMENT_TYPE));
  return isAction(block) && action instanceof Unresolved && mayBeDeployment ? action : undefined;
}

/** Account and name of the deployment that an instance of the block is about; a name is absent where it is the account. */
export function coordinatesIn(block: ConfigurationBlock, scope: Scope): [account: Attribute, deployment: Attribute] {
  const value = (key: string) => resolveValue(property(block.body, key), scope);
  const id = value('resource_id');
  const action = isAction(block) ? actionOf(value('action')) : '';
  if (typeof id === 'string') {
    const parts = DEPLOYMENT_ID.exec(pathOf(id, action))?.groups;
    if (parts) {
      return [known(parts.account!), textAttribute(parts.name)];
    }
  }
  const name = /^deployments\/(?<name>[^/]+)$/i.exec(action)?.groups!.name;
  return [
    textAttribute(value('parent_id') ?? id),
    name === undefined ? textAttribute(value('name') ?? id) : name.includes('${') ? unknown(name) : known(name),
  ];
}

function declaredType(block: ConfigurationBlock): unknown {
  const type = read(block, 'type');
  return type instanceof Unresolved && /^[^@$%]+@/.test(type.expression) ? type.expression : type;
}

function read(block: ConfigurationBlock, key: string): unknown {
  return resolveValue(property(block.body, key), block.instances.all[0]?.scope ?? block.scope);
}

/** What stands behind the id of the resource, without the query. */
function actionOf(action: unknown): string {
  const text = action instanceof Unresolved ? action.expression : action;
  return typeof text === 'string' ? trimmed(text.split('?', 1)[0]!) : '';
}

function pathOf(id: string, action: string): string {
  const path = trimmed(id);
  return `/${action === '' ? path : `${path}/${action}`}`;
}

function trimmed(path: string): string {
  return path.trim().replace(/^\/+|\/+$/g, '');
}

function typeOfPath(path: string): string | undefined {
  const { namespace, segments } = PROVIDER_PART.exec(path)?.groups ?? {};
  return namespace === undefined ? undefined : typeBelow(namespace, segments!);
}

function typeBelow(type: string, path: string): string | undefined {
  const segments = path.split('/');
  const types = segments.filter((_segment, index) => index % 2 === 0);
  return segments.length % 2 === 0 ? [type.trim().split('@', 1)[0], ...types].join('/') : undefined;
}
