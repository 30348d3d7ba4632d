import { Attribute, valueOf } from '../facts/attribute';
import { accountAddress } from '../facts/deployment-coordinates';
import { AccountFact, ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { accountPlace, idKey } from './account-id';

/** A configuration that says what there should be. */
export interface DeclaringInput {
  /** File, `-` for standard input. */
  readonly input: string;
  readonly facts: ConfigurationFacts;
}

/** A deployment that code declares, and as much as can be read of where it is on Azure. */
export interface DeclaredDeployment {
  readonly input: string;
  readonly fact: DeploymentFact;
  /** Id of the account, in lower case, where the input says it. */
  readonly accountId?: string;
  /** Name of the account, in lower case, where the input says that and no id. */
  readonly accountName?: string;
  /** Whether a plan creates the account, so that nothing stands in it yet. @default false */
  readonly isAccountCreated?: boolean;
  /** Name of the deployment, in lower case, where it can be read. */
  readonly name?: string;
  /**
   * `stands`: it will be there once the input is applied. `planned`: a plan creates it. `removed`: a plan ends it.
   * `forgotten`: a plan lets go of it, and it runs on.
   */
  readonly fate: 'stands' | 'planned' | 'removed' | 'forgotten';
}

/** All deployments of the inputs, and of plans those as well that end. */
export function declaredDeployments(inputs: readonly DeclaringInput[]): DeclaredDeployment[] {
  return inputs.flatMap(({ input, facts }) => {
    const changes = facts.plan?.deployments ?? [];
    const created = new Set(
      changes.flatMap(({ before, after }) => (after && !(before && isSamePlace(before, after)) ? [after] : [])),
    );
    const forgotten = new Set(changes.flatMap(({ outcome, before }) => (outcome === 'forgotten' ? [before] : [])));
    const standing = facts.deployments.map((fact) =>
      declaration(input, fact, facts, created.has(fact) ? 'planned' : 'stands'),
    );
    const { before } = facts.plan ?? {};
    const removed = (before?.deployments ?? []).map((fact) =>
      declaration(input, fact, before!, forgotten.has(fact) ? 'forgotten' : 'removed'),
    );
    return [...standing, ...removed];
  });
}

/** Whether account and name stay: what is replaced by another name is still to be created. */
function isSamePlace(before: DeploymentFact, after: DeploymentFact): boolean {
  return comparable(before.deployment) === comparable(after.deployment) && isSameAccount(before.account, after.account);
}

/** An account that cannot be read is taken for the same: only what is known to be new is still to be created. */
function isSameAccount(before: Attribute, after: Attribute): boolean {
  const [one, other] = [valueOf(before), valueOf(after)];
  return one === undefined || other === undefined || idKey(one) === idKey(other);
}

function declaration(
  input: string,
  fact: DeploymentFact,
  facts: ConfigurationFacts,
  fate: DeclaredDeployment['fate'],
): DeclaredDeployment {
  const name = comparable(fact.deployment);
  return { input, fact, ...accountOf(fact, facts), ...(name !== undefined && { name }), fate };
}

function accountOf(
  fact: DeploymentFact,
  facts: ConfigurationFacts,
): Pick<DeclaredDeployment, 'accountId' | 'accountName' | 'isAccountCreated'> {
  const written = valueOf(fact.account);
  if (written !== undefined) {
    return accountPlace(written) === undefined ? nameIn(written) : { accountId: idKey(written) };
  }
  // A template writes the name of its account where an id stands otherwise; `[…]` and `${…}` are expressions.
  const { account } = fact;
  if (
    fact.declaredBy === 'template' &&
    account.state === 'unknown' &&
    /^[A-Za-z0-9][\w.-]*$/.test(account.expression)
  ) {
    return { accountName: account.expression.toLowerCase() };
  }
  const declared = accountAt(accountAddress(account), facts);
  const id = declared && valueOf(declared.id);
  if (id !== undefined && accountPlace(id) !== undefined) {
    return { accountId: idKey(id) };
  }
  // What is still to be created holds nothing that runs.
  const isCreated = declared !== undefined && facts.plan?.resources.get(declared.origin.address)?.action === 'create';
  const accountName = declared && !isCreated ? comparable(declared.name) : undefined;
  return isCreated ? { isAccountCreated: true } : accountName === undefined ? {} : { accountName };
}

const byAddress = new WeakMap<ConfigurationFacts, ReadonlyMap<string, AccountFact>>();

function accountAt(address: string | undefined, facts: ConfigurationFacts): AccountFact | undefined {
  if (address === undefined) {
    return undefined;
  }
  const known =
    byAddress.get(facts) ?? new Map((facts.accounts ?? []).map((account) => [account.origin.address, account]));
  byAddress.set(facts, known);
  return known.get(address);
}

/** An id that is none of ARM's, for instance of a data source that was not read, still ends with the name. */
function nameIn(text: string): Pick<DeclaredDeployment, 'accountName'> {
  const name = /^(?:.*\/accounts\/)?([A-Za-z0-9][\w.-]*)$/i.exec(text.trim())?.[1];
  return name === undefined ? {} : { accountName: name.toLowerCase() };
}

function comparable(attribute: Attribute): string | undefined {
  const text = valueOf(attribute)?.trim().toLowerCase();
  return text === '' ? undefined : text;
}
