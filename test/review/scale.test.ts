import { assert, property, shuffledSubarray } from 'fast-check';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { catalog, lark, plannedDeployments, reported } from './planned';

const KEYS = [
  'lark@2024-01-01',
  'lark@2025-01-01',
  'lark@2026-01-01',
  'lark-lite@1',
  'owl@1',
  'vector@1',
  'vector@2',
  'roc@1',
];
const OUTCOMES = ['created', 'destroyed', 'changed-in-place', 'kept', 'moved', 'replaced'] as const;

/** Every model in every role, in several accounts. */
function change(position: number): DeploymentChange {
  const account = `/accounts/${Math.floor(position / 12)}`;
  const outcome = OUTCOMES[position % OUTCOMES.length]!;
  const old = lark(`d${position}`, KEYS[position % KEYS.length]!, { account });
  const current = lark(`d${position}`, KEYS[(position * 5 + 3) % KEYS.length]!, { account });
  return {
    outcome,
    ...(outcome !== 'created' && { before: old }),
    ...(outcome !== 'destroyed' && { after: outcome === 'kept' || outcome === 'moved' ? old : current }),
  };
}

test('the report does not depend on the order of resources', () => {
  const changes = Array.from({ length: 48 }, (_, position) => change(position));
  const expected = reported(plannedDeployments(changes));
  expect(expected.deployments.filter(({ outcome }) => outcome === 'superseded').length).toBeGreaterThan(0);
  assert(
    property(shuffledSubarray(changes, { minLength: changes.length }), (shuffled) => {
      expect(reported(plannedDeployments(shuffled))).toEqual(expected);
    }),
    { numRuns: 4 },
  );
});

/** How often the catalogue is asked while a report on so many deployments of one account is made. */
function questions(count: number, keyOf: (position: number) => string): number {
  const changes = Array.from({ length: count }, (_, position): DeploymentChange => {
    const fact = lark(`d${position}`, keyOf(position));
    return position % 2 === 0 ? { outcome: 'destroyed', before: fact } : { outcome: 'created', after: fact };
  });
  const facts = plannedDeployments(changes);
  const asked = [jest.spyOn(catalog, 'lookup'), jest.spyOn(catalog, 'families')];
  try {
    expect(reported(facts).deployments).toHaveLength(count);
    return asked.reduce((all, { mock }) => all + mock.calls.length, 0);
  } finally {
    asked.forEach((spy) => spy.mockRestore());
  }
}

test('eight hundred deployments of a few models ask the catalogue no more than twenty do', () => {
  const keyOf = (position: number) => KEYS[position % KEYS.length]!;
  expect(questions(800, keyOf)).toBe(questions(2 * KEYS.length, keyOf));
});

test('unknown models, each another one, are not compared with each other', () => {
  const keyOf = (position: number) => `model-${position}@1`;
  const few = questions(102, keyOf);
  expect(questions(204, keyOf)).toBe(2 * few);
});
