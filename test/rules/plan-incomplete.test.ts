import { planIncomplete } from '../../lib/rules/plan-incomplete';
import { contextOf, planContext, PlanProps } from './configuration';

function check(props: PlanProps) {
  return planIncomplete.check(planContext(props));
}

describe('plan-incomplete', () => {
  test('reports a plan that does not cover everything, in the place of its stack', () => {
    expect(check({ isComplete: false })).toEqual([
      {
        rule: 'plan-incomplete',
        severity: 'warning',
        status: 'violation',
        resource: { address: 'production', type: 'plan', stack: 'production' },
        message:
          'the plan does not cover everything (-target, or changes that wait for a later run): what it leaves out has not been reviewed, and most texts of resources that it leaves alone have not been searched for names of models',
        fix: 'plan without -target, or review the plan of the run that follows as well',
        subject: 'incomplete',
      },
    ]);
  });

  const deferred = (name: string) =>
    ({ address: `a.${name}`, action: 'create', deferredReason: 'instance_count_unknown' }) as const;
  test.each<[string, PlanProps, string[]]>([
    ['complete', {}, []],
    [
      'that failed half-way',
      { isErrored: true, isComplete: false },
      ['planning failed half-way: what would have come after that has not been reviewed'],
    ],
    [
      'that leaves a change to a later run',
      { isComplete: false, actions: [deferred('b')] },
      ['the plan leaves a.b (instance_count_unknown) to a later run: what happens to it has not been reviewed'],
    ],
    [
      'that leaves many',
      { isComplete: false, actions: ['b', 'c', 'd', 'e', 'f', 'g'].map(deferred) },
      [
        'the plan leaves a.b (instance_count_unknown), a.c (instance_count_unknown), a.d (instance_count_unknown), a.e (instance_count_unknown) and 2 more to a later run: what happens to them has not been reviewed',
      ],
    ],
    [
      'with hostile names',
      { actions: [{ ...deferred('b'), address: 'a["\u001b[2J\n"]', deferredReason: '\u202e' }] },
      ['the plan leaves a["\\u{1b}[2J\\u{a}"] (\\u{202e}) to a later run: what happens to it has not been reviewed'],
    ],
  ])('judges a plan %s', (_what, props, found) => {
    expect(check(props).map(({ message }) => message)).toEqual(found);
  });

  test('names the plan where it belongs to no stack', () => {
    const context = planContext({ isErrored: true });
    const found = planIncomplete.check({ ...context, facts: { ...context.facts, stack: undefined } });
    expect(found.map(({ resource }) => resource)).toEqual([{ address: 'plan', type: 'plan' }]);
  });

  test('says nothing without a plan', () => {
    expect(planIncomplete.check(contextOf([]))).toEqual([]);
  });
});
