/** Where a disagreement is. */
export type ConflictClass =
  'between-regions' | 'between-kinds' | 'between-api-versions' | 'between-pages' | 'within-row' | 'against-base';

export const CONFLICT_CLASSES: readonly ConflictClass[] = [
  'within-row',
  'between-pages',
  'between-kinds',
  'between-api-versions',
  'between-regions',
  'against-base',
];

/** What one source says of a field; `null` where it says that there is nothing, or says nothing. */
export interface Statement {
  readonly value: string | null;
  /** Name of the source. */
  readonly source: string;
  /** Day as of which it says so. */
  readonly asOf: string;
  readonly region?: string;
}

/** What a disagreement is about. */
export interface ConflictSubject {
  /** Where it is not the public cloud. */
  readonly cloud?: 'usgovernment';
  readonly format: string;
  readonly name: string;
  readonly version: string;
}

/** A disagreement, and which statement was kept. */
export interface ListConflict extends ConflictSubject {
  /** For instance `retirementDate`, or `retirementDate of Standard` where it is about one SKU. */
  readonly field: string;
  readonly class: ConflictClass;
  readonly kept: Statement;
  readonly other: readonly Statement[];
  readonly reason: string;
}

/** A disagreement before it is known which model of the catalogue it is about. */
export type Disagreement = Omit<ListConflict, keyof ConflictSubject>;

export function fieldName(field: string, sku?: string): string {
  return sku === undefined ? field : `${field} of ${sku}`;
}

/** A model's date repeats in each of its SKUs, and a row in each kind of account: one line says it. */
export function withoutRepeats(disagreements: readonly Disagreement[]): Disagreement[] {
  const seen = new Set<string>();
  return disagreements.filter(({ field, class: where, kept, other }) => {
    const [about, sku] = field.split(' of ');
    const values = [kept.value, ...other.map(({ value }) => value)];
    const key = (of: string) =>
      JSON.stringify([of, where, kept.region, ...values, ...other.map(({ region }) => region)]);
    const isRepeat = seen.has(key(field)) || (sku !== undefined && seen.has(key(about!)));
    seen.add(key(field));
    return !isRepeat;
  });
}
