import { BUCKETS } from '../contracts/traffic-bucket';
import { ResourceOrigin } from '../facts/facts';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { Finding } from './finding';
import { labelOf } from './release-finding';
import { RuleContext, RuleDescription } from './rule';

/** What a rule says about a router or a split. */
export interface TrafficStatement {
  readonly message: string;
  readonly fix: string;
  readonly path?: string;
  /** @default - the rule's own */
  readonly severity?: Finding['severity'];
  /** @default 'violation' */
  readonly status?: Finding['status'];
  readonly model?: Finding['model'];
  readonly retirementDate?: string;
}

/** The finding that a rule makes about a router, or about a split between revisions. */
export function trafficFinding(
  rule: RuleDescription,
  { origin, path }: { readonly origin: ResourceOrigin; readonly path: string },
  statement: TrafficStatement,
): Finding {
  const { severity = rule.severity, status = 'violation', message, fix, model, retirementDate } = statement;
  return {
    rule: rule.id,
    severity,
    status,
    resource: { ...origin, path: statement.path ?? path },
    message,
    fix,
    ...(model && { model }),
    ...(retirementDate !== undefined && { retirementDate }),
  };
}

/** Share of users, `90 %` or `0.5 %`. */
export function shareText({ from, to }: Pick<RoutedRow, 'from' | 'to'>): string {
  return `${Number((((to - from) * 100) / BUCKETS).toFixed(2))} %`;
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
