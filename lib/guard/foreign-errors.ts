import { IConstruct } from 'constructs';
import { describeFinding } from '../rules/describe-finding';
import { ERROR_ANNOTATION } from './annotate';
import { StackInspection } from './stack-inspection';

/** Error annotations in the tree that are not the guard's: whoever replaces the framework's exception repeats them. */
export function foreignErrors(root: IConstruct, inspections: readonly StackInspection[]): string[] {
  const own = new Set(inspections.flatMap(({ findings }) => findings.map((finding) => describeFinding(finding))));
  return root.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter(({ type, data }) => type === ERROR_ANNOTATION && !own.has(String(data)))
        .map(({ data }) => `[${node.node.path}] ${String(data)}`),
    );
}
