import { printable } from '../contracts/printable';
import { JsonSkimmer } from './json-skimmer';
import { TextFilter } from './json-value';
import { JsonVisitor } from './json-visitor';
import { readChange, readDeferredChange, readDeferredInvocation, readInvocation } from './plan-change-reader';
import { PlanDocument, ResourceChange, StateResource } from './plan-document';
import { PlanDecoder } from './plan-encoding';
import { brokenPlan, changesMissing, notAPlan, unexpectedShape, unknownFormat } from './plan-errors';
import { configurationModule, emptyModule, stateModule } from './plan-module-reader';
import { labelOf } from './plan-modules';
import { isPlanKey, RECOGNISABLE_LENGTH, recognise } from './plan-recognition';
import { isReadType } from './plan-resource-types';
import { CountingVisitor, membersOf, PlanSkimming, single } from './plan-skimming';

/** A single resource this large is no plan that anybody meant to write. */
const LARGEST_VALUE = 64 << 20;

/** Terraform's own documents nest a few levels for each level of modules, and provider schemas some dozen. */
const DEEPEST_NESTING = 1_000;

/** Formats that are known; a later minor one only adds to them (https://developer.hashicorp.com/terraform/internals/json-format). */
const KNOWN_FORMAT = /^(?:0\.[2-9]\d*|1\.\d+)$/;

/** How a plan is read. */
export interface PlanReading {
  /** What errors call the input: its path, or `-`. */
  readonly source: string;
  /** Whether a text may name a model; what facts are read of is kept either way. */
  readonly mayNameModel: TextFilter;
  /** Told the bytes that were read until now. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads a plan as `terraform show -json` and `tofu show -json` write it, in UTF-8 or UTF-16. The plan is read as it
 * comes; only resources that may say something of models are parsed and kept, so that its size does not matter.
 *
 * @param chunks the bytes; a chunk may be changed once the next one is asked for
 * @throws if the input is something else than a plan, cut off, of an unknown format, or not JSON
 */
export async function readPlanDocument(chunks: AsyncIterable<Uint8Array>, reading: PlanReading): Promise<PlanDocument> {
  const reader = new PlanReader(reading);
  let bytes = 0;
  for await (const chunk of chunks) {
    reader.push(chunk);
    bytes += chunk.length;
    reading.onProgress?.(bytes);
  }
  return reader.end();
}

class PlanReader implements PlanSkimming {
  readonly mayNameModel: TextFilter;
  private readonly decoder = new PlanDecoder();
  private readonly skimmer: JsonSkimmer;
  /** The first bytes, until there are enough of them to say what they are. */
  private head: Buffer | undefined = Buffer.alloc(0);

  private readonly topKeys: string[] = [];
  /** A plan has many resources of few types. */
  private readonly readTypes = new Map<string, boolean>();
  private formatVersion?: string;
  private terraformVersion?: string;
  private timestamp?: string;
  private isComplete?: boolean;
  private hasPlannedValues = false;
  private isErrored = false;
  private configuration = emptyModule();
  private readonly changes: ResourceChange[] = [];
  private readonly drift: ResourceChange[] = [];
  private readonly deferred: ResourceChange[] = [];
  private readonly invoked: ResourceChange[] = [];
  private readonly addresses = new Set<string>();
  private readonly prior: StateResource[] = [];
  private readonly resourceChanges: CountingVisitor;
  private readonly visitors: Readonly<Record<string, () => JsonVisitor>>;

  constructor(private readonly reading: PlanReading) {
    this.mayNameModel = reading.mayNameModel;
    this.resourceChanges = new CountingVisitor(this, 'resource_changes', (entry, fail) =>
      this.changes.push(...this.onlyOnce(readChange(entry, fail), fail)),
    );
    this.visitors = this.partsOfPlan();
    this.skimmer = new JsonSkimmer(
      { member: (key) => this.visitPart(key) },
      {
        label: 'type',
        // Behind `before`: a plan writes all values of a resource twice, also where it stays as it is.
        repeated: 'after',
        largestValue: LARGEST_VALUE,
        deepestNesting: DEEPEST_NESTING,
        fail: (problem, offset, place) => brokenPlan(reading.source, problem, offset, place),
      },
    );
  }

  push(chunk: Uint8Array): void {
    if (this.head === undefined) {
      this.skimmer.push(this.decoder.decode(chunk, false));
      return;
    }
    this.head = Buffer.concat([this.head, chunk]);
    if (this.head.length >= RECOGNISABLE_LENGTH) {
      this.readHead(this.head, false);
    }
  }

  end(): PlanDocument {
    if (this.head !== undefined) {
      this.readHead(this.head, true);
    } else {
      this.skimmer.push(this.decoder.decode(Buffer.alloc(0), true));
    }
    this.skimmer.end();
    const { formatVersion, terraformVersion, timestamp } = this;
    if (!this.topKeys.some(isPlanKey)) {
      throw notAPlan(this.reading.source, formatVersion === undefined ? 'json' : 'state');
    }
    if (formatVersion === undefined) {
      throw unknownFormat(this.reading.source, undefined);
    }
    if (this.resourceChanges.count === 0 && this.hasPlannedValues && this.createsUnsaid()) {
      throw changesMissing(this.reading.source);
    }
    return {
      formatVersion,
      ...(terraformVersion !== undefined && { terraformVersion }),
      ...(timestamp !== undefined && { timestamp }),
      isComplete: this.isComplete ?? !this.leavesOut(),
      isErrored: this.isErrored,
      resourceCount: this.resourceChanges.count,
      changes: [...this.changes, ...this.deferred, ...this.invocations()],
      drift: this.drift,
      prior: this.prior,
      configuration: this.configuration,
    };
  }

  fail(place: string, problem: string): Error {
    return unexpectedShape(this.reading.source, place, problem);
  }

  /** Whether the configuration declares what the state does not hold, although nothing is to change. */
  private createsUnsaid(): boolean {
    const standing = new Set(
      this.prior.flatMap((resource) => (resource.moduleAddress === undefined ? [labelOf(resource)] : [])),
    );
    return [...this.configuration.resources].some(
      ([label, { count, forEach }]) =>
        isReadType(label.split('.')[0]!) && count === undefined && forEach === undefined && !standing.has(label),
    );
  }

  /** OpenTofu and Terraform before 1.8 do not say whether a plan is complete: without `-target`, it lists all that stands. */
  private leavesOut(): boolean {
    const listed = new Set(this.changes.flatMap(({ address, previousAddress }) => [address, previousAddress]));
    return (
      this.resourceChanges.count > 0 &&
      this.prior.some(({ address, mode, type }) => mode === 'managed' && isReadType(type) && !listed.has(address))
    );
  }

  /** One resource cannot be planned twice; only objects that are left over share an address. */
  private onlyOnce(changes: readonly ResourceChange[], fail: (problem: string) => Error): readonly ResourceChange[] {
    const [{ address, deposed }] = changes as [ResourceChange];
    const key = JSON.stringify([address, deposed]);
    if (this.addresses.has(key)) {
      throw fail(`lists '${printable(address)}' a second time`);
    }
    this.addresses.add(key);
    return changes;
  }

  /** An action that several resources trigger is listed as often, mostly with the same values. */
  private invocations(): ResourceChange[] {
    const distinct = new Map(this.invoked.map((change) => [JSON.stringify(change), change]));
    const seen = new Map<string, number>();
    return [...distinct.values()].map((change) => {
      const number = (seen.get(change.address) ?? 0) + 1;
      seen.set(change.address, number);
      return number === 1 ? change : { ...change, address: `${change.address} (invocation ${number})` };
    });
  }

  private readHead(head: Uint8Array, isLast: boolean): void {
    const kind = recognise(head);
    if (kind !== 'plan') {
      throw notAPlan(this.reading.source, kind);
    }
    this.head = undefined;
    this.skimmer.push(this.decoder.decode(head, isLast));
  }

  private visitPart(key: string): JsonVisitor | undefined {
    this.topKeys.push(key);
    return Object.hasOwn(this.visitors, key) ? this.visitors[key]!() : undefined;
  }

  private partsOfPlan(): Record<string, () => JsonVisitor> {
    return {
      format_version: () => single(this, 'format_version', 'string', (text: string) => this.setFormat(text)),
      terraform_version: () =>
        single(this, 'terraform_version', 'string', (text: string) => (this.terraformVersion = text)),
      timestamp: () => single(this, 'timestamp', 'string', (text: string) => (this.timestamp = text)),
      complete: () => single(this, 'complete', 'boolean', (is: boolean) => (this.isComplete = is)),
      errored: () => single(this, 'errored', 'boolean', (is: boolean) => (this.isErrored = is)),
      planned_values: () =>
        this.inside('planned_values', 'root_module', (place) =>
          membersOf(this, place, () => {
            this.hasPlannedValues = true;
            return undefined;
          }),
        ),
      resource_changes: () => this.resourceChanges,
      resource_drift: () =>
        new CountingVisitor(this, 'resource_drift', (entry, fail) => this.drift.push(...readChange(entry, fail))),
      deferred_changes: () =>
        new CountingVisitor(this, 'deferred_changes', (entry, fail) =>
          this.deferred.push(...readDeferredChange(entry, fail)),
        ),
      action_invocations: () =>
        new CountingVisitor(this, 'action_invocations', (entry, fail) =>
          this.invoked.push(readInvocation(entry, fail)),
        ),
      deferred_action_invocations: () =>
        new CountingVisitor(this, 'deferred_action_invocations', (entry, fail) =>
          this.invoked.push(readDeferredInvocation(entry, fail)),
        ),
      prior_state: () =>
        this.inside('prior_state', 'values', (values) =>
          this.inside(values, 'root_module', (place) =>
            stateModule(this.withoutSearch(), place, (resource) => this.prior.push(resource)),
          ),
        ),
      configuration: () =>
        this.inside('configuration', 'root_module', (place) =>
          configurationModule(this.withoutSearch(), place, (module) => (this.configuration = module)),
        ),
    };
  }

  readsType(type: string): boolean {
    const known = this.readTypes.get(type);
    if (known !== undefined) {
      return known;
    }
    const isRead = isReadType(type);
    this.readTypes.set(type, isRead);
    return isRead;
  }

  /**
   * What the plan speaks about has been searched for names with its changes, so that the rest needs no search. What a
   * targeted plan leaves out is not reviewed, and the plan says so.
   */
  private withoutSearch(): PlanSkimming {
    if (this.resourceChanges.count === 0) {
      return this;
    }
    const kept = new Set(this.changes.map(({ type }) => type));
    return {
      readsType: (type) => kept.has(type) || this.readsType(type),
      fail: (place, problem) => this.fail(place, problem),
    };
  }

  private inside(place: string, key: string, visit: (place: string) => JsonVisitor): JsonVisitor {
    return membersOf(this, place, (found) => (found === key ? visit(`${place}.${key}`) : undefined));
  }

  private setFormat(version: string): void {
    if (!KNOWN_FORMAT.test(version)) {
      throw unknownFormat(this.reading.source, version);
    }
    this.formatVersion = version;
  }
}
