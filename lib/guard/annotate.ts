import { IConstruct } from 'constructs';
import { describeFinding } from '../rules/describe-finding';
import { Finding } from '../rules/finding';
import { findConstruct } from './host';
import { StackInspection } from './stack-inspection';

/** Metadata type by which the framework knows an error annotation. */
export const ERROR_ANNOTATION = '@cdktf/error';

const ANNOTATION_TYPES = { error: ERROR_ANNOTATION, warning: '@cdktf/warn', note: '@cdktf/info' } as const;

/**
 * Writes the findings as annotations of the constructs they are about.
 * The metadata is written directly: `Annotations.addError` would add a stack trace of the framework's own frames.
 */
export function annotate(inspection: StackInspection): void {
  for (const finding of inspection.findings) {
    const construct = constructOf(finding, inspection);
    const type = finding.waived ? ANNOTATION_TYPES.note : ANNOTATION_TYPES[finding.severity];
    const text = describeFinding(finding);
    // Synthesis may run more than once on one tree, and metadata only ever grows.
    if (!construct.node.metadata.some((entry) => entry.type === type && entry.data === text)) {
      construct.node.addMetadata(type, text);
    }
  }
}

/** A finding about another stack stands with the inspected one: the other's annotations may have been collected already. */
function constructOf(finding: Finding, { stack }: StackInspection): IConstruct {
  const construct = findConstruct(stack, finding.resource.constructPath);
  return construct?.node.scopes.includes(stack) ? construct : stack;
}
