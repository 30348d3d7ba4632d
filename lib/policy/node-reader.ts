import { AttributeShape, ItemShape, PartShape } from './element-shape';
import { elementId, elementShape } from './element-shapes';
import { ChooseNode, KnownNode, OtherNode, PolicyNode, PolicyValue, WhenBranch } from './policy-document';
import { XmlElement } from './xml-element';
import { asValue } from './xml-reader';

/** Properties of a node under construction: names come from the shapes alone, never from what is read. */
type Properties = Record<string, unknown>;

/** The policy that an element is: typed when it has its type's shape, else kept as it is. */
export function policyNode(element: XmlElement): PolicyNode {
  const known = element.name === 'choose' ? chooseNode(element) : shapedNode(element);
  return known ?? otherNode(element);
}

/** The policies that an element holds. */
export function policyNodes(element: XmlElement): PolicyNode[] {
  return element.children.map(policyNode);
}

function shapedNode(element: XmlElement): KnownNode | undefined {
  const shape = elementShape(element.name);
  if (shape === undefined) {
    return undefined;
  }
  const properties: Properties = { kind: element.name };
  if (!readAttributes(element, shape.attributes, properties)) {
    return undefined;
  }
  if (shape.text !== undefined) {
    properties[shape.text] = asValue(element.text);
    return element.children.length === 0 ? (properties as unknown as KnownNode) : undefined;
  }
  if (!isBlank(element)) {
    return undefined;
  }
  if (shape.container) {
    properties.children = policyNodes(element);
    return properties as unknown as KnownNode;
  }
  return readParts(element, shape.parts, properties) ? (properties as unknown as KnownNode) : undefined;
}

function chooseNode(element: XmlElement): ChooseNode | undefined {
  const properties: Properties = { kind: 'choose' };
  const last = element.children.at(-1);
  const otherwise = last?.name === 'otherwise' ? last : undefined;
  const whens = otherwise === undefined ? element.children : element.children.slice(0, -1);
  // Before any branch is read: reading a branch and then refusing the whole doubles the work at each level.
  const shaped =
    readAttributes(element, [elementId], properties) &&
    isBlank(element) &&
    whens.length > 0 &&
    whens.every(isWhen) &&
    (otherwise === undefined || (otherwise.attributes.length === 0 && isBlank(otherwise)));
  if (!shaped) {
    return undefined;
  }
  properties.whens = whens.map(whenBranch);
  if (otherwise !== undefined) {
    properties.otherwise = { kind: 'otherwise', children: policyNodes(otherwise) };
  }
  return properties as unknown as ChooseNode;
}

function isWhen(element: XmlElement): boolean {
  const only = element.attributes.length === 1 && element.attributes[0]!.name === 'condition';
  return element.name === 'when' && only && isBlank(element);
}

function whenBranch(element: XmlElement): WhenBranch {
  return { kind: 'when', condition: element.attributes[0]!.value, children: policyNodes(element) };
}

function otherNode(element: XmlElement): OtherNode {
  const text = element.children.length === 0 ? element.text : element.text.trim();
  return {
    kind: 'other',
    name: element.name,
    attributes: element.attributes,
    children: policyNodes(element),
    ...(text.trim() === '' ? {} : { text: asValue(text) }),
  };
}

function readAttributes(element: XmlElement, shapes: readonly AttributeShape[], properties: Properties): boolean {
  for (const { name, value } of element.attributes) {
    const shape = shapes.find((candidate) => candidate.name === name);
    if (shape === undefined) {
      return false;
    }
    properties[shape.property] = value;
  }
  return shapes.every((shape) => !shape.required || Object.hasOwn(properties, shape.property));
}

function readParts(element: XmlElement, parts: readonly PartShape[], properties: Properties): boolean {
  const wrappers = new Set<string>();
  for (const part of parts.filter((candidate) => !candidate.single)) {
    properties[part.property] = [];
  }
  for (const child of element.children) {
    const part = parts.find((candidate) => (candidate.wrapper ?? candidate.element) === child.name);
    if (part === undefined || !(part.wrapper === undefined || readWrapper(child, part, wrappers, properties))) {
      return false;
    }
    const members = part.wrapper === undefined ? [child] : child.children;
    for (const member of members) {
      const value = member.name === part.element ? readMember(member, part.item) : undefined;
      if (value === undefined || (part.single && Object.hasOwn(properties, part.property))) {
        return false;
      }
      if (part.single) {
        properties[part.property] = value;
      } else {
        (properties[part.property] as unknown[]).push(value);
      }
    }
  }
  return parts.every((part) => Object.hasOwn(properties, part.property));
}

function readWrapper(element: XmlElement, part: PartShape, seen: Set<string>, properties: Properties): boolean {
  const first = !seen.has(element.name);
  seen.add(element.name);
  return first && isBlank(element) && readAttributes(element, part.wrapperAttributes ?? [], properties);
}

function readMember(element: XmlElement, item: ItemShape | undefined): PolicyValue | Properties | undefined {
  if (item === undefined) {
    return element.attributes.length === 0 && element.children.length === 0 ? asValue(element.text) : undefined;
  }
  const properties: Properties = {};
  const shaped =
    isBlank(element) &&
    readAttributes(element, item.attributes, properties) &&
    readParts(element, item.parts, properties);
  return shaped ? properties : undefined;
}

function isBlank(element: XmlElement): boolean {
  return element.text.trim() === '';
}
