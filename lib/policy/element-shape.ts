import { PolicySection } from './policy-document';

/** An attribute of a policy element, and what API Management accepts in it. */
export interface AttributeShape {
  /** As it is written: `backend-id`. */
  readonly name: string;
  /** As the tree has it: `backendId`. */
  readonly property: string;
  readonly required: boolean;
  /** The literals allowed. */
  readonly values?: readonly string[];
  /** Bounds of a literal, which is a whole number. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** Whether an expression is refused. */
  readonly literal: boolean;
}

/** Child elements that belong to a policy, not policies themselves. */
export interface PartShape {
  readonly property: string;
  readonly element: string;
  /** The element around them, if there is one. */
  readonly wrapper?: string;
  /** Attributes of the wrapper; the tree has them on the policy itself. */
  readonly wrapperAttributes?: readonly AttributeShape[];
  /** Whether there is exactly one of them, always. */
  readonly single: boolean;
  /** Attributes and parts of each; a part without either is its text. */
  readonly item?: ItemShape;
}

export interface ItemShape {
  readonly attributes: readonly AttributeShape[];
  readonly parts: readonly PartShape[];
}

/** What a typed element consists of: the reader, the writer and the checks go by it. */
export interface ElementShape extends ItemShape {
  /** The property that holds the element's text. */
  readonly text?: string;
  /** Whether it holds policies, in `children`. */
  readonly container: boolean;
  /** Where it may stand. @default everywhere */
  readonly sections?: readonly PolicySection[];
}

interface AttributeOptions {
  readonly required?: true;
  readonly values?: readonly string[];
  readonly range?: readonly [minimum: number, maximum: number];
  readonly literal?: true;
}

/** Values of an attribute that is true or false. */
export const BOOLEAN = ['true', 'false'] as const;

export function attribute(name: string, options: AttributeOptions = {}): AttributeShape {
  const { required = false, literal = false, values, range } = options;
  return {
    name,
    property: camelCase(name),
    required,
    literal,
    ...(values === undefined ? {} : { values }),
    ...(range === undefined ? {} : { range }),
  };
}

export function attributes(...names: string[]): AttributeShape[] {
  return names.map((name) => attribute(name));
}

/** Elements that are nothing but text, as a list of values. */
export function texts(property: string, element: string, wrapper?: string): PartShape {
  return { property, element, single: false, ...(wrapper === undefined ? {} : { wrapper }) };
}

/** A part whose wrapper carries attributes. */
export function wrappedWith(part: PartShape, ...wrapperAttributes: readonly AttributeShape[]): PartShape {
  return { ...part, wrapperAttributes };
}

/** Elements with attributes, as a list of objects. */
export function items(property: string, element: string, item: ItemShape, wrapper?: string): PartShape {
  return { ...texts(property, element, wrapper), item };
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
