import { DeploymentFact } from '../facts/facts';
import { LifecycleKnowledge, RuleContext } from './rule';

/** What a judgement follows from besides the fact itself. */
export type Judgement = Pick<RuleContext, 'catalog' | 'asOf' | 'settings'>;

/**
 * What follows from a deployment, the catalogue, the day and the thresholds, worked out once for all contexts that have
 * these in common.
 */
export class JudgementMemory<Result extends object> {
  private readonly byKnowledge = new WeakMap<LifecycleKnowledge, Map<string, WeakMap<DeploymentFact, Result>>>();

  of(judgement: Judgement, fact: DeploymentFact, judge: () => Result): Result {
    const results = this.resultsOf(judgement);
    let result = results.get(fact);
    if (result === undefined) {
      result = judge();
      results.set(fact, result);
    }
    return result;
  }

  private resultsOf({ catalog, asOf, settings }: Judgement): WeakMap<DeploymentFact, Result> {
    const byDay = this.byKnowledge.get(catalog) ?? new Map<string, WeakMap<DeploymentFact, Result>>();
    this.byKnowledge.set(catalog, byDay);
    const key = `${asOf} ${settings.warnDays} ${settings.failDays}`;
    const results = byDay.get(key) ?? new WeakMap<DeploymentFact, Result>();
    byDay.set(key, results);
    return results;
  }
}
