import { Attribute } from './attribute';
import { DeploymentFact } from './facts';
import { property } from './json';
import { ResourceChange, StateResource } from './plan-document';

/** The resource that an expression for an account leads to: `${module.a["eu"].azurerm_cognitive_account.this.id}`. */
const REFERENCE = /^\$\{(?<address>(?:[^"{}]|"(?:[^"\\]|\\.)*")+?)(?:\.[A-Za-z_]\w*)?\}$/;

/** Expressions that mean something else for every instance, or nothing that could be compared. */
const OF_THE_INSTANCE = /\b(?:each|count|self|var|local)\./;

/** Tells deployments of Azure apart, whatever they are called in Terraform. */
export class DeploymentCoordinates {
  /** @param accounts ids of accounts by the address that declares them */
  constructor(private readonly accounts: ReadonlyMap<string, string> = new Map()) {}

  /** The same text for one deployment of Azure on both sides of a change; `undefined` where a part of it is not known. */
  of({ account, deployment, declaredBy, origin }: DeploymentFact): string | undefined {
    const name = deployment.state === 'known' ? deployment.value.toLowerCase() : undefined;
    // A template names the account within its resource group, and may be deployed to several.
    const at = declaredBy === 'template' ? `${origin.address} ${JSON.stringify(account)}` : this.accountKey(account);
    return at === undefined || name === undefined ? undefined : JSON.stringify([at, name]);
  }

  private accountKey(account: Attribute): string | undefined {
    if (account.state === 'known') {
      return comparable(account.value);
    }
    const address = accountAddress(account);
    if (address === undefined) {
      return undefined;
    }
    const id = this.accounts.get(address);
    return id === undefined ? `address ${address}` : comparable(id);
  }
}

/** Address of the resource that an account's id follows from, where its id is not known yet. */
export function accountAddress(account: Attribute): string | undefined {
  const address = account.state === 'unknown' ? REFERENCE.exec(account.expression)?.groups!.address : undefined;
  return address === undefined || OF_THE_INSTANCE.test(address) ? undefined : address;
}

/** The ids of everything in a plan that has one, by address; of what is replaced, the id before. */
export function accountIdsOf(resources: Iterable<ResourceChange | StateResource>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const resource of resources) {
    const id = 'values' in resource ? property(resource.values, 'id') : idOf(resource);
    if (typeof id === 'string' && id !== '' && !('deposed' in resource && resource.deposed !== undefined)) {
      ids.set(resource.address, id);
    }
  }
  return ids;
}

function idOf({ before, after }: ResourceChange): unknown {
  return property(after, 'id') ?? property(before, 'id');
}

/** Azure compares resource ids without case. */
function comparable(id: string): string {
  return id.trim().replace(/\/+$/, '').toLowerCase();
}
