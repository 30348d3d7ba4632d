import { SourceEntry } from '../catalog/catalog-document';
import { CalendarDate } from '../contracts/calendar-date';
import { Disagreement, fieldName, Statement } from './list-conflict';

/** Whose word counts: that of the list, that of the catalogue below, or the list's with nothing below. */
export type Precedence = 'list' | 'base' | 'alone';

/** Picks one of two statements, of a list and of the catalogue below it, and keeps what they disagree about. */
export class Settling {
  readonly disagreements: Disagreement[] = [];

  constructor(
    readonly precedence: Precedence,
    readonly listedOn: CalendarDate,
    private readonly list: (field: string, sku?: string) => Omit<Statement, 'value'>,
    private readonly base: SourceEntry,
  ) {}

  /**
   * The statement that counts; `undefined` is no statement at all.
   *
   * @param listed `null` where the list says that there is none: it never takes a date from the catalogue below, because
   * that is also what Azure's list says of partner models whose dates the documentation has
   */
  pick(field: string, listed: string | null | undefined, known: string | undefined, sku?: string): string | undefined {
    if (known === undefined || listed === known) {
      return listed ?? undefined;
    }
    if (this.precedence === 'alone') {
      this.disagree(field, listed ?? null, known, this.reason(listed), sku);
      return listed ?? undefined;
    }
    if (listed === undefined) {
      return known;
    }
    if (listed === null) {
      this.keepKnown(
        field,
        known,
        null,
        'the list has no date, which it also says of models whose date others know',
        sku,
      );
      return known;
    }
    if (this.precedence === 'base') {
      this.keepKnown(field, known, listed, this.reason(listed), sku);
      return known;
    }
    this.disagree(field, listed, known, this.reason(listed), sku);
    return listed;
  }

  /** The list's statement is kept against one of the catalogue below. */
  disagree(field: string, kept: string | null, other: string | null, reason = this.reason(kept), sku?: string): void {
    this.disagreements.push({
      field: fieldName(field, sku),
      class: 'against-base',
      kept: { value: kept, ...this.list(field, sku) },
      other: [{ value: other, source: this.base.name, asOf: this.base.asOf }],
      reason,
    });
  }

  /** The statement of the catalogue below is kept against the list's. */
  keepKnown(field: string, kept: string, other: string | null, reason = this.reason(other), sku?: string): void {
    this.disagreements.push({
      field: fieldName(field, sku),
      class: 'against-base',
      kept: { value: kept, source: this.base.name, asOf: this.base.asOf },
      other: [{ value: other, ...this.list(field, sku) }],
      reason,
    });
  }

  private reason(listed: string | null | undefined): string {
    const days = `the list is of ${this.listedOn}, the catalogue's source of ${this.base.asOf}`;
    if (this.precedence === 'alone') {
      return listed == null ? 'the list says nothing of it, and is used alone' : `${days}; the list is used alone`;
    }
    return this.listedOn === this.base.asOf
      ? `${days}: of one day, Azure's own list counts`
      : `${days}: the newer one counts`;
  }
}
