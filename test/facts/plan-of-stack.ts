import { JsonObject } from '../../lib/facts/json';
import { ConfigurationModule, PlanDocument, ResourceChange } from '../../lib/facts/plan-document';
import { change, module, plan } from './planned-resources';

/** Attributes that hold a map, not a block. */
const MAPS: ReadonlySet<string> = new Set(['tags', 'header', 'query', 'body']);

/** Keys of Terraform itself, which plans do not hold. */
const TERRAFORM_KEYS: ReadonlySet<string> = new Set(['//', 'lifecycle', 'provider', 'depends_on', 'count', 'for_each']);

type Stack = Readonly<
  Record<'resource' | 'data', Readonly<Record<string, Readonly<Record<string, JsonObject>>>> | undefined>
>;

/**
 * The plan that creates everything that a synthesised stack declares: what expressions decide is known only after the
 * apply, and the configuration gives the expressions as Terraform does for Terraform JSON.
 *
 * @param at address of the module instance in which all of it stands; the root module, if it is left out
 */
export function planOfStack(stack: unknown, at?: string): PlanDocument {
  const { resource = {}, data = {} } = stack as Stack;
  const all = [
    ...Object.entries(resource).map((entry) => ['', ...entry] as const),
    ...Object.entries(data).map((entry) => ['data.', ...entry] as const),
  ].flatMap(([prefix, type, blocks]) =>
    Object.entries(blocks).map(([name, body]) => [`${prefix}${type}.${name}`, attributesOf(body)] as const),
  );
  const declared = module(Object.fromEntries(all.map(([label, body]) => [label, expressionsOf(body)])));
  const changes = all.map(([label, body]) => changeOf(at === undefined ? label : `${at}.${label}`, body));
  return plan(changes, { configuration: at === undefined ? declared : inside(at, declared) });
}

function inside(at: string, declared: ConfigurationModule): ConfigurationModule {
  const names = [...at.matchAll(/module\.([^.[]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)].map((match) => match[1]!);
  return names.reduceRight(
    (inner, name) => module({}, { calls: { [name]: { expressions: {}, module: inner } } }),
    declared,
  );
}

function changeOf(address: string, body: JsonObject): ResourceChange {
  return change(address, {
    action: address.includes('data.') ? 'read' : 'create',
    after: knownIn(body),
    afterUnknown: unknownIn(body),
  });
}

function attributesOf(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !TERRAFORM_KEYS.has(key)));
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${') && !/\$\$\{/.test(value);
}

function knownIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => (isTemplate(item) ? null : knownIn(item)));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, inner]) => (isTemplate(inner) ? [] : [[key, knownIn(inner)]])),
      )
    : value;
}

function unknownIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unknownIn);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unknownIn(inner)]))
    : isTemplate(value);
}

function expressionsOf(block: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(block).map(([key, value]) => {
      const isBlocks = Array.isArray(value) && value.some((item) => typeof item === 'object');
      if (isBlocks) {
        return [key, value.map((item: JsonObject) => expressionsOf(item))];
      }
      return typeof value === 'object' && value !== null && !Array.isArray(value) && !MAPS.has(key)
        ? [key, expressionsOf(value as JsonObject)]
        : [key, expression(value)];
    }),
  );
}

function expression(value: unknown): JsonObject {
  const text = JSON.stringify(value ?? null);
  const references = text.includes('${')
    ? [...text.matchAll(/\b(?:data\.)?azurerm_\w+\.[\w.-]+/g)].map(([found]) => found)
    : [];
  return { constant_value: value, ...(references.length > 0 && { references }) };
}
