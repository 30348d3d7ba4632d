import { Waiver } from '../contracts/waiver';
import { HostStack, isStack } from './host';

// On the stack itself, so that two copies of this package in one app add to one list.
const WAIVERS_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/waivers');

type WaivedStack = HostStack & { [WAIVERS_SYMBOL]?: Waiver[] };

/** Adds a waiver to those given in code on a stack and on constructs in it. @returns all of them */
export function addWaiver(stack: WaivedStack, waiver: Waiver): readonly Waiver[] {
  if (stack[WAIVERS_SYMBOL] === undefined) {
    Object.defineProperty(stack, WAIVERS_SYMBOL, { value: [] });
  }
  const waivers = stack[WAIVERS_SYMBOL]!;
  waivers.push(waiver);
  return waivers;
}

/** The waivers given in code on a stack and on constructs in it. */
export function givenWaivers(stack: WaivedStack): readonly Waiver[] {
  return stack[WAIVERS_SYMBOL] ?? [];
}

/** The waivers of the stacks around a nested one: they cover what is below their constructs, its content included. */
export function waiversAround(stack: HostStack): readonly Waiver[] {
  return stack.node.scopes.filter(isStack).flatMap((outer) => (outer === stack ? [] : givenWaivers(outer)));
}
