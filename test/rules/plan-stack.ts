import { DeploymentChange, PlannedAction } from '../../lib/facts/plan-facts';
import { Finding } from '../../lib/rules/finding';
import { LifecycleKnowledge, Rule } from '../../lib/rules/rule';
import { plan, contextOf, PlanProps } from './configuration';
import { catalog, factsOf, Resources } from './gateway-stack';

/** A plan that leads from one stack to another; what differs at an address is updated, unless the test says otherwise. */
export function planBetween(
  before: readonly Resources[],
  after: readonly Resources[],
  actions: NonNullable<PlanProps['actions']> = [],
) {
  const [old, next] = [factsOf(...before), factsOf(...after)];
  const [oldBodies, newBodies] = [bodiesOf(before), bodiesOf(after)];
  const named = new Map(actions.map((action) => [action.address, action]));
  const planned = [...new Set([...oldBodies.keys(), ...newBodies.keys()])].map(
    (address) => named.get(address) ?? { address, action: actionOn(oldBodies.get(address), newBodies.get(address)) },
  );
  const actionAt = new Map(planned.map((one) => [one.address, one.action]));
  const later = new Map(next.deployments.map((fact) => [fact.origin.address, fact]));
  const earlier = new Map(old.deployments.map((fact) => [fact.origin.address, fact]));
  const deployments = [...new Set([...earlier.keys(), ...later.keys()])].map((address): DeploymentChange => ({
    outcome: OUTCOMES[actionAt.get(address)!],
    before: earlier.get(address),
    after: later.get(address),
    replaceOrder: named.get(address)?.replaceOrder,
  }));
  const facts = plan({ before: old, deployments, actions: planned });
  return { ...facts, ...next, stack: undefined, plan: { ...facts.plan!, before: old } };
}

/** What a rule finds in such a plan. */
export function findingsOfPlan(
  rule: Rule,
  facts: ReturnType<typeof plan>,
  knowledge: LifecycleKnowledge = catalog,
): Finding[] {
  return rule.check({ ...contextOf(facts.deployments, { catalog: knowledge }), facts });
}

const OUTCOMES: Readonly<Record<PlannedAction['action'], DeploymentChange['outcome']>> = {
  'no-op': 'kept',
  read: 'kept',
  update: 'changed-in-place',
  create: 'created',
  replace: 'replaced',
  delete: 'destroyed',
  forget: 'forgotten',
};

function bodiesOf(parts: readonly Resources[]): ReadonlyMap<string, string> {
  return new Map(
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([type, bodies]) =>
        Object.entries(bodies).map(([name, body]): [string, string] => [`${type}.${name}`, JSON.stringify(body)]),
      ),
    ),
  );
}

function actionOn(before: string | undefined, after: string | undefined): PlannedAction['action'] {
  return before === after ? 'no-op' : before === undefined ? 'create' : after === undefined ? 'delete' : 'update';
}
