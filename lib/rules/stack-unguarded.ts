import { quoted } from '../contracts/printable';
import { RunRule } from './rule';

/** A stack that no guard judges. */
export const stackUnguarded: RunRule = {
  id: 'stack-unguarded',
  summary: 'A stack is not guarded, in an app that guards others.',
  why: 'Whatever it deploys is not judged: a retired model in it passes unseen.',
  fix: 'Guard the whole app with `ModelLifecycleGuard.protect(app)`, or this stack as well.',
  severity: 'error',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
  checkRun({ unguardedStacks }) {
    return unguardedStacks.map((stack) => ({
      rule: stackUnguarded.id,
      severity: stackUnguarded.severity,
      status: 'violation',
      resource: { address: stack, type: 'stack', stack, constructPath: stack },
      message: `stack ${quoted(stack)} is not guarded: the models in it are not judged`,
      fix: 'call ModelLifecycleGuard.protect(app), or ModelLifecycleGuard.protect(stack) for this one',
    }));
  },
};
