import { JsonValue } from './json-value';

/** Says what becomes of a value. An object or list that is not entered and not taken is passed over. */
export interface JsonVisitor {
  /** Enters an object; the visitor of the member's value is returned, none to pass it over. */
  member?(key: string): JsonVisitor | undefined;
  /** Enters a list; the visitor of the next item is returned, none to pass it over. */
  item?(): JsonVisitor | undefined;
  /** Takes a value that is not entered, whole. */
  take?(value: JsonValue): void;
  /** The object or list that was entered is over. */
  leave?(): void;
}

/** Enters everything and keeps nothing, so that all of a text is read by the grammar. */
export const ENTERING: JsonVisitor = { member: () => ENTERING, item: () => ENTERING };
