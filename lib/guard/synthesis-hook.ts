import { annotate } from './annotate';
import { AppGuard } from './app-guard';
import { foreignErrors } from './foreign-errors';
import { annotationsArePrintedByHost, HostApp, HostStack } from './host';
import { isFailing, printReport, synthesisRefused } from './report';
import { returnLoan } from './resolution-loan';
import { inspectStack, StackInspection } from './stack-inspection';

const HOOKED_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/synthesis');

/**
 * Surrounds `app.synth()`: stacks made since the guard was installed are guarded too, every stack is reported
 * even if the first one fails, and no stack is written that was not inspected.
 */
export function guardSynthesis(app: HostApp, guard: AppGuard, installOnStacks: () => void): void {
  if (HOOKED_SYMBOL in app) {
    return;
  }
  Object.defineProperty(app, HOOKED_SYMBOL, { value: true });
  const synthesise = app.synth.bind(app);
  app.synth = () => {
    installOnStacks();
    guard.startRun();
    try {
      run(app, guard, synthesise);
    } finally {
      guard.guardedStacks().forEach(returnLoan);
      guard.endRun();
    }
  };
  // For a caller that goes round the instance's own synth, and for a host that does not run the stacks' hooks.
  app.node.addValidation({ validate: () => refusalOf(missedInspections(guard)) });
}

function run(app: HostApp, guard: AppGuard, synthesise: () => void): void {
  try {
    synthesise();
  } catch (error) {
    if (annotationsArePrintedByHost()) {
      throw error;
    }
    synthesiseTheRest(app, guard);
    const report = guard.recorded();
    printReport(report);
    throw report.some(isFailing) && isAnnotationError(error)
      ? synthesisRefused(report, foreignErrors(app, report))
      : error;
  }
  const missed = missedInspections(guard).filter(isFailing);
  if (!annotationsArePrintedByHost()) {
    printReport(guard.recorded());
  }
  if (missed.length > 0) {
    throw synthesisRefused(missed);
  }
}

/** Under plain node the framework stops at the first failing stack; the others are synthesised only to be reported. */
function synthesiseTheRest(app: HostApp, guard: AppGuard): void {
  const session = { outdir: app.outdir, skipValidation: app.skipValidation, manifest: app.manifest };
  for (const stack of guard.guardedStacks()) {
    if (guard.inspectionOf(stack) === undefined) {
      synthesiseForReport(stack, session, guard);
    }
  }
}

function synthesiseForReport(stack: HostStack, session: unknown, guard: AppGuard): void {
  try {
    stack.synthesizer.synthesize(session);
  } catch {
    // Synthesis has failed already and will be refused; this stack's own findings are recorded before it throws.
  }
  if (guard.inspectionOf(stack) === undefined) {
    inspectStack(stack, guard, stack.toTerraform());
  }
}

function missedInspections(guard: AppGuard): StackInspection[] {
  const missed = guard.guardedStacks().filter((stack) => guard.inspectionOf(stack) === undefined);
  const inspections = missed.map((stack) => inspectStack(stack, guard, stack.toTerraform()));
  inspections.forEach(annotate);
  return inspections;
}

function refusalOf(inspections: readonly StackInspection[]): string[] {
  const failing = inspections.filter(isFailing);
  return failing.length === 0 ? [] : [synthesisRefused(failing).message];
}

function isAnnotationError(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Encountered Annotations with level "ERROR"');
}
