import { UpdateScope } from '../catalog/breadths';
import { LifecycleAnswer } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { NamedReplacement } from '../catalog/named-replacement';
import { isNewer, newestVersion, VersionedModel } from '../catalog/newest-version';
import { PinnedModel } from '../catalog/pinned-model';
import { adviseReplacement, ReplacementAdvice } from '../catalog/replacement-advice';
import { ReplacementCandidate } from '../catalog/replacement-candidate';
import { classifyUpdate } from '../catalog/update-scope';
import { CalendarDate } from '../contracts/calendar-date';
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
    const way = this.known.get(key) ?? this.find(pinned);
    this.known.set(key, way);
    return way;
  }

  private find(pinned: PinnedModel): WayOn {
    const advice = adviseReplacement(pinned, this.catalog, this.on);
    const newest = this.newest(pinned);
    return { ...(newest && { newest }), ...replacementIn(advice), advice };
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

/** What Azure names, if it can be used; else what lives longest, and then why it is not what Azure names. */
function replacementIn({
  named,
  candidates: [candidate],
  otherKind,
}: ReplacementAdvice): { readonly replacement: OutdatedReplacement; readonly scope: WayOn['scope'] } | undefined {
  const usable = named.find(({ isAvailable }) => isAvailable);
  const advised = candidate ?? otherKind;
  if (usable !== undefined) {
    return { replacement: namedAs(usable), scope: usable.scope };
  }
  if (advised !== undefined) {
    return { replacement: advisedAs(advised, advised === otherKind, named), scope: advised.scope };
  }
  const [first] = named;
  return first && { replacement: namedAs(first), scope: first.scope };
}

function namedAs({ name, version, stage, retirementDate, remarks }: NamedReplacement): OutdatedReplacement {
  return {
    name,
    ...(version !== undefined && { version }),
    by: 'azure',
    ...(stage && { stage }),
    ...(retirementDate !== undefined && { retirementDate }),
    remarks,
  };
}

function advisedAs(
  { name, version, stage, retirementDate, kind }: ReplacementCandidate,
  isOtherKind: boolean,
  named: readonly NamedReplacement[],
): OutdatedReplacement {
  return {
    name,
    version,
    by: 'advised',
    stage,
    ...(retirementDate !== undefined && { retirementDate }),
    remarks: [
      ...(isOtherKind ? [`${kind}: requests take other parameters`] : []),
      ...(stage === 'deprecated' ? ['deprecated itself'] : []),
      ...named.map((each) => `Azure names ${versionedName(each.name, each.version)}: ${each.remarks.join(', ')}`),
    ],
  };
}
