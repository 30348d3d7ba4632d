import { FragmentDocument, PolicyDocument, PolicyNode } from '../../../lib/policy/policy-document';

/** A policy with one thing changed. */
export interface Mutant<T> {
  readonly name: string;
  readonly document: T;
}

type Change = { readonly name: string; readonly nodes: readonly PolicyNode[] };

/** Every policy or fragment that differs from the given one in one of the listed ways. */
export function mutantsOf<T extends PolicyDocument | FragmentDocument>(place: string, document: T): Mutant<T>[] {
  if (document.kind === 'fragment') {
    return changes(document.children, place).map(({ name, nodes }) => ({
      name,
      document: { ...document, children: nodes },
    }));
  }
  return (['inbound', 'backend', 'outbound', 'onError'] as const).flatMap((section) =>
    changes(document[section], `${place}/${section}`).map(({ name, nodes }) => ({
      name,
      document: { ...document, [section]: nodes },
    })),
  );
}

/** The backends of a text, each in place of the next. */
const backendIds = (nodes: readonly PolicyNode[]): string[] => [
  ...new Set([...JSON.stringify(nodes).matchAll(/"backendId":"([^"]+)"/g)].map((match) => match[1]!)),
];

function changes(nodes: readonly PolicyNode[], place: string, ids: readonly string[] = backendIds(nodes)): Change[] {
  return nodes.flatMap((node, index) => {
    const at = `${place}/${node.kind === 'other' ? node.name : node.kind}[${index}]`;
    const replaced = (other: readonly PolicyNode[]): readonly PolicyNode[] => [
      ...nodes.slice(0, index),
      ...other,
      ...nodes.slice(index + 1),
    ];
    return [
      { name: `${at} removed`, nodes: replaced([]) },
      ...inside(node, at, ids).map(({ name, nodes: [changed] }) => ({ name, nodes: replaced([changed!]) })),
    ];
  });
}

function inside(node: PolicyNode, at: string, ids: readonly string[]): Change[] {
  switch (node.kind) {
    case 'choose':
      return node.whens.flatMap((when, index) => {
        const whens = (changed: typeof node.whens): Change['nodes'] => [{ ...node, whens: changed }];
        const others = node.whens.filter((_, position) => position !== index);
        const put = (changed: typeof when): Change['nodes'] =>
          whens(node.whens.map((candidate, position) => (position === index ? changed : candidate)));
        return [
          ...(others.length > 0 ? [{ name: `${at}/when[${index}] dropped`, nodes: whens(others) }] : []),
          { name: `${at}/when[${index}] always`, nodes: put({ ...when, condition: { expression: '(true)' } }) },
          ...changes(when.children, `${at}/when[${index}]`, ids).map(({ name, nodes }) => ({
            name,
            nodes: put({ ...when, children: nodes }),
          })),
        ];
      });
    case 'retry':
      return [
        { name: `${at} never again`, nodes: [{ ...node, condition: { expression: '(false)' } }] },
        { name: `${at} without bound`, nodes: [{ ...node, condition: { expression: '(true)' } }] },
        ...changes(node.children, at, ids).map(({ name, nodes }) => ({ name, nodes: [{ ...node, children: nodes }] })),
      ];
    case 'set-backend-service': {
      const id = String(node.backendId);
      const other = ids[(ids.indexOf(id) + 1) % ids.length]!;
      return other === id ? [] : [{ name: `${at} to ${other}`, nodes: [{ ...node, backendId: other }] }];
    }
    case 'set-variable':
      // `value="@(0)"` is a number, `value="0"` a text: the cast to int fails at the first call that needs it.
      return typeof node.value !== 'string' && /^\((-?\d+)\)$/.test(node.value.expression)
        ? [{ name: `${at} as text`, nodes: [{ ...node, value: node.value.expression.slice(1, -1) }] }]
        : [];
    default:
      return [];
  }
}
