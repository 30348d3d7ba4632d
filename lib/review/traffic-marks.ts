import { compareText } from '../contracts/text-order';
import { DeploymentFact } from '../facts/facts';
import { EvaluationReview, TrafficReview, TrafficRowReview } from './change-report';
import { JudgedChange } from './joined-changes';
import { judgedDeployment, modelText } from './judged-model';
import { ReleaseEvaluations } from './release-evaluation';
import { deploymentsOf, PlacedRelease, ReleaseIndex } from './release-index';
import { ReviewedRelease } from './release-review';
import { placeKey, ReviewedStack } from './reviewed-stack';
import { bounded } from './traffic-shares';

type Mark = TrafficRowReview['marks'][number];

/** What a row of traffic leads to. */
export type Led = Pick<TrafficRowReview, 'marks' | 'models'>;

/** What the review of traffic is made from. */
export interface TrafficMarking {
  readonly changes: readonly JudgedChange[];
  readonly releases: readonly ReviewedRelease[];
  readonly before: ReleaseIndex;
  readonly after: ReleaseIndex;
  readonly evaluations: ReleaseEvaluations;
}

const MARK_OF_OUTCOME: Readonly<Partial<Record<JudgedChange['outcome'], Mark>>> = {
  created: 'new',
  'changed-in-place': 'changed',
  replaced: 'changed',
  recreated: 'changed',
  destroyed: 'destroyed',
};

const MARK_OF_RELEASE = { added: 'new', edited: 'changed', removed: 'destroyed' } as const;

/** Says what the plan does to the releases and deployments that traffic goes to, and when their models end. */
export class TrafficMarks {
  private readonly ofDeployments = new Map<string, Mark>();
  private readonly ofReleases: ReadonlyMap<PlacedRelease, Mark>;

  constructor(private readonly marking: TrafficMarking) {
    for (const { stack, outcome, before, after } of marking.changes) {
      const mark = MARK_OF_OUTCOME[outcome];
      for (const fact of mark === undefined ? [] : [before, after]) {
        if (fact !== undefined) {
          this.ofDeployments.set(placeKey(stack, fact.origin.address), mark!);
        }
      }
    }
    this.ofReleases = new Map(
      marking.releases.map(({ release, review }) => [release, MARK_OF_RELEASE[review.outcome]]),
    );
  }

  /** Of a release: as it stands after the plan, else as it stood before. */
  ofRelease(current: PlacedRelease | undefined, old: PlacedRelease | undefined): Led {
    const release = current ?? old;
    if (release === undefined) {
      return { marks: [], models: [] };
    }
    const index = current === undefined ? this.marking.before : this.marking.after;
    const own = this.ofReleases.get(release);
    const behind = deploymentsOf(release).map((address) => this.ofDeployments.get(placeKey(release.stack, address)));
    const hasChanged = own === undefined && behind.some((mark) => mark === 'changed' || mark === 'new');
    const endings = index.boundOf(release).flatMap(({ verdict: { kind } }) => (isEnding(kind) ? [kind] : []));
    const models = [...index.modelsOf(release).values()].map(({ model }) => modelText(model));
    return {
      marks: distinct([...(own ? [own] : []), ...(hasChanged ? (['changed'] as const) : []), ...endings]),
      models: [...new Set(models)].sort(compareText),
    };
  }

  /** Of a deployment that a route leads to. */
  ofDeployment(stack: ReviewedStack, current: DeploymentFact | undefined, old: DeploymentFact | undefined): Led {
    const fact = current ?? old;
    const context = current === undefined ? stack.before : stack.after;
    if (fact === undefined || context === undefined) {
      return { marks: [], models: [] };
    }
    const { model, ending } = judgedDeployment(context, fact);
    const own = this.ofDeployments.get(placeKey(stack, fact.origin.address));
    return { marks: distinct([...(own ? [own] : []), ...(ending ? [ending] : [])]), models: [modelText(model)] };
  }
}

const UNEVALUATED: readonly (EvaluationReview['evidence'] | undefined)[] = ['none', 'of-another-release'];

/** Whether it is said that what the row leads to was not evaluated. */
export function isUnevaluated({ evaluation }: TrafficRowReview): boolean {
  return UNEVALUATED.includes(evaluation?.evidence);
}

/** Where the traffic after the plan lands. */
export function landingOf(rows: readonly TrafficRowReview[]): TrafficReview['landing'] {
  const shareOf = (isMeant: (row: TrafficRowReview) => boolean) =>
    bounded(rows.filter(isMeant).reduce((all, { after = 0 }) => all + after, 0));
  const shareOfMarks = (...marks: readonly Mark[]) => shareOf((row) => row.marks.some((mark) => marks.includes(mark)));
  return {
    changed: shareOfMarks('new', 'changed'),
    retiring: shareOfMarks('retired', 'retiring'),
    unevaluated: shareOf(isUnevaluated),
    evaluationUnknown: shareOf(({ evaluation }) => evaluation?.evidence === 'unknown'),
  };
}

function isEnding(kind: string): kind is 'retired' | 'retiring' {
  return kind === 'retired' || kind === 'retiring';
}

const MARKS_IN_ORDER: readonly Mark[] = ['new', 'changed', 'destroyed', 'retired', 'retiring'];

function distinct(marks: readonly Mark[]): Mark[] {
  return MARKS_IN_ORDER.filter((mark) => marks.includes(mark));
}
