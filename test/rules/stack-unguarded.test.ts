import { stackUnguarded } from '../../lib/rules/stack-unguarded';
import { fakeKnowledge } from '../support/knowledge';

function check(unguardedStacks: string[]) {
  const judgement = { asOf: '2026-11-21', clock: '2026-11-21' };
  return stackUnguarded.checkRun({ catalog: fakeKnowledge([]), judgement, unguardedStacks, configurations: [] });
}

describe('stack-unguarded: a stack is not guarded in an app that guards others', () => {
  test('reports each of them at its own construct path', () => {
    expect(check(['legacy', 'region/eu'])).toMatchObject([
      {
        rule: 'stack-unguarded',
        severity: 'error',
        status: 'violation',
        resource: { address: 'legacy', type: 'stack', stack: 'legacy', constructPath: 'legacy' },
        message: "stack 'legacy' is not guarded: the models in it are not judged",
        fix: 'call ModelLifecycleGuard.protect(app), or ModelLifecycleGuard.protect(stack) for this one',
      },
      { resource: { constructPath: 'region/eu' } },
    ]);
  });

  test('is silent where every stack is guarded', () => {
    expect(check([])).toEqual([]);
  });
});
