import { annotate, ERROR_ANNOTATION } from './annotate';
import { AppGuard } from './app-guard';
import { CUSTOM_SYNTHESIS_SYMBOL, HostStack, isNested, writesJson } from './host';
import { lendOnce, returnLoan } from './resolution-loan';
import { inspectStack } from './stack-inspection';

interface CustomSynthesis {
  onSynthesize(session: unknown): void;
}

type HookedStack = HostStack & { [CUSTOM_SYNTHESIS_SYMBOL]?: CustomSynthesis };

const armed = new WeakSet<HostStack>();

/** Has the stack inspected at the last moment before the framework collects annotations and writes files. */
export function armStack(stack: HookedStack, guard: AppGuard): void {
  guard.enter(stack);
  if (armed.has(stack)) {
    return;
  }
  armed.add(stack);
  const existing = stack[CUSTOM_SYNTHESIS_SYMBOL];
  const before = existing?.onSynthesize.bind(existing);
  const hook: CustomSynthesis = existing ?? { onSynthesize: () => {} };
  hook.onSynthesize = (session) => {
    before?.(session);
    inspect(stack, guard);
  };
  if (existing === undefined) {
    Object.defineProperty(stack, CUSTOM_SYNTHESIS_SYMBOL, { value: hook, configurable: true });
  }
}

function inspect(stack: HostStack, guard: AppGuard): void {
  if (!guard.isSynthesising(stack)) {
    return;
  }
  returnLoan(stack);
  const configuration = stack.toTerraform();
  annotate(inspectStack(stack, guard, configuration));
  if (writesJson() && !isNested(stack) && !hasErrorAnnotation(stack)) {
    lendOnce(stack, configuration);
  }
}

/** With an error annotation the framework may stop before it asks for the resolution. */
function hasErrorAnnotation(stack: HostStack): boolean {
  return stack.node.findAll().some((node) => node.node.metadata.some((entry) => entry.type === ERROR_ANNOTATION));
}
