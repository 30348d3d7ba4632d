import { OpaqueFact } from '../facts/facts';
import { accountPlace, idKey } from './account-id';
import { DeclaredDeployment, declaredDeployments, DeclaringInput } from './declared-deployment';
import { Drift, driftOf } from './drift';
import { LiveDeployment, LiveInventory } from './live-deployment';

/**
 * Whether code declares a live deployment. `uncertain`: none is known to, and something in the code may, for it cannot be
 * read. `not-compared`: there was no code to compare with.
 */
export type DeclaredState = 'declared' | 'undeclared' | 'uncertain' | 'not-compared';

/** A place in the code. */
export interface DeclaredPlace {
  readonly input: string;
  readonly address: string;
}

/** A live deployment as the code has it. */
export interface ComparedDeployment {
  readonly live: LiveDeployment;
  readonly declared: DeclaredState;
  /** What declares it; where that is uncertain, what may. */
  readonly places: readonly DeclaredPlace[];
  /** `name`: the code names the account without its id, and only one account that was read is called so. */
  readonly matchedBy?: 'id' | 'name';
  /** Whether a plan among the inputs ends it. @default false */
  readonly isRemoved?: boolean;
  /** Whether a plan among the inputs lets go of it, so that nothing declares it then. @default false */
  readonly isForgotten?: boolean;
  readonly drift: readonly Drift[];
}

/** A deployment that the code has and Azure has not. */
export interface MissingDeployment {
  readonly declaration: DeclaredDeployment;
  /** ARM id of the account. */
  readonly accountId: string;
  /** Whether Azure lists the account; where it does not, it is gone or cannot be seen. */
  readonly isAccountListed: boolean;
}

/** A live inventory beside what code declares. */
export interface Comparison {
  /** One for each live deployment, in their order. */
  readonly deployments: readonly ComparedDeployment[];
  readonly missing: readonly MissingDeployment[];
}

/** Places that may declare a deployment are told up to this many. */
const MOST_PLACES = 3;

/** Compares what is with what is declared, by account and name, both without case. */
export function compareInventory(inventory: LiveInventory, inputs: readonly DeclaringInput[]): Comparison {
  if (inputs.length === 0) {
    return {
      deployments: inventory.deployments.map((live) => ({ live, declared: 'not-compared', places: [], drift: [] })),
      missing: [],
    };
  }
  const index = new DeclarationIndex(inventory, inputs);
  return { deployments: inventory.deployments.map((live) => index.compare(live)), missing: index.missing() };
}

/** Finds what declares a deployment without looking at everything that is declared. */
class DeclarationIndex {
  private readonly byId = new Map<string, DeclaredDeployment[]>();
  private readonly byName = new Map<string, DeclaredDeployment[]>();
  /** What an unknown part leaves open, by what is known of it. */
  private readonly openNames = new Map<string, DeclaredDeployment[]>();
  private readonly openAccounts: DeclaredDeployment[] = [];
  private readonly idsByName = new Map<string, Set<string>>();
  private readonly liveKeys: ReadonlySet<string>;
  private readonly unread: ReadonlySet<string>;
  private readonly readAccounts: ReadonlySet<string>;
  private readonly readSubscriptions: ReadonlySet<string>;
  private readonly declarations: readonly DeclaredDeployment[];
  private readonly opaque: readonly DeclaredPlace[];

  constructor(inventory: LiveInventory, inputs: readonly DeclaringInput[]) {
    const { accounts, deployments, unread, subscriptions } = inventory;
    this.liveKeys = new Set(deployments.map(({ accountId, name }) => keyOf(idKey(accountId), name.toLowerCase())));
    this.unread = new Set(unread.map(({ id }) => idKey(id)));
    this.readAccounts = new Set(accounts.map(idKey));
    this.readSubscriptions = new Set(subscriptions.map((id) => id.toLowerCase()));
    for (const id of accounts) {
      const name = accountPlace(id)?.account.toLowerCase() ?? '';
      this.idsByName.set(name, (this.idsByName.get(name) ?? new Set()).add(idKey(id)));
    }
    this.declarations = declaredDeployments(inputs);
    this.declarations.forEach((declaration) => this.add(declaration));
    this.opaque = inputs.flatMap(({ input, facts }) => facts.opaque.map((fact) => opaquePlace(input, fact)));
  }

  compare(live: LiveDeployment): ComparedDeployment {
    const name = live.name.toLowerCase();
    const certain = this.byId.get(keyOf(idKey(live.accountId), name)) ?? [];
    if (certain.length > 0) {
      return declared(live, certain, 'id');
    }
    const account = live.account.toLowerCase();
    const named = this.byName.get(keyOf(account, name)) ?? [];
    if (named.length > 0 && this.idsByName.get(account)?.size === 1) {
      return declared(live, named, 'name');
    }
    const open = [
      ...named,
      ...(this.openNames.get(idKey(live.accountId)) ?? []),
      ...(this.openNames.get(account) ?? []),
      ...this.openAccounts.filter((each) => each.name === undefined || each.name === name),
    ];
    const places = [...placesOf(open), ...this.opaque].slice(0, MOST_PLACES);
    return { live, declared: places.length > 0 ? 'uncertain' : 'undeclared', places, drift: [] };
  }

  /** What is said to stand on accounts that were read, and does not. */
  missing(): MissingDeployment[] {
    const told = new Set<string>();
    return this.declarations.flatMap((declaration) => {
      const { accountId, name, fate, fact } = declaration;
      if (accountId === undefined || name === undefined || fate !== 'stands' || fact.mayNotExist) {
        return [];
      }
      const key = keyOf(accountId, name);
      if (!this.wasRead(accountId) || this.liveKeys.has(key) || told.has(key)) {
        return [];
      }
      told.add(key);
      return [{ declaration, accountId, isAccountListed: this.readAccounts.has(accountId) }];
    });
  }

  /** An account that is gone is not listed: what counts then is that its subscription was read. */
  private wasRead(accountId: string): boolean {
    const subscription = accountPlace(accountId)?.subscriptionId.toLowerCase();
    return (
      !this.unread.has(accountId) &&
      (this.readAccounts.has(accountId) || (subscription !== undefined && this.readSubscriptions.has(subscription)))
    );
  }

  private add(declaration: DeclaredDeployment): void {
    const { accountId, accountName, name } = declaration;
    const account = accountId ?? accountName;
    if (declaration.isAccountCreated) {
      return;
    }
    if (account === undefined) {
      this.openAccounts.push(declaration);
    } else if (name === undefined) {
      push(this.openNames, account, declaration);
    } else {
      push(accountId === undefined ? this.byName : this.byId, keyOf(account, name), declaration);
    }
  }
}

function declared(
  live: LiveDeployment,
  declarations: readonly DeclaredDeployment[],
  matchedBy: 'id' | 'name',
): ComparedDeployment {
  const standing = declarations.filter(({ fate }) => fate === 'stands' || fate === 'planned');
  const isForgotten = declarations.some(({ fate }) => fate === 'forgotten');
  const [first] = standing;
  return {
    live,
    declared: 'declared',
    places: placesOf(standing.length > 0 ? standing : declarations),
    matchedBy,
    ...(first === undefined && (isForgotten ? { isForgotten } : { isRemoved: true })),
    drift: first === undefined ? [] : driftOf(live, first.fact),
  };
}

function placesOf(declarations: readonly DeclaredDeployment[]): DeclaredPlace[] {
  const places = new Map(
    declarations.map(({ input, fact }) => [
      JSON.stringify([input, fact.origin.address]),
      { input, address: fact.origin.address },
    ]),
  );
  return [...places.values()];
}

function opaquePlace(input: string, { origin }: OpaqueFact): DeclaredPlace {
  return { input, address: origin.address };
}

function keyOf(account: string, name: string): string {
  return JSON.stringify([account, name]);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) {
    map.set(key, [value]);
  } else {
    values.push(value);
  }
}
