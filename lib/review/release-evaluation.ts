import { Attribute, valueOf } from '../facts/attribute';
import { RoutedRow } from '../facts/traffic-facts';
import { EvaluationReview } from './change-report';
import { isEdited } from './edited-release';
import { PlacedRelease, ReleaseIndex } from './release-index';
import { ReleaseSuccession, RouterPair } from './release-succession';
import { addressBefore } from './reviewed-stack';

type Evidence = EvaluationReview['evidence'];

/** What nothing under review says. */
export const UNTOLD: EvaluationReview = { evidence: 'unknown' };

const STATES = { known: 'named', absent: 'none', unknown: 'unknown' } as const satisfies Record<
  Attribute['state'],
  Evidence
>;

/** A release goes through these stages from the last to the first, so that the leftmost one is the oldest. */
const OLDEST_FIRST: readonly (RoutedRow['stage'] & string)[] = ['retired', 'draining', 'stable', 'canary', 'candidate'];

/** The releases of a router before the plan: how old each is, and the oldest one that names each evidence. */
interface RouterBefore {
  readonly ageOf: ReadonlyMap<string, number>;
  readonly oldest: ReadonlyMap<string, PlacedRelease>;
}

/** Tells what releases name as evidence of their evaluation. Nothing opens it, so that it may say anything. */
export class ReleaseEvaluations {
  private readonly routersOf = new Map<string, RouterBefore[]>();

  constructor(
    private readonly before: ReleaseIndex,
    private readonly succession: ReleaseSuccession,
    routers: readonly RouterPair[],
  ) {
    for (const pair of routers) {
      const router = this.routerBefore(pair);
      for (const label of new Set(pair.after?.rows.map((row) => row.label))) {
        this.routersOf.set(label, [...(this.routersOf.get(label) ?? []), router]);
      }
    }
  }

  /** Of a release as it stands after the plan. */
  of(release: PlacedRelease): EvaluationReview {
    const { evidence } = release.orchestrator;
    const state = STATES[evidence.state];
    const old = this.before.inStack(release.stack, release.label);
    const stateBefore = old && STATES[old.orchestrator.evidence.state];
    const reference = valueOf(evidence);
    const owner = reference === undefined ? undefined : this.ownerOf(release, reference, old);
    return {
      evidence: owner === undefined ? state : 'of-another-release',
      ...(stateBefore !== undefined && stateBefore !== state && { evidenceBefore: stateBefore }),
      ...(reference !== undefined && { reference }),
      ...(owner !== undefined && { owner: owner.label }),
    };
  }

  /** Of what several releases share: what they agree on. */
  ofAll(releases: readonly PlacedRelease[]): EvaluationReview {
    const states = new Set(releases.map((release) => this.of(release).evidence));
    const [evidence = 'unknown', ...others] = states;
    return others.length === 0 ? { evidence } : UNTOLD;
  }

  /** The earlier release that named the same evidence; the evidence is that one's, and was copied. */
  private ownerOf(release: PlacedRelease, reference: string, old?: PlacedRelease): PlacedRelease | undefined {
    const { label, stack, orchestrator } = release;
    const candidates = [
      ...(this.routersOf.get(label) ?? []).flatMap(({ ageOf, oldest }): PlacedRelease[] => {
        const owner = oldest.get(placeOf(reference));
        return owner !== undefined && isOlder(ageOf.get(owner.label), ageOf.get(label)) ? [owner] : [];
      }),
      ...(old === undefined
        ? [
            this.succession.predecessorOf(release),
            this.before.atAddress(stack, addressBefore(stack, orchestrator.origin.address)),
          ]
        : isEdited(old, release)
          ? [old]
          : []),
    ];
    return candidates.find(
      (owner) =>
        owner !== undefined &&
        placeOf(valueOf(owner.orchestrator.evidence) ?? '') === placeOf(reference) &&
        (owner === old || !isSame(owner, release)),
    );
  }

  private routerBefore({ stack, before: router }: RouterPair): RouterBefore {
    const ageOf = new Map<string, number>();
    const oldest = new Map<string, PlacedRelease>();
    for (const row of router?.rows ?? []) {
      const release = this.before.ofRow(stack.before, row);
      const text = release && valueOf(release.orchestrator.evidence);
      const reference = text === undefined ? undefined : placeOf(text);
      if (release !== undefined && !ageOf.has(release.label)) {
        ageOf.set(release.label, row.stage === undefined ? 0 : OLDEST_FIRST.indexOf(row.stage));
        const known = reference === undefined ? undefined : oldest.get(reference);
        if (
          reference !== undefined &&
          (known === undefined || isOlder(ageOf.get(release.label), ageOf.get(known.label)))
        ) {
          oldest.set(reference, release);
        }
      }
    }
    return { ageOf, oldest };
  }
}

/** What a reference leads to: schemes and hosts are not case-sensitive, and a final slash leads to the same place. */
function placeOf(reference: string): string {
  const text = reference.trim();
  const start = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(text)?.[0] ?? '';
  return start === '' ? text : (start.toLowerCase() + text.slice(start.length)).replace(/\/+$/, '');
}

/** One that the router did not know before is younger than all that it knew. */
function isOlder(left: number | undefined, right: number | undefined): boolean {
  return left !== undefined && (right === undefined || left < right);
}

/** A release may stand under two addresses, and under its address where its label cannot be read. */
function isSame(left: PlacedRelease, right: PlacedRelease): boolean {
  const [one, other] = [left, right].map(({ orchestrator }) => valueOf(orchestrator.releaseId.value));
  return left.label === right.label || (one !== undefined && one === other);
}
