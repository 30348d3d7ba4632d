import { annotate } from './annotate';
import { AppGuard } from './app-guard';
import { CUSTOM_SYNTHESIS_SYMBOL, HostStack, isStack, writesJson } from './host';
import { inspectStack } from './stack-inspection';

interface CustomSynthesis {
  onSynthesize(session: unknown): void;
}

type HookedStack = HostStack & { [CUSTOM_SYNTHESIS_SYMBOL]?: CustomSynthesis };

const armed = new WeakSet<HostStack>();

/** Has the stack inspected at the last moment before the framework collects annotations and writes files. */
export function armStack(stack: HookedStack, guard: AppGuard): void {
  if (armed.has(stack)) {
    return;
  }
  armed.add(stack);
  const existing = stack[CUSTOM_SYNTHESIS_SYMBOL];
  const hook: CustomSynthesis = {
    onSynthesize(session) {
      existing?.onSynthesize(session);
      returnLoan(stack);
      const inspection = inspectStack(stack, guard);
      annotate(inspection);
      if (writesJson() && !isNested(stack) && !hasErrorAnnotation(stack)) {
        lendOnce(stack, inspection.configuration);
      }
    },
  };
  Object.defineProperty(stack, CUSTOM_SYNTHESIS_SYMBOL, { value: hook, configurable: true });
}

/**
 * The synthesiser resolves the stack right after this hook, with nothing in between that could change it;
 * lending it the resolution that was just inspected saves the second one, and what is written is what was judged.
 */
function lendOnce(stack: HostStack, configuration: unknown): void {
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
  if (Object.prototype.hasOwnProperty.call(stack, 'toTerraform')) {
    delete (stack as Partial<HostStack>).toTerraform;
  }
}

/** With an error annotation the framework may stop before it asks for the resolution. */
function hasErrorAnnotation(stack: HostStack): boolean {
  return stack.node.findAll().some((node) => node.node.metadata.some((entry) => entry.type === '@cdktf/error'));
}

/** A stack inside another is synthesised twice: once with the outer one, then by itself after Aspects of its own. */
function isNested(stack: HostStack): boolean {
  return stack.node.scopes.filter(isStack).length > 1;
}
