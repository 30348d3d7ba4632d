import { valuesOf } from './node-values';
import { FragmentDocument, PolicyDocument, PolicyNode, PolicyValue } from './policy-document';
import { allNodes, childLists, documentLists, NodeList, placed } from './policy-walk';
import { VariableAssignment, variableAssignments, variableNamed, VariableRead, variableReads } from './variable-use';

/** What is known of the variables at a point of the pipeline. */
interface Known {
  /** Set whatever happened before. */
  readonly certain: Set<string>;
  /** Set on some way to here. */
  readonly possible: Set<string>;
}

interface PlacedAssignment extends VariableAssignment {
  readonly place: string;
}

/**
 * Variables that are read before a policy sets them, or read as another type than they were given: a literal is always
 * a string, and casting it to a number answers the caller with 500
 * (https://learn.microsoft.com/azure/api-management/set-variable-policy#usage-notes).
 *
 * @param elsewhere variables that other scopes or fragments set before
 */
export function variableProblems(
  document: PolicyDocument | FragmentDocument,
  elsewhere: readonly string[] = [],
): string[] {
  return new VariableFlow(document, elsewhere).problems();
}

class VariableFlow {
  private readonly found = new Set<string>();
  private readonly assignments = new Map<string, PlacedAssignment[]>();

  constructor(
    private readonly document: PolicyDocument | FragmentDocument,
    private readonly elsewhere: readonly string[],
  ) {
    for (const { node, place } of allNodes(document)) {
      for (const assignment of variableAssignments(node)) {
        const others = this.assignments.get(assignment.name) ?? [];
        this.assignments.set(assignment.name, [...others, { ...assignment, place }]);
      }
    }
  }

  public problems(): string[] {
    let known: Known = { certain: new Set(this.elsewhere), possible: new Set(this.elsewhere) };
    for (const list of documentLists(this.document)) {
      // An error may come from anywhere: on-error can count on nothing that the sections before it set.
      const start = list.section === 'on-error' ? new Set(this.elsewhere) : known.certain;
      known = { certain: start, possible: known.possible };
      this.visitList(list, known);
    }
    return [...this.found];
  }

  /** Walks a list in order, adds what it sets to what is known, and says whether it ends the pipeline. */
  private visitList(list: NodeList, known: Known): boolean {
    let ends = false;
    for (const { node, place } of placed(list)) {
      ends = this.visit(node, place, known) || ends;
    }
    return ends;
  }

  private visit(node: PolicyNode, place: string, known: Known): boolean {
    if (node.kind === 'choose') {
      return this.visitChoose(node, place, known);
    }
    if (node.kind === 'retry') {
      this.rememberLoop(node.children, known);
      const ends = this.visitList({ nodes: node.children, place }, known);
      this.checkValues(node, place, known);
      return ends;
    }
    this.checkValues(node, place, known);
    childLists(node, place).forEach((list) => this.visitList(list, known));
    for (const { name, certain } of variableAssignments(node)) {
      known.possible.add(name);
      if (certain) {
        known.certain.add(name);
      }
    }
    return node.kind === 'return-response';
  }

  private visitChoose(node: Extract<PolicyNode, { kind: 'choose' }>, place: string, known: Known): boolean {
    const outcomes: Set<string>[] = [];
    node.whens.forEach((when, index) => {
      const reads = variableReads(when.condition);
      this.checkReads(reads, `${place}/when[${index}]`, known);
      const asked = reads.filter(({ asking }) => asking).map(({ name }) => name);
      const branch = { certain: new Set([...known.certain, ...asked]), possible: known.possible };
      if (!this.visitList({ nodes: when.children, place: `${place}/when[${index}]` }, branch)) {
        outcomes.push(branch.certain);
      }
    });
    const otherwise = { certain: new Set(known.certain), possible: known.possible };
    const ends = this.visitList({ nodes: node.otherwise?.children ?? [], place: `${place}/otherwise` }, otherwise);
    if (!ends) {
      outcomes.push(otherwise.certain);
    }
    const [first, ...rest] = outcomes;
    for (const name of first ?? []) {
      if (rest.every((outcome) => outcome.has(name))) {
        known.certain.add(name);
      }
    }
    return first === undefined;
  }

  /** From its second round on, a retry sees what the first one set. */
  private rememberLoop(children: readonly PolicyNode[], known: Known): void {
    for (const child of children) {
      variableAssignments(child).forEach(({ name }) => known.possible.add(name));
      childLists(child, '').forEach(({ nodes }) => this.rememberLoop(nodes, known));
    }
  }

  private checkValues(node: PolicyNode, place: string, known: Known): void {
    this.checkReads(variableNamed(node), place, known);
    for (const { value } of valuesOf(node)) {
      this.checkValue(value, place, known);
    }
  }

  private checkValue(value: PolicyValue, place: string, known: Known): void {
    this.checkReads(variableReads(value), place, known);
  }

  private checkReads(reads: readonly VariableRead[], place: string, known: Known): void {
    const asked = new Set(reads.filter(({ asking }) => asking).map(({ name }) => name));
    for (const read of reads.filter(({ asking }) => !asking)) {
      if (!known.possible.has(read.name)) {
        this.found.add(
          `${place} reads the variable ${read.name}, which nothing sets before; set it earlier, or name it among the variables set elsewhere`,
        );
      } else if (read.demanding && !known.certain.has(read.name) && !asked.has(read.name)) {
        this.found.add(
          `${place} reads the variable ${read.name}, which is not set on every way there, and fails without it; ` +
            `read it with GetValueOrDefault, or set it on every way`,
        );
      }
      this.checkType(read, place);
    }
  }

  private checkType(read: VariableRead, place: string): void {
    for (const given of this.assignments.get(read.name) ?? []) {
      if (read.type !== undefined && given.type !== undefined && given.type !== read.type) {
        const fix = given.literal
          ? `a literal is always a string, write an expression such as @(${read.type === 'bool' ? 'false' : '0'})`
          : `read it as ${given.type}`;
        this.found.add(
          `${place} reads the variable ${read.name} as ${read.type}, but ${given.place} makes it a ${given.type}; ${fix}`,
        );
      }
    }
  }
}
