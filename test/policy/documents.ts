import fc from 'fast-check';
import { csharpString } from '../../lib/policy/csharp-string';
import { AttributeShape, ItemShape, PartShape } from '../../lib/policy/element-shape';
import { elementShape, elementShapes } from '../../lib/policy/element-shapes';
import { FragmentDocument, PolicyDocument, PolicyNode, PolicyValue } from '../../lib/policy/policy-document';
import { ValuePosition, valueProblem } from '../../lib/policy/value-problem';

/** A policy with nothing in it but what is given. */
export function policy(sections: Partial<Omit<PolicyDocument, 'kind'>> = {}): PolicyDocument {
  return { kind: 'policies', inbound: [], backend: [{ kind: 'base' }], outbound: [], onError: [], ...sections };
}

/** Strings made of what could end a C# literal, an attribute, an element, or begin something else. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '"',
          "'",
          '\\',
          '\n',
          '\r',
          '\t',
          '\0',
          '{{',
          '}}',
          '{',
          '}',
          '@(',
          '@{',
          '@',
          ')',
          ']]>',
          '<![CDATA[',
          '<!--',
        ],
        ...[
          '-->',
          '</value>',
          '&quot;',
          '&',
          '<',
          '>',
          '${',
          '%{',
          '$"',
          '\\u0022',
          '\\x22',
          '\ud800',
          '\udc00',
          '\u2028',
        ],
        ...['\u0085', '\ufeff', '\uffff', '💥', '//', '/*', '*/', '";', '+context.RequestId+', '__proto__', ' '],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const expressions = fc
  .oneof(
    hostileText.map((text) => `(${csharpString(text)})`),
    hostileText.map((text) => `(context.Variables[${csharpString(text)}] != null && 1 < 2)`),
    fc.constantFrom(
      '(context.Response == null || context.Response.StatusCode >= 500)',
      '{ var list = new List<string>(); return list.Count > 0 ? "</value>" : @"a""b\\"; }',
      '(\'"\' + "\\")" + \'\\\'\' + $"{context.RequestId} }} {x["a"]}")',
      '{ /* ) " */ return 1; }',
    ),
  )
  .map((expression) => ({ expression }));

function value(position: ValuePosition): fc.Arbitrary<PolicyValue> {
  const plain = fc.constantFrom<PolicyValue>(
    '',
    ' ',
    'x',
    'true',
    '3',
    'https://a.example/b?c=d&e=f',
    'größer',
    ' padded ',
  );
  return fc.oneof(plain, hostileText, expressions).filter((candidate) => {
    return valueProblem(candidate, position) === undefined;
  });
}

function properties(item: ItemShape): Record<string, fc.Arbitrary<unknown>> {
  const attribute = (shape: AttributeShape): [string, fc.Arbitrary<unknown>] => [shape.property, value('attribute')];
  const part = (shape: PartShape): [string, fc.Arbitrary<unknown>] => {
    const member: fc.Arbitrary<unknown> = shape.item === undefined ? value('text') : record(shape.item);
    return [shape.property, shape.single ? member : fc.array(member, { maxLength: 3 })];
  };
  const wrappers = item.parts.flatMap(({ wrapperAttributes }) => wrapperAttributes ?? []);
  return Object.fromEntries([...[...item.attributes, ...wrappers].map(attribute), ...item.parts.map(part)]);
}

function requiredOf(item: ItemShape): string[] {
  const attributes = item.attributes.filter(({ required }) => required).map(({ property }) => property);
  return [...attributes, ...item.parts.map(({ property }) => property)];
}

function record(item: ItemShape): fc.Arbitrary<object> {
  return fc.record(properties(item), { requiredKeys: requiredOf(item), noNullPrototype: true });
}

const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,12}$/).map((text) => `x${text}`);

const { nodes } = fc.letrec<{ nodes: PolicyNode[]; node: PolicyNode }>((tie) => {
  const children = tie('nodes');
  const shaped = Object.keys(elementShapes).map((kind) => {
    const shape = elementShape(kind)!;
    const content: Record<string, fc.Arbitrary<unknown>> = { kind: fc.constant(kind), ...properties(shape) };
    const keys = ['kind', ...requiredOf(shape)];
    if (shape.text !== undefined) {
      content[shape.text] = value('text');
      keys.push(shape.text);
    }
    if (shape.container) {
      content.children = children;
      keys.push('children');
    }
    return fc.record(content, { requiredKeys: keys, noNullPrototype: true }) as unknown as fc.Arbitrary<PolicyNode>;
  });
  const choose: fc.Arbitrary<PolicyNode> = fc.record(
    {
      kind: fc.constant('choose' as const),
      whens: fc.array(fc.record({ kind: fc.constant('when' as const), condition: value('attribute'), children }), {
        minLength: 1,
        maxLength: 3,
      }),
      otherwise: fc.record({ kind: fc.constant('otherwise' as const), children }),
    },
    { requiredKeys: ['kind', 'whens'] },
  );
  const text = value('text').filter((candidate) => typeof candidate !== 'string' || candidate.trim() !== '');
  const attributes = fc.uniqueArray(fc.record({ name, value: value('attribute') }), {
    maxLength: 3,
    selector: (attribute) => attribute.name,
  });
  const other: fc.Arbitrary<PolicyNode> = fc.oneof(
    fc.record(
      { kind: fc.constant('other' as const), name, attributes, children: fc.constant([]), text },
      { requiredKeys: ['kind', 'name', 'attributes', 'children'] },
    ),
    fc.record({ kind: fc.constant('other' as const), name, attributes, children }),
  );
  return {
    node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...shaped, other, choose),
    nodes: fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'nodes' }),
  };
});

/** Any policy that can be written. */
export const policyDocuments: fc.Arbitrary<PolicyDocument> = fc.record({
  kind: fc.constant('policies' as const),
  inbound: nodes,
  backend: nodes,
  outbound: nodes,
  onError: nodes,
});

/** Any fragment that can be written. */
export const fragmentDocuments: fc.Arbitrary<FragmentDocument> = fc.record({
  kind: fc.constant('fragment' as const),
  children: nodes,
});
