import { property } from './json';
import { JsonValue, TextFilter } from './json-value';
import { JsonVisitor } from './json-visitor';

/** What the readers of a plan's parts share: which entries are worth parsing, and errors that name the place. */
export interface PlanSkimming {
  /** Whether a text may name a model. @default - nothing is searched */
  readonly mayNameModel?: TextFilter;
  /** Whether entries of this resource type are worth parsing whatever their texts say. */
  readsType(type: string): boolean;
  /** The error of a part that has another shape than it should have. */
  fail(place: string, problem: string): Error;
}

/** Visits a list of resources, counts them, and hands over those of a type that is read, or that name a model. */
export class CountingVisitor implements JsonVisitor {
  count = 0;
  private readonly entry: JsonVisitor = { take: (value) => this.visit(value) };

  constructor(
    private readonly skimming: PlanSkimming,
    private readonly place: string,
    private readonly read: (entry: unknown, fail: (problem: string) => Error) => void,
  ) {}

  item(): JsonVisitor {
    this.count++;
    return this.entry;
  }

  take(value: JsonValue): void {
    requireNull(this.skimming, this.place, value, 'list');
  }

  private visit(value: JsonValue): void {
    const { label } = value;
    const isOfReadType = label !== undefined && this.skimming.readsType(label);
    if (!isOfReadType && label !== undefined && !this.mayName(value)) {
      return;
    }
    const { mayNameModel } = this.skimming;
    const readsType = (type: string) => this.skimming.readsType(type);
    const fail = (problem: string) => this.skimming.fail(`${this.place}[${this.count - 1}]`, problem);
    const entry = parse(value, fail);
    if (
      isOfReadType ||
      isOfReadTypeInside(entry, readsType) ||
      (mayNameModel !== undefined && namesModel(entry, mayNameModel))
    ) {
      this.read(entry, fail);
    }
  }

  private mayName(value: JsonValue): boolean {
    const { mayNameModel } = this.skimming;
    return mayNameModel === undefined ? value.isHiding : value.mayHold(mayNameModel);
  }
}

/** A value parsed whole. @throws what `fail` makes of it, if an object in it has a key twice */
export function parse(value: JsonValue, fail: (problem: string) => Error): unknown {
  const parsed = value.parse();
  if (value.repeatsKey(parsed)) {
    throw fail('has an object with the same key twice');
  }
  return parsed;
}

/** Takes the value of a place, which has to be of a JavaScript type; `null` is nothing. */
export function single(
  skimming: PlanSkimming,
  place: string,
  type: 'string' | 'boolean' | 'object',
  set: (value: never) => void,
): JsonVisitor {
  return {
    take: (value) => {
      const fail = (problem: string) => skimming.fail(place, problem);
      const parsed = parse(value, fail);
      if (parsed !== null && (typeof parsed !== type || Array.isArray(parsed))) {
        throw fail(`is no ${type === 'string' ? 'text' : type}`);
      }
      if (parsed !== null) {
        set(parsed as never);
      }
    },
  };
}

/** Enters an object, and gives each of its members to the visitor of that name. */
export function membersOf(
  skimming: PlanSkimming,
  place: string,
  member: (key: string) => JsonVisitor | undefined,
  leave?: () => void,
): JsonVisitor {
  return {
    member,
    ...(leave && { leave }),
    take: (value) => requireNull(skimming, place, value, 'object'),
  };
}

function requireNull(skimming: PlanSkimming, place: string, value: JsonValue, expected: string): void {
  if (value.parse() !== null) {
    throw skimming.fail(place, `is no ${expected}`);
  }
}

/** An entry without a type at its top: of `deferred_changes` and the like, or with a type in an unusual spelling. */
function isOfReadTypeInside(entry: unknown, readsType: (type: string) => boolean): boolean {
  const inner = property(entry, 'resource_change') ?? property(entry, 'action_invocation') ?? entry;
  const type = property(inner, 'type');
  return typeof type !== 'string' || readsType(type);
}

function namesModel(value: unknown, mayNameModel: (text: string) => boolean): boolean {
  if (typeof value === 'string') {
    return mayNameModel(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([key, inner]) => mayNameModel(key) || namesModel(inner, mayNameModel))
  );
}
