/** What a plan does to one resource, as `terraform show -json` names it. */
export type ResourceAction = 'no-op' | 'create' | 'read' | 'update' | 'delete';

/** One entry of `resource_changes`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    /** Two actions are a replacement, in the order in which they happen. */
    readonly actions: readonly ResourceAction[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: { readonly id: string };
  };
}

interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
  readonly planned_values?: { readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>> };
}

/** A plan in its published JSON format, https://developer.hashicorp.com/terraform/internals/json-format. */
export class TerraformPlan {
  readonly resourceChanges: readonly ResourceChange[];

  constructor(private readonly json: PlanDocument) {
    this.resourceChanges = json.resource_changes ?? [];
  }

  /** Planned outputs by name; `undefined` where a value is not known yet. */
  get outputs(): Readonly<Record<string, unknown>> {
    const outputs = Object.entries(this.json.planned_values?.outputs ?? {});
    return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
  }

  /** What is not left as it is, resources that are only imported included. */
  get changes(): readonly ResourceChange[] {
    return this.resourceChanges.filter(
      ({ change }) => change.importing !== undefined || !['no-op', 'read'].includes(change.actions.join()),
    );
  }

  /** Whether applying it would do nothing. */
  get isEmpty(): boolean {
    return this.changes.length === 0;
  }

  /** Address and actions of what changes: `azurerm_cognitive_deployment.chat: create, delete`. */
  get summary(): readonly string[] {
    return this.changes.map(
      ({ address, change }) => `${address}: ${change.importing ? 'import, ' : ''}${change.actions.join(', ')}`,
    );
  }

  ofType(type: string): readonly ResourceChange[] {
    return this.resourceChanges.filter((change) => change.type === type);
  }
}
