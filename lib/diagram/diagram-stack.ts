import { RuleContext } from '../rules/rule';
import { DeclaredNames } from './declared-names';

/** One stack of a diagram: what it says, and what its models are judged by. */
export interface DiagramStack {
  /** Its name, or the file it was read from: tells resources of the same address apart. */
  readonly name: string;
  readonly context: RuleContext;
  readonly names: DeclaredNames;
}
