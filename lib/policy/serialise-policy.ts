import { PartShape } from './element-shape';
import { elementId, elementShape, whenCondition } from './element-shapes';
import { repeatedAttribute, unwritableName, unwritableValue } from './errors';
import { attributeValues, elementName, NodeValue, partMembers } from './node-values';
import { FragmentDocument, KnownNode, PolicyDocument, PolicyNode, PolicyValue } from './policy-document';
import { isExpression } from './policy-value';
import { AllowedTexts, valueProblem } from './value-problem';
import { escapeAttribute, escapeText } from './xml-entities';

const NAME = /^[A-Za-z_][\w.:-]*$/;

export interface SerialiseOptions extends AllowedTexts {
  /** Spaces by which each level is indented; they count towards the size. @default 2 */
  readonly indentation?: number;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * The text of a policy or fragment, well-formed and the same for the same tree. Attributes are double-quoted and every
 * `& < > "` is an entity; there is no CDATA, comment or processing instruction, and no named value or Terraform interpolation but those that are allowed:
 * azurerm compares what it reads back as text, and reports a difference for ever otherwise
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/6441).
 *
 * @throws when a value cannot be written safely, with the place of it
 */
export function serialisePolicy(document: PolicyDocument | FragmentDocument, options: SerialiseOptions = {}): string {
  return new PolicyWriter(options).write(document);
}

class PolicyWriter {
  private readonly lines: string[] = [];
  private readonly indentation: string;

  constructor(private readonly options: SerialiseOptions) {
    this.indentation = ' '.repeat(options.indentation ?? 2);
  }

  public write(document: PolicyDocument | FragmentDocument): string {
    if (document.kind === 'fragment') {
      this.element('fragment', [], 0, () => this.nodes(document.children, 1));
    } else {
      this.element('policies', [], 0, () => {
        this.section('inbound', document.inbound);
        this.section('backend', document.backend);
        this.section('outbound', document.outbound);
        this.section('on-error', document.onError);
      });
    }
    return `${this.lines.join('\n')}\n`;
  }

  private section(name: string, nodes: readonly PolicyNode[]): void {
    this.element(name, [], 1, () => this.nodes(nodes, 2));
  }

  private nodes(nodes: readonly PolicyNode[], depth: number): void {
    for (const node of nodes) {
      this.node(node, depth);
    }
  }

  private node(node: PolicyNode, depth: number): void {
    if (node.kind === 'other') {
      const attributes: NodeValue[] = node.attributes.map(({ name, value }) => ({
        name,
        value,
        position: 'attribute',
      }));
      if (node.children.length === 0 && node.text !== undefined) {
        this.textElement(node.name, attributes, node.text, depth);
        return;
      }
      this.element(node.name, attributes, depth, () => {
        if (node.text !== undefined) {
          this.line(this.escapedText(node.name, node.text), depth + 1);
        }
        this.nodes(node.children, depth + 1);
      });
    } else if (node.kind === 'choose') {
      const attributes = attributeValues(node as unknown as Properties, [elementId]);
      this.element('choose', attributes, depth, () => {
        for (const when of node.whens) {
          const condition = attributeValues(when as unknown as Properties, [whenCondition]);
          this.element('when', condition, depth + 1, () => this.nodes(when.children, depth + 2));
        }
        const otherwise = node.otherwise;
        if (otherwise !== undefined) {
          this.element('otherwise', [], depth + 1, () => this.nodes(otherwise.children, depth + 2));
        }
      });
    } else {
      this.shapedNode(node, depth);
    }
  }

  private shapedNode(node: Exclude<KnownNode, { kind: 'choose' }>, depth: number): void {
    const shape = elementShape(node.kind)!;
    const properties = node as unknown as Properties;
    const attributes = attributeValues(properties, shape.attributes);
    if (shape.text !== undefined) {
      this.textElement(elementName(node), attributes, properties[shape.text] as PolicyValue, depth);
      return;
    }
    this.element(node.kind, attributes, depth, () => {
      this.parts(properties, shape.parts, depth + 1);
      if (shape.container) {
        this.nodes(properties.children as readonly PolicyNode[], depth + 1);
      }
    });
  }

  private parts(properties: Properties, parts: readonly PartShape[], depth: number): void {
    for (const part of parts) {
      const members = partMembers(properties, part);
      const attributes = attributeValues(properties, part.wrapperAttributes ?? []);
      if (part.wrapper !== undefined && members.length + attributes.length > 0) {
        this.element(part.wrapper, attributes, depth, () => this.members(members, part, depth + 1));
      } else {
        this.members(members, part, depth);
      }
    }
  }

  private members(members: readonly unknown[], part: PartShape, depth: number): void {
    for (const member of members) {
      if (part.item === undefined) {
        this.textElement(part.element, [], member as PolicyValue, depth);
      } else {
        const { attributes, parts } = part.item;
        this.element(part.element, attributeValues(member as Properties, attributes), depth, () =>
          this.parts(member as Properties, parts, depth + 1),
        );
      }
    }
  }

  private element(name: string, attributes: readonly NodeValue[], depth: number, content: () => void): void {
    const tag = this.startTag(name, attributes);
    this.line(`${tag}>`, depth);
    const before = this.lines.length;
    content();
    if (this.lines.length === before) {
      this.lines.pop();
      this.line(`${tag} />`, depth);
    } else {
      this.line(`</${name}>`, depth);
    }
  }

  private textElement(name: string, attributes: readonly NodeValue[], text: PolicyValue, depth: number): void {
    this.line(`${this.startTag(name, attributes)}>${this.escapedText(name, text)}</${name}>`, depth);
  }

  private startTag(name: string, attributes: readonly NodeValue[]): string {
    this.requireName(`<${name}>`, name);
    const names = new Set<string>();
    const written = attributes.map((attribute) => {
      const place = `${attribute.name} of <${name}>`;
      this.requireName(place, attribute.name);
      if (names.has(attribute.name)) {
        throw repeatedAttribute(`<${name}>`, attribute.name);
      }
      names.add(attribute.name);
      return ` ${attribute.name}="${escapeAttribute(this.writable(place, attribute.value, 'attribute'))}"`;
    });
    return `<${name}${written.join('')}`;
  }

  private escapedText(name: string, value: PolicyValue): string {
    return escapeText(this.writable(`the text of <${name}>`, value, 'text'));
  }

  private writable(place: string, value: PolicyValue, position: 'attribute' | 'text'): string {
    const problem = valueProblem(value, position, this.options);
    if (problem !== undefined) {
      throw unwritableValue(place, problem);
    }
    return isExpression(value) ? `@${value.expression}` : value;
  }

  private requireName(place: string, name: string): void {
    if (!NAME.test(name)) {
      throw unwritableName(place, name);
    }
  }

  private line(text: string, depth: number): void {
    this.lines.push(this.indentation.repeat(depth) + text);
  }
}
