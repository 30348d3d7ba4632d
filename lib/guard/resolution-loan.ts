import { HostStack } from './host';

const loans = new WeakSet<HostStack>();

/**
 * Lends the synthesiser the resolution that was just inspected, for its next question.
 *
 * It asks right after the inspection, with nothing in between that could change the stack: the second resolution is
 * saved, and what is written is what was judged. A stack with a `toTerraform` of its own keeps it and is asked again.
 */
export function lendOnce(stack: HostStack, configuration: unknown): void {
  if (Object.hasOwn(stack, 'toTerraform')) {
    return;
  }
  loans.add(stack);
  Object.defineProperty(stack, 'toTerraform', {
    configurable: true,
    value: () => {
      returnLoan(stack);
      return configuration;
    },
  });
}

/** Takes back a resolution that nobody asked for. */
export function returnLoan(stack: HostStack): void {
  if (loans.delete(stack)) {
    delete (stack as Partial<HostStack>).toTerraform;
  }
}
