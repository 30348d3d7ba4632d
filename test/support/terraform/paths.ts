import { isObject, Value, ValueObject } from './value-encoding';

/** A value and the steps that lead to it: names of attributes and blocks, indexes of blocks. */
export interface Located {
  readonly steps: readonly (string | number)[];
  readonly value: Value;
}

/** Every value at a dotted path; lists of blocks on the way contribute one for each block. */
export function valuesAt(root: ValueObject, path: string): Located[] {
  let found: Located[] = [{ steps: [], value: root }];
  for (const name of path.split('.')) {
    const owners: Located[] = found.flatMap(({ steps, value }): Located[] =>
      Array.isArray(value)
        ? value.map((block, index) => ({ steps: [...steps, index], value: block }))
        : [{ steps, value }],
    );
    found = owners.flatMap(({ steps, value }): Located[] =>
      isObject(value) ? [{ steps: [...steps, name], value: value[name] ?? null }] : [],
    );
  }
  return found;
}

/** Sets what is null at a dotted path, in every block that exists. */
export function fillMissing(root: ValueObject, path: string, value: Value): void {
  const names = path.split('.');
  const attribute = names.pop()!;
  const owners = names.length > 0 ? valuesAt(root, names.join('.')).map((located) => located.value) : [root];
  for (const owner of owners.flat() as ValueObject[]) {
    if (isObject(owner)) {
      owner[attribute] ??= value;
    }
  }
}

/** Fills an id template from a resource's attributes. */
export function armId(template: string, attributes: ValueObject, subscription: string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'subscription' ? subscription : String(attributes[name]),
  );
}

/** Whether an id could come from a template; the fixed parts are compared with their case, as the provider does. */
export function fitsTemplate(template: string, id: string): boolean {
  const pattern = template
    .split(/(\{\w+\})/)
    .map((part) =>
      /^\{.*(_id|scope)\}$/.test(part) ? '/.+' : part.startsWith('{') ? '[^/]+' : part.replace(/[.|]/g, '\\$&'),
    );
  return new RegExp(`^${pattern.join('')}$`).test(id);
}
