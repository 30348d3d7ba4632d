import { CatalogSource, DeploymentScope, LifecycleAnswer, LifecycleStage } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { sameText } from '../catalog/model-key';
import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { accountNameOf, regionOf } from '../facts/account-region';
import { DeploymentFact } from '../facts/facts';
import { coordinatesOf } from '../rules/coordinates';
import { FindingResource } from '../rules/finding';
import { resolveSettings } from '../rules/settings';
import { ReviewedModel } from './change-report';
import { deploymentResource } from './deployment-place';
import { JudgedModel, judgedDeployment } from './judged-model';
import { WaysOn } from './outdated-replacement';
import { replacementName } from './replacement-name';
import { ReviewedStack, reviewedStacks, ReviewRequest } from './reviewed-stack';

/** A day on which something ends for a model that deployments use. */
export interface LifecycleEvent {
  /** `deprecation`: from that day on, subscriptions without history cannot create deployments of it. */
  readonly kind: 'retirement' | 'deprecation';
  readonly date: CalendarDate;
  /** The source says only that it is not before this day. */
  readonly isEarliest: boolean;
  readonly model: EventModel;
  /** What the date is of: deployments of the model, or of one that was fine-tuned from it. */
  readonly scope: DeploymentScope;
  /** Stage on the day of the calendar. */
  readonly stage: LifecycleStage;
  /** What to move to, as `outdated` says it; where it depends on the region of the account, all of them with `or`. */
  readonly replacement?: string;
  readonly deployments: readonly EventDeployment[];
  readonly sources: readonly CatalogSource[];
  /** Day as of which the date is known. */
  readonly asOf: CalendarDate;
}

/** A deployment, and how its account is called where the input declares it. */
export interface EventDeployment extends FindingResource {
  readonly accountName?: string;
}

/** The model of an event, as the catalogue writes it; the SKU is left out where it cannot be read. */
export interface EventModel {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly sku?: string;
}

/** A deployment that is on no day of the calendar. */
export interface UndatedDeployment {
  readonly resource: EventDeployment;
  readonly model: ReviewedModel;
  readonly reason: UndatedReason;
}

/** Why nothing can be said of a day. */
export type UndatedReason = 'no-date' | 'retired-without-date' | 'not-in-catalogue' | 'not-pinned' | 'unreadable';

/** What ends when, of all that stands once the inputs are applied. */
export interface RetirementCalendar {
  readonly asOf: CalendarDate;
  readonly catalogAsOf: CalendarDate;
  /** Earliest first; days that have passed are among them. */
  readonly events: readonly LifecycleEvent[];
  readonly undated: readonly UndatedDeployment[];
  /** Deployments that were looked at. */
  readonly deploymentCount: number;
}

/** What a calendar is made of. */
export interface CalendarRequest extends Omit<ReviewRequest, 'settings'> {
  /** Whether deprecations are events as well. @default false */
  readonly deprecations?: boolean;
}

/** One event for each model version, SKU, scope and date, with the deployments that use it. */
export function retirementCalendar(request: CalendarRequest): RetirementCalendar {
  const { catalog, asOf } = request;
  const uses = usesIn(request);
  const events = new Map<string, GrowingEvent>();
  const knowledge = { catalog, ways: new WaysOn(catalog, asOf) };
  const undated: UndatedDeployment[] = [];
  for (const use of uses) {
    const { judged, resource } = use;
    const { answer } = judged;
    const reason = reasonWithoutDate(judged);
    if (reason !== undefined) {
      undated.push({ resource, model: judged.model, reason });
    }
    if (answer === undefined) {
      continue;
    }
    if (answer.retirementDate !== undefined) {
      add(events, use, knowledge, { kind: 'retirement', date: answer.retirementDate });
    }
    if (request.deprecations && answer.deprecationDate !== undefined) {
      add(events, use, knowledge, { kind: 'deprecation', date: answer.deprecationDate });
    }
  }
  return {
    asOf,
    catalogAsOf: catalog.asOf,
    events: [...events.values()].map(eventOf).sort(earliest),
    undated,
    deploymentCount: uses.length,
  };
}

interface ModelUse {
  readonly judged: JudgedModel;
  readonly resource: EventDeployment;
  readonly region?: string;
  readonly order: string;
}

interface Knowledge {
  readonly catalog: ModelCatalog;
  readonly ways: WaysOn;
}

interface GrowingEvent extends Omit<LifecycleEvent, 'replacement'> {
  readonly replacements: Set<string>;
  readonly deployments: EventDeployment[];
}

function eventOf({ replacements, ...event }: GrowingEvent): LifecycleEvent {
  return { ...event, ...(replacements.size > 0 && { replacement: [...replacements].join(' or ') }) };
}

/** A deployment that several inputs hold, for instance a plan and a state, is one. */
function usesIn(request: CalendarRequest): ModelUse[] {
  const seen = new Map<string, string>();
  return reviewedStacks({ ...request, settings: resolveSettings() })
    .flatMap((stack) =>
      stack.after.facts.deployments
        .filter((fact) => {
          const coordinates = coordinatesOf(fact);
          const input = coordinates === undefined ? stack.input : (seen.get(coordinates) ?? stack.input);
          if (coordinates !== undefined) {
            seen.set(coordinates, input);
          }
          return input === stack.input;
        })
        .map((fact) => useOf(stack, fact)),
    )
    .sort((left, right) => compareText(left.order, right.order));
}

function useOf(stack: ReviewedStack, fact: DeploymentFact): ModelUse {
  const resource = deploymentResource(fact);
  const region = regionOf(fact, stack.after.facts);
  const accountName = accountNameOf(fact, stack.after.facts);
  const { address, stack: name = '', account = '', deployment = '' } = resource;
  return {
    judged: judgedDeployment(stack.after, fact),
    resource: { ...resource, ...(accountName !== undefined && { accountName }) },
    ...(region !== undefined && { region }),
    order: JSON.stringify([address, name, account, deployment]),
  };
}

function reasonWithoutDate({ answer, model: { unread, name, version } }: JudgedModel): UndatedReason | undefined {
  if (answer !== undefined) {
    if (answer.retirementDate !== undefined) {
      return undefined;
    }
    return answer.stage === 'retired' ? 'retired-without-date' : 'no-date';
  }
  if (name === undefined || ['format', 'name', 'version'].some((attribute) => unread.includes(attribute))) {
    return 'unreadable';
  }
  return version === undefined ? 'not-pinned' : 'not-in-catalogue';
}

function add(
  events: Map<string, GrowingEvent>,
  { judged, resource, region }: ModelUse,
  { catalog, ways }: Knowledge,
  { kind, date }: Pick<LifecycleEvent, 'kind' | 'date'>,
): void {
  const answer = judged.answer!;
  const { format, name, version, stage, sources, asOf } = answer;
  const { sku } = judged.model;
  const scope = scopeOf(catalog, judged, answer);
  const isEarliest = kind === 'retirement' && answer.retirementIsEarliest === true;
  const key = JSON.stringify([kind, date, isEarliest, scope, format, name, version, sku ?? null]).toLowerCase();
  const { replacement } = ways.of(answer, judged.model, region);
  const replacements = new Set(replacement === undefined ? [] : [replacementName(replacement)]);
  const known = events.get(key);
  if (known !== undefined) {
    known.deployments.push(resource);
    replacements.forEach((each) => known.replacements.add(each));
    return;
  }
  events.set(key, {
    kind,
    date,
    isEarliest,
    model: { format, name, version, ...(sku !== undefined && { sku }) },
    scope,
    stage,
    replacements,
    deployments: [resource],
    sources,
    asOf,
  });
}

/** Azure names fine-tuned models in a way of its own; an overlay says of others what they were tuned from. */
function scopeOf(catalog: ModelCatalog, { model }: JudgedModel, { version }: LifecycleAnswer): DeploymentScope {
  const reference = catalog.reference(model.name ?? '', model.format);
  const isTuned =
    reference?.fineTuned === true ||
    reference?.model.records.some(
      ({ facts }) => facts.fineTunedFrom !== undefined && sameText(facts.version ?? '', version),
    );
  return isTuned ? 'fine-tune' : 'base';
}

function earliest(left: LifecycleEvent, right: LifecycleEvent): number {
  return (
    compareText(left.date, right.date) ||
    compareText(left.model.name, right.model.name) ||
    compareText(left.model.version, right.model.version) ||
    compareText(left.model.sku ?? '', right.model.sku ?? '') ||
    compareText(left.model.format, right.model.format) ||
    compareText(left.scope, right.scope) ||
    compareText(left.kind, right.kind)
  );
}
