import { TextFilter } from '../../lib/facts/json-value';
import { PlanDocument } from '../../lib/facts/plan-document';
import { readPlanDocument } from '../../lib/facts/plan-reader';

/** Whether a text names a model, as far as these tests go. */
export const namesModel = (text: string): boolean => /(?<![a-z0-9])(?:gpt|o3)\b/i.test(text);

export interface BuiltChange {
  readonly type?: string;
  readonly name?: string;
  readonly actions?: readonly string[];
  readonly change?: object;
  readonly entry?: object;
  readonly after?: unknown;
}

/** An entry of `resource_changes`, with keys in the order of Terraform. */
export function change(built: BuiltChange = {}): Record<string, unknown> {
  const { type = 'azurerm_cognitive_deployment', name = 'chat', actions = ['create'] } = built;
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/azurerm',
    ...built.entry,
    change: {
      actions,
      before: null,
      after: built.after ?? { name },
      after_unknown: { id: true },
      before_sensitive: false,
      after_sensitive: {},
      ...built.change,
    },
  };
}

/** The smallest whole plan around some parts. */
export function plan(parts: object = {}): Record<string, unknown> {
  return { format_version: '1.2', terraform_version: '1.11.4', planned_values: { root_module: {} }, ...parts };
}

/** Reads a plan that is given as JSON, text or bytes, in chunks of a size. */
export function read(input: unknown, chunk = 1 << 20, mayNameModel: TextFilter = namesModel): Promise<PlanDocument> {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const bytes = Buffer.isBuffer(input) ? input : Buffer.from(text);
  return readPlanDocument(chunksOf(bytes, chunk), { source: 'plan.json', mayNameModel });
}

/** The message of the error that reading ends with. */
export async function failureOf(input: unknown, chunk?: number): Promise<string> {
  return read(input, chunk).then(
    () => 'it was read',
    (error: unknown) => (error instanceof Error ? error.message : `no error: ${String(error)}`),
  );
}

/** Gives each chunk in the same memory, as a reader of files does. */
async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(Math.min(size, Math.max(bytes.length, 1)));
  for (let from = 0; from < bytes.length; from += size) {
    yield memory.subarray(0, bytes.copy(memory, 0, from, from + size));
    memory.fill('x');
  }
}
