import { AttributeShape, ItemShape, PartShape } from './element-shape';
import { elementId, elementShape } from './element-shapes';
import { PolicyNode, PolicyValue } from './policy-document';
import { ValuePosition } from './value-problem';

/** One value of a node, as it stands in the policy's text. */
export interface NodeValue {
  /** The attribute's name; the element's for text (`value` in `set-header`). */
  readonly name: string;
  readonly value: PolicyValue;
  readonly position: ValuePosition;
  /** What is allowed there, for the attributes of typed elements. */
  readonly shape?: AttributeShape;
}

type Properties = Readonly<Record<string, unknown>>;

/** The element's name. */
export function elementName(node: PolicyNode): string {
  return node.kind === 'other' ? node.name : node.kind;
}

/** Every value of the node itself, in the order in which it is written; those of the policies in it are not among them. */
export function valuesOf(node: PolicyNode): NodeValue[] {
  if (node.kind === 'other') {
    const values: NodeValue[] = node.attributes.map(({ name, value }) => ({ name, value, position: 'attribute' }));
    return node.text === undefined ? values : [...values, { name: node.name, value: node.text, position: 'text' }];
  }
  const properties = node as unknown as Properties;
  if (node.kind === 'choose') {
    return attributeValues(properties, [elementId]);
  }
  const shape = elementShape(node.kind)!;
  const text = shape.text === undefined ? undefined : (properties[shape.text] as PolicyValue);
  return [
    ...itemValues(properties, shape),
    ...(text === undefined ? [] : [{ name: node.kind, value: text, position: 'text' } as const]),
  ];
}

/** The attributes of a typed node or of a part of one that are given. */
export function attributeValues(properties: Properties, shapes: readonly AttributeShape[]): NodeValue[] {
  return shapes
    .filter((shape) => properties[shape.property] !== undefined)
    .map((shape) => ({
      name: shape.name,
      value: properties[shape.property] as PolicyValue,
      position: 'attribute',
      shape,
    }));
}

/** What a node holds for one of its parts, one member or none included. */
export function partMembers(properties: Properties, part: PartShape): readonly unknown[] {
  const held = properties[part.property];
  if (held === undefined) {
    return [];
  }
  return part.single ? [held] : (held as readonly unknown[]);
}

function itemValues(properties: Properties, item: ItemShape): NodeValue[] {
  const own = attributeValues(properties, item.attributes);
  for (const part of item.parts) {
    own.push(...attributeValues(properties, part.wrapperAttributes ?? []));
    for (const member of partMembers(properties, part)) {
      if (part.item === undefined) {
        own.push({ name: part.element, value: member as PolicyValue, position: 'text' });
      } else {
        own.push(...itemValues(member as Properties, part.item));
      }
    }
  }
  return own;
}
