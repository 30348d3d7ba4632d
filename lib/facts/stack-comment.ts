import { STACK_COMMENT_KEY } from '../contracts/metadata';
import { Waiver } from '../contracts/waiver';
import { property, propertyAt } from './json';

const WAIVER_FIELDS = ['rule', 'resource', 'reason', 'owner', 'expires'] as const;

/** Name of the stack in cdktf's own metadata. */
export function stackNameIn(configuration: unknown): string | undefined {
  return textAt(configuration, '//', 'metadata', 'stackName');
}

/** Construct path in the metadata that cdktf writes into every block. */
export function constructPathIn(block: unknown): string | undefined {
  return textAt(block, '//', 'metadata', 'path');
}

/**
 * Waivers that constructs left in the stack's comment, as they stand: whether each is whole is judged with the findings,
 * so that one with a missing field is reported and not lost.
 */
export function waiversIn(configuration: unknown): Waiver[] {
  const waivers = propertyAt(configuration, '//', STACK_COMMENT_KEY, 'waivers');
  return (Array.isArray(waivers) ? waivers : []).map(
    (waiver) => Object.fromEntries(WAIVER_FIELDS.map((field) => [field, property(waiver, field)])) as unknown as Waiver,
  );
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const text = propertyAt(value, ...keys);
  return typeof text === 'string' ? text : undefined;
}
