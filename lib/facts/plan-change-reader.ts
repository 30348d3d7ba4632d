import { isObject, property, propertyAt } from './json';
import { ChangeAction, ResourceChange, ResourceHead } from './plan-document';
import { Step } from './scope';

/**
 * Actions as plans list them. Where an object is forgotten and another one created in its place, that is two changes.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
const ACTIONS: ReadonlyMap<string, readonly (readonly [ChangeAction, ResourceChange['replaceOrder']?])[]> = new Map([
  ['no-op', [['no-op']]],
  ['create', [['create']]],
  ['read', [['read']]],
  ['update', [['update']]],
  ['delete', [['delete']]],
  ['forget', [['forget']]],
  ['delete,create', [['replace', 'destroy-first']]],
  ['create,delete', [['replace', 'create-first']]],
  ['create,forget', [['forget'], ['create']]],
  ['forget,create', [['forget'], ['create']]],
]);

/**
 * The changes that an entry of `resource_changes` or `resource_drift` speaks of: one, as a rule.
 *
 * @throws what `fail` makes of the problem, where the entry has another shape
 */
export function readChange(entry: unknown, fail: (problem: string) => Error): ResourceChange[] {
  const head = readHead(entry, fail);
  const change = property(entry, 'change');
  const actions = property(change, 'actions');
  const known = Array.isArray(actions) ? ACTIONS.get(actions.join()) : undefined;
  if (known === undefined) {
    throw fail(`has actions that are not known: ${JSON.stringify(actions)}`);
  }
  const importing = property(change, 'importing');
  const id = property(importing, 'id');
  const read = (key: string) => property(change, key);
  const common = {
    ...head,
    ...texts(entry, { previousAddress: 'previous_address', moduleAddress: 'module_address', deposed: 'deposed' }),
    ...texts(entry, { reason: 'action_reason' }),
    ...(isObject(importing) && { importId: typeof id === 'string' ? id : '' }),
    afterUnknown: read('after_unknown') ?? {},
    beforeSensitive: read('before_sensitive') ?? {},
    afterSensitive: read('after_sensitive') ?? {},
    replacePaths: readPaths(read('replace_paths'), fail),
  };
  const isOne = known.length === 1;
  return known.map(([action, replaceOrder]) => ({
    ...common,
    action,
    ...(replaceOrder && { replaceOrder }),
    before: isOne || action === 'forget' ? (read('before') ?? null) : null,
    after: isOne || action === 'create' ? (read('after') ?? null) : null,
  }));
}

/** The changes that an entry of `deferred_changes` speaks of. @throws as `readChange` */
export function readDeferredChange(entry: unknown, fail: (problem: string) => Error): ResourceChange[] {
  const deferredReason = deferredReasonOf(entry);
  return readChange(property(entry, 'resource_change'), fail).map((change) => ({ ...change, deferredReason }));
}

/** The change that an entry of `deferred_action_invocations` speaks of. @throws as `readChange` */
export function readDeferredInvocation(entry: unknown, fail: (problem: string) => Error): ResourceChange {
  return { ...readInvocation(property(entry, 'action_invocation'), fail), deferredReason: deferredReasonOf(entry) };
}

/**
 * The change that an entry of `action_invocations` makes: the request that the action sends is the one of the resource of
 * that name. What Terraform writes there: https://github.com/hashicorp/terraform/blob/main/internal/command/jsonplan/action_invocations.go
 *
 * @throws as `readChange`
 */
export function readInvocation(entry: unknown, fail: (problem: string) => Error): ResourceChange {
  return {
    ...readHead(entry, fail),
    action: 'create',
    before: null,
    after: property(entry, 'config_values') ?? {},
    afterUnknown: property(entry, 'config_unknown') ?? {},
    beforeSensitive: {},
    afterSensitive: property(entry, 'config_sensitive') ?? {},
    replacePaths: [],
  };
}

/** Address, type and name of an entry. @throws what `fail` makes of the problem, where one of them is missing */
export function readHead(entry: unknown, fail: (problem: string) => Error): ResourceHead {
  const text = (key: string) => {
    const value = property(entry, key);
    if (typeof value !== 'string') {
      throw fail(`has no text as '${key}'`);
    }
    return value;
  };
  const index = property(entry, 'index');
  return {
    address: text('address'),
    mode: property(entry, 'mode') === 'data' ? 'data' : 'managed',
    type: text('type'),
    name: text('name'),
    ...((typeof index === 'string' || typeof index === 'number') && { index }),
  };
}

function deferredReasonOf(entry: unknown): string {
  const reason = property(entry, 'reason');
  return typeof reason === 'string' ? reason : 'unknown';
}

function texts(entry: unknown, keys: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = propertyAt(entry, key);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function readPaths(paths: unknown, fail: (problem: string) => Error): Step[][] {
  if (paths === undefined || paths === null) {
    return [];
  }
  const isStep = (step: unknown): step is Step => typeof step === 'string' || typeof step === 'number';
  const isPath = (path: unknown): path is Step[] => Array.isArray(path) && path.every(isStep);
  if (!Array.isArray(paths) || !paths.every(isPath)) {
    throw fail("has 'replace_paths' that are no lists of keys and indexes");
  }
  return paths;
}
