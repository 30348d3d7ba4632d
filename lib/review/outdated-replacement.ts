import { UpdateScope } from '../catalog/breadths';
import { LifecycleAnswer } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { NamedReplacement } from '../catalog/named-replacement';
import { isNewer, newestVersion, VersionedModel } from '../catalog/newest-version';
import { PinnedModel } from '../catalog/pinned-model';
import { adviseReplacement, ReplacementAdvice } from '../catalog/replacement-advice';
import { ReplacementCandidate } from '../catalog/replacement-candidate';
import { classifyUpdate } from '../catalog/update-scope';
import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { versionedName } from '../contracts/versioned-name';
import { ReviewedModel } from './change-report';
import { NewestVersion, OutdatedReplacement, OutdatedRow } from './outdated-report';

/** What a deployment can move to. */
export type WayOn = Pick<OutdatedRow, 'newest' | 'replacement' | 'scope' | 'advice'>;

/** What a configuration says of a deployment's model. */
export type DeployedModel = Pick<ReviewedModel, 'format' | 'name' | 'sku'>;

/** Looks up what deployments can move to; many share a model, a SKU and a region. */
export class WaysOn {
  private readonly known = new Map<string, WayOn>();

  constructor(
    private readonly catalog: ModelCatalog,
    private readonly on: CalendarDate,
  ) {}

  /** @param deployed the model as the configuration names it; its SKU is absent where it cannot be read */
  of(answer: LifecycleAnswer, deployed: DeployedModel, region: string | undefined): WayOn {
    const { format, name, version } = answer;
    const { sku } = deployed;
    const scope = this.isFineTuned(deployed) ? 'fine-tune' : 'base';
    const pinned: PinnedModel = { format, name, version, sku, region, scope };
    const key = JSON.stringify([format, name, version, sku ?? null, region ?? null, scope]);
    const { retirementDate = this.on } = answer;
    const way = this.known.get(key) ?? this.find(pinned, retirementDate > this.on ? retirementDate : this.on);
    this.known.set(key, way);
    return way;
  }

  /** @param leaving the day by which the pinned model has to be left */
  private find(pinned: PinnedModel, leaving: CalendarDate): WayOn {
    const advice = adviseReplacement(pinned, this.catalog, this.on);
    const newest = this.newest(pinned);
    return { ...(newest && { newest }), ...replacementIn(advice, leaving), advice };
  }

  private isFineTuned({ format, name }: DeployedModel): boolean {
    return name !== undefined && this.catalog.reference(name, format)?.fineTuned === true;
  }

  /** The newest version of a model, and whether it comes after the version that is given. */
  newest(model: VersionedModel & { readonly version?: string }): NewestVersion | undefined {
    const { catalog, on } = this;
    const { format, name, version } = model;
    const newest = newestVersion(model, catalog, on);
    return (
      newest && {
        version: newest.version,
        stage: newest.stage,
        ...(newest.retirementDate !== undefined && { retirementDate: newest.retirementDate }),
        isNewer: version !== undefined && isNewer(newest, { format, name, version }, catalog),
      }
    );
  }

  /** What the update to a newer version of the same model amounts to. */
  newerScope({ format, name, version }: LifecycleAnswer, newer: string): UpdateScope {
    return classifyUpdate({ format, name, version }, { format, name, version: newer }, this.catalog).scope;
  }
}

/** A replacement that lives shorter than that is left again soon. */
const SHORT_LIFE_IN_DAYS = 180;

/** What Azure names, if it can be used; else what lives longest, and then why it is not what Azure names. */
function replacementIn(
  { named, candidates, otherKind }: ReplacementAdvice,
  leaving: CalendarDate,
): { readonly replacement: OutdatedReplacement; readonly scope: WayOn['scope'] } | undefined {
  const usable = named.find(({ isAvailable }) => isAvailable);
  const advised = candidates[0] ?? otherKind;
  if (usable !== undefined) {
    const others = [...candidates, ...(otherKind ? [otherKind] : [])];
    return { replacement: namedAs(usable, longerLived(usable, others, leaving)), scope: usable.scope };
  }
  if (advised !== undefined) {
    return { replacement: advisedAs(advised, advised === otherKind, named), scope: advised.scope };
  }
  const [first] = named;
  return first && { replacement: namedAs(first), scope: first.scope };
}

/** What lives longest, where what Azure names has to be left again soon. */
function longerLived(
  { retirementDate }: NamedReplacement,
  others: readonly ReplacementCandidate[],
  leaving: CalendarDate,
): string[] {
  if (retirementDate === undefined || daysBetween(leaving, retirementDate) >= SHORT_LIFE_IN_DAYS) {
    return [];
  }
  const until = (each: ReplacementCandidate) => each.retirementDate ?? '';
  const [longest] = [...others]
    .filter((each) => until(each) > retirementDate)
    .sort((left, right) => compareText(until(right), until(left)));
  return longest === undefined
    ? []
    : [`${versionedName(longest.name, longest.version)} (${longest.kind}) lives until ${until(longest)}`];
}

function namedAs(named: NamedReplacement, further: readonly string[] = []): OutdatedReplacement {
  const { name, version, stage, retirementDate, retirementIsEarliest, remarks } = named;
  return {
    name,
    ...(version !== undefined && { version }),
    by: 'azure',
    ...(stage && { stage }),
    ...(retirementDate !== undefined && { retirementDate }),
    ...(retirementIsEarliest === true && { retirementIsEarliest }),
    remarks: [...remarks, ...(stage === 'legacy' ? ['legacy itself'] : []), ...further],
  };
}

function advisedAs(
  { name, version, stage, retirementDate, retirementIsEarliest, kind }: ReplacementCandidate,
  isOtherKind: boolean,
  named: readonly NamedReplacement[],
): OutdatedReplacement {
  return {
    name,
    version,
    by: 'advised',
    stage,
    ...(retirementDate !== undefined && { retirementDate }),
    ...(retirementIsEarliest === true && { retirementIsEarliest }),
    remarks: [
      ...(isOtherKind ? [`${kind}: requests take other parameters`] : []),
      ...(stage === 'deprecated' ? ['deprecated itself'] : []),
      ...named.map((each) => `Azure names ${versionedName(each.name, each.version)}: ${each.remarks.join(', ')}`),
    ],
  };
}
