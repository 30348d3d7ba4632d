import { STACK_COMMENT_KEY } from '../contracts/metadata';
import { Waiver } from '../contracts/waiver';
import { isObject, property, propertyAt } from './json';

const WAIVER_FIELDS = ['rule', 'resource', 'reason', 'owner', 'expires'] as const;

/** Name of the stack in cdktf's own metadata. */
export function stackNameIn(configuration: unknown): string | undefined {
  return textAt(configuration, '//', 'metadata', 'stackName');
}

/** Construct path in the metadata that cdktf writes into every block. */
export function constructPathIn(block: unknown): string | undefined {
  return textAt(block, '//', 'metadata', 'path');
}

/** Waivers that constructs left in the stack's comment; what is not a whole waiver waives nothing. */
export function waiversIn(configuration: unknown): Waiver[] {
  const waivers = propertyAt(configuration, '//', STACK_COMMENT_KEY, 'waivers');
  return (Array.isArray(waivers) ? waivers : []).filter(isWaiver).map((waiver) => ({
    rule: waiver.rule,
    resource: waiver.resource,
    reason: waiver.reason,
    owner: waiver.owner,
    expires: waiver.expires,
  }));
}

function isWaiver(value: unknown): value is Waiver {
  return isObject(value) && WAIVER_FIELDS.every((field) => typeof property(value, field) === 'string');
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const text = propertyAt(value, ...keys);
  return typeof text === 'string' ? text : undefined;
}
