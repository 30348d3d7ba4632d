/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A value of a configuration file and where it stands. */
export type LocatedValue =
  | { readonly kind: 'scalar'; readonly place: Place; readonly value: unknown }
  | { readonly kind: 'list'; readonly place: Place; readonly items: readonly LocatedValue[] }
  | { readonly kind: 'map'; readonly place: Place; readonly entries: readonly LocatedEntry[] };

/** A key, where it stands, and its value. */
export interface LocatedEntry {
  readonly key: string;
  readonly place: Place;
  readonly value: LocatedValue;
}

/** What is wrong at a place. */
export interface ConfigurationProblem {
  readonly place: Place;
  readonly text: string;
}
