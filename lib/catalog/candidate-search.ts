import { CalendarDate } from '../contracts/calendar-date';
import { CatalogRecord } from './catalog-content';
import { ModelKind } from './catalog-document';
import { LifecycleAnswer } from './lifecycle';
import { regionListing } from './model-availability';
import { ModelCatalog } from './model-catalog';
import { sameFormat, sameText } from './model-key';
import { kindOf } from './model-kind';
import { knownToLiveUntil, lifeOf, mayRetireAnyDay } from './model-life';
import { subjectOf } from './named-replacement';
import { PinnedModel } from './pinned-model';
import { GENERAL_DOMAIN, placementOf } from './placement';
import { candidateOf, CandidateFacts, compareCandidates, ReplacementCandidate } from './replacement-candidate';

/** It picks a model for each call, so that it replaces no pinned one: https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-router */
const MODEL_ROUTER = 'model-router';

/** Looks for models that could take the place of a pinned one. */
export class CandidateSearch {
  private pinnedDomain?: string;

  constructor(
    private readonly pinned: PinnedModel,
    private readonly answer: LifecycleAnswer,
    private readonly kind: ModelKind,
    private readonly catalog: ModelCatalog,
    private readonly on: CalendarDate,
  ) {}

  /** Best first. */
  ofKind(kind: ModelKind): ReplacementCandidate[] {
    const pinnedUntil = knownToLiveUntil(lifeOf(this.answer), this.on) ?? this.on;
    const found = this.offered(kind).filter(({ answer }) => {
      const until = knownToLiveUntil(lifeOf(answer), this.on);
      return until === undefined ? !mayRetireAnyDay(lifeOf(answer), this.on) : until > pinnedUntil;
    });
    return found.map((facts) => candidateOf(facts, this.catalog)).sort(compareCandidates(this.on));
  }

  /** Whether a candidate is known to live longer than another one, or is the only one. */
  outlives(candidate: ReplacementCandidate, other: ReplacementCandidate | undefined): boolean {
    const until = knownToLiveUntil(candidate, this.on) ?? '';
    return other === undefined || until > (knownToLiveUntil(other, this.on) ?? '');
  }

  reasonForNone(): string {
    const { sku, region } = this.pinned;
    const alive = this.alive(this.kind);
    const other = `no other ${this.kind} model of ${this.answer.format}`;
    const until = knownToLiveUntil(lifeOf(this.answer), this.on);
    const place = `${sku === undefined ? '' : ` under ${sku}`}${region === undefined ? '' : ` in ${region}`}`;
    if (alive.length > 0 && alive.every(({ answer }) => answer.skuListed === 'unknown') && sku !== undefined) {
      return `the catalogue does not say under which SKUs the other ${this.kind} models of ${this.answer.format} are offered`;
    }
    if (this.offered(this.kind).length === 0 || until === undefined) {
      return `${other} is alive on ${this.on}${place === '' ? '' : ` and listed${place}`}`;
    }
    return `${other}${place === '' ? '' : ` that is listed${place}`} is known to live longer than until ${until}`;
  }

  /** Living models of a kind that are listed under the SKU, and not unlisted in the region. */
  private offered(kind: ModelKind): CandidateFacts[] {
    const isListed = ({ answer, regionListed }: CandidateFacts) =>
      (this.pinned.sku === undefined || answer.skuListed === 'listed') && regionListed !== 'unlisted';
    return this.alive(kind).filter(isListed);
  }

  private alive(kind: ModelKind): CandidateFacts[] {
    return recordsOfKind(this.catalog, kind).flatMap(({ record, domain }) => {
      const answer = this.isMadeForIt(domain) && this.isEligible(record) ? this.answerOf(record) : undefined;
      return answer === undefined || answer.stage === 'retired' ? [] : [this.factsOf(record, answer, kind)];
    });
  }

  private isEligible({ facts }: CatalogRecord): boolean {
    const { name, format, version, fineTunedFrom, fineTune } = facts;
    const isPinned = sameText(name, this.answer.name) && version === this.answer.version;
    if (!sameFormat(format, this.answer.format) || isPinned) {
      return false;
    }
    if (version === null || fineTunedFrom !== undefined || sameText(name, MODEL_ROUTER)) {
      return false;
    }
    // What is to be fine-tuned anew needs a model that still can be.
    const { trainingRetirementDate: lastDay } = fineTune ?? {};
    return (
      this.pinned.scope !== 'fine-tune' || (fineTune !== undefined && (lastDay === undefined || lastDay > this.on))
    );
  }

  /** A model that was made for something in particular, as to control a computer, takes the place of none that was not. */
  private isMadeForIt(domain: string): boolean {
    this.pinnedDomain ??= placementOf(subjectOf(this.answer, this.pinned), this.catalog).domain;
    return domain === GENERAL_DOMAIN || domain === this.pinnedDomain;
  }

  private answerOf({ facts: { format, name, version } }: CatalogRecord): LifecycleAnswer | undefined {
    const { sku, scope } = this.pinned;
    const lookup = this.catalog.lookup({ format, name, version: version!, sku, scope }, this.on);
    return lookup.kind === 'known' ? lookup.answer : undefined;
  }

  private factsOf(record: CatalogRecord, answer: LifecycleAnswer, kind: ModelKind): CandidateFacts {
    const { pinned } = this;
    return {
      answer,
      kind,
      pinned,
      from: subjectOf(this.answer, pinned),
      pinnedKind: this.kind,
      regionListed: regionListing(this.catalog, record, pinned.region, pinned.sku),
    };
  }
}

/** An entry, and what its model was made for. */
interface PlacedRecord {
  readonly record: CatalogRecord;
  readonly domain: string;
}

const kindsByCatalog = new WeakMap<ModelCatalog, ReadonlyMap<ModelKind, readonly PlacedRecord[]>>();

/** The entries of a kind; placing them in families takes its time, and is done once for a catalogue. */
function recordsOfKind(catalog: ModelCatalog, kind: ModelKind): readonly PlacedRecord[] {
  const byKind = kindsByCatalog.get(catalog) ?? recordsByKind(catalog);
  kindsByCatalog.set(catalog, byKind);
  return byKind.get(kind) ?? [];
}

function recordsByKind(catalog: ModelCatalog): ReadonlyMap<ModelKind, readonly PlacedRecord[]> {
  const byKind = new Map<ModelKind, PlacedRecord[]>();
  for (const record of catalog.records()) {
    const { format, name, version } = record.facts;
    const subject = { format, name, version: version ?? undefined };
    const kind = kindOf(subject, catalog);
    if (kind !== undefined) {
      const { domain } = placementOf(subject, catalog);
      byKind.set(kind, [...(byKind.get(kind) ?? []), { record, domain }]);
    }
  }
  return byKind;
}
