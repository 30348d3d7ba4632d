import { parseFragment, parsePolicy, PolicyReading } from '../policy/parse-policy';
import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { PolicyForm } from '../policy/xml-reader';
import { isTemplate, templateParts } from './expression-text';

/** Around the number of an expression of Terraform: letters that mean nothing to XML, C# or API Management. */
const OPENS = '\ue000';
const CLOSES = '\ue001';
const HELD = /\ue000(\d+)\ue001/g;

/** A policy's text with Terraform's expressions taken out, so that what they contain cannot break the XML around them. */
export class PolicyText {
  private constructor(
    readonly text: string,
    private readonly expressions: readonly string[],
  ) {}

  static of(template: string): PolicyText | undefined {
    if (!isTemplate(template)) {
      return new PolicyText(template, []);
    }
    const parts = templateParts(template);
    if (parts === undefined || !parts.some((part) => part.kind === 'text' && part.text.trim() !== '')) {
      return undefined;
    }
    const expressions: string[] = [];
    const text = parts.map((part) =>
      part.kind === 'text' ? part.text : `${OPENS}${expressions.push(part.text) - 1}${CLOSES}`,
    );
    return new PolicyText(text.join(''), expressions);
  }

  /** The text with the expressions in their places. */
  restore(text: string): string {
    return text.replace(HELD, (held, index: string) => {
      const expression = this.expressions[Number(index)];
      return expression === undefined ? held : `\${${expression}}`;
    });
  }
}

/** Whether an expression of Terraform was taken out of a part of such a text. */
export function holdsExpression(text: string): boolean {
  return text.includes(OPENS);
}

/** A policy or fragment that was read. */
export interface ReadPolicy<Document> {
  readonly source: PolicyText;
  readonly document: Document;
}

/** Why there is nothing to read, as a sentence about the policy. */
export interface UnreadPolicy {
  readonly reason: string;
}

export type PolicyRead<Document> = ReadPolicy<Document> | UnreadPolicy;

/** Reads the policies of one stack, each text once. */
export class PolicyTexts {
  private readonly policies = new Map<string, PolicyRead<PolicyDocument>>();
  private readonly fragments = new Map<string, PolicyRead<FragmentDocument>>();

  policy(template: string): PolicyRead<PolicyDocument> {
    return once(this.policies, template, () => read(template, parsePolicy));
  }

  fragment(template: string): PolicyRead<FragmentDocument> {
    return once(this.fragments, template, () => read(template, parseFragment));
  }
}

export function isRead<Document>(policy: PolicyRead<Document>): policy is ReadPolicy<Document> {
  return 'document' in policy;
}

/** The document with Terraform's expressions replaced by what they stand for; texts that hold none stay the same objects. */
export function filledIn<Document extends object>(
  { document, source }: ReadPolicy<Document>,
  fill: (text: string) => string,
): Document {
  return source.text.includes(OPENS) ? (fillIn(document, (text) => fill(source.restore(text))) as Document) : document;
}

function fillIn(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return value.includes(OPENS) ? fill(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => fillIn(item, fill));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillIn(inner, fill)]))
    : value;
}

function read<Document>(
  template: string,
  parse: (text: string, form?: PolicyForm) => PolicyReading<Document>,
): PolicyRead<Document> {
  const source = PolicyText.of(template);
  if (source === undefined) {
    return { reason: 'is not known before Terraform runs' };
  }
  const reading = parse(source.text);
  if ('document' in reading) {
    return { source, document: reading.document };
  }
  // In a plan stands what the state has where nothing changes.
  const readBack = parse(source.text, 'read-back');
  return 'document' in readBack
    ? { source, document: readBack.document }
    : { reason: `cannot be read: ${source.restore(reading.problems[0]!)}` };
}

function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
