import { policyNodes } from './node-reader';
import { FragmentDocument, PolicyDocument, PolicyNode, policySections, PolicySection } from './policy-document';
import { XmlElement } from './xml-element';
import { PolicyForm, UnreadableXml, XmlReader } from './xml-reader';

/** A document, or why there is none: what is wrong and on which line. */
export type PolicyReading<Document> = { readonly document: Document } | { readonly problems: readonly string[] };

/**
 * Reads a policy, well-formed or in API Management's raw form, where C# stands unescaped in attributes and text.
 * Comments are dropped. Never throws; what it accepts need not be right (`policyProblems` tells).
 */
export function parsePolicy(text: string, form?: PolicyForm): PolicyReading<PolicyDocument> {
  return parse(text, form, 'policies', policyDocument);
}

/** As `parsePolicy`, for a policy fragment. */
export function parseFragment(text: string, form?: PolicyForm): PolicyReading<FragmentDocument> {
  return parse(text, form, 'fragment', (root) => ({ kind: 'fragment', children: policyNodes(root) }));
}

function parse<Document>(
  text: string,
  form: PolicyForm | undefined,
  rootName: string,
  documentOf: (root: XmlElement, problem: (reason: string, offset: number) => void) => Document,
): PolicyReading<Document> {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const problems: string[] = [];
  const problem = (reason: string, offset: number): void => {
    problems.push(`line ${lineOf(plain, offset)}: ${reason}`);
  };
  const root = new XmlReader(plain, form).read();
  if (root instanceof UnreadableXml) {
    problem(root.reason, root.offset);
    return { problems };
  }
  if (root.name !== rootName) {
    problem(`the root element is <${root.name}>; <${rootName}> is expected`, root.offset);
    return { problems };
  }
  if (root.text.trim() !== '') {
    problem(`<${rootName}> holds text of its own; it takes elements only`, root.offset);
  }
  const document = documentOf(root, problem);
  return problems.length === 0 ? { document } : { problems };
}

function policyDocument(root: XmlElement, problem: (reason: string, offset: number) => void): PolicyDocument {
  const sections = new Map<PolicySection, readonly PolicyNode[]>();
  for (const element of root.children) {
    const section = policySections.find((name) => name === element.name);
    if (section === undefined) {
      problem(`<policies> holds <${element.name}>; its sections are ${policySections.join(', ')}`, element.offset);
    } else if (sections.has(section)) {
      problem(`<policies> holds a second <${section}>; merge the two`, element.offset);
    } else if (element.text.trim() !== '') {
      problem(`<${section}> holds text of its own; it takes elements only`, element.offset);
    } else {
      sections.set(section, policyNodes(element));
    }
  }
  return {
    kind: 'policies',
    inbound: sections.get('inbound') ?? [],
    backend: sections.get('backend') ?? [],
    outbound: sections.get('outbound') ?? [],
    onError: sections.get('on-error') ?? [],
  };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}
