import { AccountTraffic } from './account-traffic';
import { alreadyExists, AzureError, cannotDeleteResource, parentResourceNotFound } from './azure-error';
import { ProviderSchema } from './azurerm-schema';
import { settleUnknowns, stableGuid } from './computed-values';
import { resourceKinds } from './kinds';
import { armId } from './paths';
import { planChange } from './planning';
import { AzureStore, ResourceKind } from './resource-kind';
import { conform } from './schema';
import { canonical, UNKNOWN, ValueObject } from './value-encoding';

/** One call that changed something, or was refused. */
export interface Operation {
  readonly action: 'create' | 'update' | 'delete';
  /** Resource type in Terraform's words, such as `azurerm_cognitive_deployment`. */
  readonly type: string;
  readonly id: string;
  /** Last segment of the id. */
  readonly name: string;
  /** Places in the one sequence of all starts and ends: `a.finished < b.started` means that b waited for a. */
  readonly started: number;
  readonly finished: number;
  /** Azure's error code, or the provider's message, when it was refused. */
  readonly refused?: string;
}

/** A model version that Azure no longer deploys. */
export interface RetiredModel {
  readonly name: string;
  readonly version: string;
  /** Only this SKU is retired. @default every SKU */
  readonly sku?: string;
  /** As Azure writes it. @default '03/31/2026 00:00:00' */
  readonly since?: string;
}

interface StoredResource {
  readonly type: string;
  readonly attributes: ValueObject;
}

/** One subscription, in memory: what exists, what was done in which order, and what it refuses. */
export class FakeAzure implements AzureStore {
  /** The provider's configuration may name another one. */
  subscription = '00000000-0000-0000-0000-000000000001';
  readonly tenant = '00000000-0000-0000-0000-000000000002';
  /** How long a change takes. What Terraform starts together should overlap, also on a busy machine. */
  operationMilliseconds = 40;
  /** Every operation, in the order in which they ended. */
  readonly operations: Operation[] = [];
  private readonly resources = new Map<string, StoredResource>();
  private readonly retired: RetiredModel[] = [];
  private clock = 0;
  private readonly traffic = new AccountTraffic(() => ++this.clock);

  constructor(private readonly schema: ProviderSchema) {}

  /** From now on deploying or changing a deployment of this model is refused; what exists stays. */
  retire(model: RetiredModel): void {
    this.retired.push(model);
  }

  /** Puts something there that Terraform did not create, and answers its id. */
  seed(type: string, attributes: ValueObject): string {
    const kind = kindOf(type);
    const { planned } = planChange(kind, this.blockOf(type), null, conform(this.blockOf(type), attributes));
    return String(this.put(type, kind, this.identified(kind, planned)).id);
  }

  find(type: string, id: string): ValueObject | undefined {
    return this.resources.get(key(type, id))?.attributes;
  }

  all(type: string): ValueObject[] {
    return [...this.resources.values()].filter((each) => each.type === type).map(({ attributes }) => attributes);
  }

  amend(type: string, id: string, attributes: ValueObject): void {
    Object.assign(this.find(type, id) ?? {}, attributes);
  }

  forget(type: string, id: string): void {
    this.resources.delete(key(type, id));
  }

  retiredSince(name: string, version: string, sku: string): string | undefined {
    const match = this.retired.find(
      (model) => model.name === name && model.version === version && (model.sku ?? sku) === sku,
    );
    return match && (match.since ?? '03/31/2026 00:00:00');
  }

  /** @throws Error when it exists already, AzureError when Azure refuses */
  async create(type: string, planned: ValueObject): Promise<ValueObject> {
    const kind = kindOf(type);
    const identified = this.identified(kind, planned);
    return this.operate('create', type, kind, identified, () => {
      if (this.find(type, String(identified.id))) {
        throw alreadyExists(type, String(identified.id));
      }
      return this.put(type, kind, identified);
    });
  }

  /** @throws AzureError when Azure refuses */
  async update(type: string, planned: ValueObject): Promise<ValueObject> {
    const kind = kindOf(type);
    return this.operate('update', type, kind, planned, () => this.put(type, kind, planned));
  }

  /** @throws AzureError when Azure refuses */
  async remove(type: string, prior: ValueObject): Promise<void> {
    const kind = kindOf(type);
    await this.operate('delete', type, kind, prior, () => {
      const nested = [...this.resources.values()].filter((resource) => isPartOf(resource, prior));
      if (nested.length > 0) {
        throw cannotDeleteResource(nested.map(({ attributes }) => String(attributes.id)));
      }
      kind.refuseDeletion?.(prior, this);
      this.forget(type, String(prior.id));
      kind.afterDelete?.(prior, this);
      return prior;
    });
  }

  private put(type: string, kind: ResourceKind, sent: ValueObject): ValueObject {
    const parent = kind.parent && String(sent[kind.parent]);
    if (parent && !this.exists(parent)) {
      throw parentResourceNotFound(parent);
    }
    kind.refuse?.(sent, this);
    const answered = { ...sent, ...kind.azureAnswers?.(sent, this) };
    const attributes = settleUnknowns(this.blockOf(type), answered, String(sent.id));
    this.resources.set(key(type, String(sent.id)), { type, attributes });
    kind.afterWrite?.(attributes, this);
    return attributes;
  }

  /** A name that nobody gave is a GUID, the same one for the same contents (role assignments, API subscriptions). */
  private identified(kind: ResourceKind, planned: ValueObject): ValueObject {
    const named = { ...planned };
    for (const [, name] of kind.id.matchAll(/\{(\w+)\}/g)) {
      if (named[name] === UNKNOWN) {
        named[name] = stableGuid(canonical(planned));
      }
    }
    return { ...named, id: armId(kind.id, named, this.subscription) };
  }

  private exists(id: string): boolean {
    return [...this.resources.values()].some(
      ({ attributes }) => String(attributes.id).toLowerCase() === id.toLowerCase(),
    );
  }

  private blockOf(type: string) {
    return this.schema.resources[type].block;
  }

  private async operate(
    action: Operation['action'],
    type: string,
    kind: ResourceKind,
    attributes: ValueObject,
    effect: () => ValueObject,
  ): Promise<ValueObject> {
    const id = String(attributes.id);
    // A private endpoint may be changed or deleted at any time.
    const rule =
      kind.whileAccountIsBusy === 'AccountProvisioningStateInvalid' && action !== 'create'
        ? undefined
        : kind.whileAccountIsBusy;
    let started = ++this.clock;
    let finished = false;
    const finish = (error?: Error) => {
      finished = true;
      const refused = error instanceof AzureError ? error.code : error?.message;
      const name = id.split(/[/|]/).pop()!;
      const entry = { action, type, id, name, started, finished: ++this.clock };
      this.operations.push(refused === undefined ? entry : { ...entry, refused });
    };
    try {
      return await this.traffic.run(
        kind.account?.(attributes),
        rule,
        async () => {
          started = ++this.clock;
          await new Promise((resolve) => setTimeout(resolve, this.operationMilliseconds));
        },
        () => {
          const result = effect();
          finish();
          return result;
        },
      );
    } catch (error) {
      if (!finished) {
        finish(error as Error);
      }
      throw error;
    }
  }
}

function key(type: string, id: string): string {
  return `${type}|${id.toLowerCase()}`;
}

function kindOf(type: string): ResourceKind {
  if (!Object.hasOwn(resourceKinds, type)) {
    throw new Error(`the stand-in provider knows nothing of ${type}: describe it in test/support/terraform/kinds`);
  }
  return resourceKinds[type];
}

/** A customer-managed key has the id of its account, so an id alone does not make a parent. */
function isPartOf({ type, attributes }: StoredResource, parent: ValueObject): boolean {
  const { parent: reference } = kindOf(type);
  return (
    reference !== undefined &&
    String(attributes.id)
      .toLowerCase()
      .startsWith(`${String(parent.id).toLowerCase()}/`) &&
    parent[reference] === undefined
  );
}
