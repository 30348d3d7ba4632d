import { shareText } from '../contracts/share-text';
import { BUCKETS } from '../contracts/traffic-bucket';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { labelOf } from './release-text';
import { RuleContext } from './rule';

/** Share of users, `90 %` or `0.5 %`. */
export function usersText({ from, to }: Pick<RoutedRow, 'from' | 'to'>): string {
  return shareText((to - from) / BUCKETS);
}

/** How a router uses a release whose users it sends there; `undefined` where it does not. */
export function useOf(row: RoutedRow): string | undefined {
  if (row.to > row.from) {
    return `gets ${usersText(row)} of users`;
  }
  switch (row.stage) {
    case 'stable':
      return 'is stable';
    case 'draining':
      return 'has not drained';
    default:
      return undefined;
  }
}

const byPlace = new WeakMap<RuleContext, ReadonlyMap<string, OrchestratorFact>>();

/** The orchestrator that a row leads to: that of its app, else the one that carries its label. */
export function orchestratorOf(context: RuleContext, { label, app }: RoutedRow): OrchestratorFact | undefined {
  const known = byPlace.get(context) ?? placesOf(context.facts.releases?.orchestrators ?? []);
  byPlace.set(context, known);
  return (app === undefined ? undefined : known.get(`app ${app}`)) ?? known.get(`label ${label}`);
}

function placesOf(orchestrators: readonly OrchestratorFact[]): ReadonlyMap<string, OrchestratorFact> {
  const places = new Map<string, OrchestratorFact>();
  for (const orchestrator of orchestrators) {
    for (const place of [`app ${orchestrator.origin.address}`, `label ${labelOf(orchestrator) ?? ''}`]) {
      places.set(place, places.get(place) ?? orchestrator);
    }
  }
  return places;
}

/** Routers with rows, each table once: a router may repeat its rows in several policies. */
export function distinctRouters(context: RuleContext): readonly RouterFact[] {
  const routers = context.facts.traffic?.routers ?? [];
  return [...new Map(routers.map((router) => [JSON.stringify([router.rows, router.unread]), router])).values()];
}
