import { parseFragment, parsePolicy, PolicyReading } from '../../policy/parse-policy';
import { FragmentDocument, PolicyDocument } from '../../policy/policy-document';
import { SynthesisedConfiguration, SynthesisedResource } from './configuration';
import {
  attributeMissing,
  attributeUnresolved,
  instancesUnreadable,
  notText,
  policyUnreadable,
  resourceNotRead,
} from './errors';
import { StandIns } from './stand-ins';
import { templateParts } from './template-text';

/** Reads the attributes of resources; what is wrong with them is gathered, so that all of it is said at once. */
export class ResourceReader {
  constructor(
    readonly configuration: SynthesisedConfiguration,
    readonly standIns: StandIns,
    readonly problems: string[],
  ) {}

  /** Whether a resource stands for exactly one instance with the blocks that are written in it. */
  isSingle(resource: SynthesisedResource): boolean {
    const argument = ['for_each', 'count', 'dynamic'].find((name) => resource.values[name] !== undefined);
    if (argument !== undefined && resource.values.count !== 0) {
      this.problems.push(instancesUnreadable(resource.address, argument));
    }
    return argument === undefined;
  }

  /** The text of an attribute; empty, and a problem, if it is missing or not in the file. */
  required(resource: SynthesisedResource, attribute: string): string {
    const text = this.optional(resource, attribute);
    if (text === undefined && (resource.values[attribute] ?? null) === null) {
      this.problems.push(attributeMissing(resource.address, attribute));
    }
    return text ?? '';
  }

  /** The text of an attribute, or undefined if it is missing; a problem if it is not in the file. */
  optional(resource: SynthesisedResource, attribute: string): string | undefined {
    const value = resource.values[attribute] ?? undefined;
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'string') {
      this.problems.push(notText(resource.address, attribute, value));
      return undefined;
    }
    let isKnown = true;
    const text = this.configuration.fill(value, () => {
      isKnown = false;
      return '';
    });
    if (!isKnown) {
      this.problems.push(attributeUnresolved(resource.address, attribute, value));
      return undefined;
    }
    return text;
  }

  boolean(resource: SynthesisedResource, attribute: string, fallback: boolean): boolean {
    const value = resource.values[attribute] ?? fallback;
    return typeof value === 'string' ? this.required(resource, attribute) === 'true' : value === true;
  }

  /** The policy in an attribute; undefined, and a problem, if there is none that can be read. */
  policy(resource: SynthesisedResource): PolicyDocument | undefined {
    if (typeof resource.values.xml_link === 'string') {
      const reason = 'xml_link is not read; write the policy in xml_content';
      this.problems.push(resourceNotRead(resource.address, reason));
      return undefined;
    }
    return this.document(resource, 'xml_content', parsePolicy);
  }

  fragment(resource: SynthesisedResource): FragmentDocument | undefined {
    return this.document(resource, 'value', parseFragment);
  }

  private document<Document>(
    resource: SynthesisedResource,
    attribute: string,
    parse: (text: string) => PolicyReading<Document>,
  ): Document | undefined {
    const given = resource.values[attribute];
    if (typeof given !== 'string') {
      this.problems.push(attributeMissing(resource.address, attribute));
      return undefined;
    }
    const text = this.configuration.fill(given, (expression) => this.standIns.of(expression, resource.address));
    const reading = parse(text);
    if ('document' in reading) {
      return reading.document;
    }
    const parts = templateParts(given);
    if (parts.length === 1 && 'expression' in parts[0]!) {
      this.problems.push(attributeUnresolved(resource.address, attribute, given));
    } else {
      reading.problems.forEach((problem) => this.problems.push(policyUnreadable(resource.address, problem)));
    }
    return undefined;
  }
}
