import { propertyAt } from './json';
import { ResourceChange, StateResource } from './plan-document';
import { holdsTrue } from './plan-values';

/** What a resource is on Azure before a plan is applied, as far as the plan shows it. */
export interface PlannedIdentity {
  /** Resource id; never one that the plan marks as sensitive. */
  readonly id?: string;
  /** Of a container app: id of the environment that it runs in, which its own id does not hold. */
  readonly environment?: string;
  /** Of an account: which services it offers, for instance `OpenAI` or `SpeechServices`. */
  readonly kind?: string;
}

type Path = readonly string[];

/** azurerm's attribute first, then where azapi has the same in its body. */
const ENVIRONMENT: readonly Path[] = [
  ['container_app_environment_id'],
  ['body', 'properties', 'environmentId'],
  ['body', 'properties', 'managedEnvironmentId'],
];
const KIND: readonly Path[] = [['kind'], ['body', 'kind']];

/** Reads it of what stands before the plan; `elsewhere` is what else of the plan marks parts of the resource as sensitive. */
export function plannedIdentity(
  resource: ResourceChange | StateResource,
  elsewhere: readonly unknown[] = [],
): PlannedIdentity {
  const isState = 'values' in resource;
  const values = isState ? resource.values : resource.before;
  // What a plan begins to mark is what stood there before.
  const own = isState ? [resource.sensitiveValues] : [resource.beforeSensitive, resource.afterSensitive];
  const marks = [...own, ...elsewhere].filter(holdsTrue);
  const read = (paths: readonly Path[]) =>
    paths.flatMap((path) => (marks.some((mark) => isMarked(mark, path)) ? [] : textAt(values, path))).find(Boolean);
  const { type } = resource;
  const id = read([['id']]);
  const environment = type === 'azurerm_container_app' || type === 'azapi_resource' ? read(ENVIRONMENT) : undefined;
  const kind = isAccountType(type) ? read(KIND) : undefined;
  return { ...(id && { id }), ...(environment && { environment }), ...(kind && { kind }) };
}

function isAccountType(type: string): boolean {
  return type === 'azurerm_cognitive_account' || type === 'azapi_resource';
}

function textAt(values: unknown, path: Path): string[] {
  const value = propertyAt(values, ...path);
  return typeof value === 'string' ? [value] : [];
}

/** A mark on the whole covers its parts. */
function isMarked(mark: unknown, path: Path): boolean {
  return (
    path.some((_step, index) => propertyAt(mark, ...path.slice(0, index)) === true) ||
    propertyAt(mark, ...path) === true
  );
}
