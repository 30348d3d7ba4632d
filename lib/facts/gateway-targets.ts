import { PolicyValue } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { valueOf } from './attribute';
import { DeploymentFact } from './facts';
import { DeclaredBackend } from './gateway-backends';
import { ChosenTarget } from './gateway-branches';
import { RouteTarget } from './gateway-facts';
import { leadsToModels, modelAddress } from './model-address';
import { StackReferences } from './stack-references';

const ACCOUNT = 'azurerm_cognitive_account';

/** An account that the stack declares. */
interface DeclaredAccount {
  readonly address: string;
  readonly name?: string;
  readonly subdomain?: string;
}

/** Looks up where a policy sends calls: names of backends, their URLs, accounts and deployments. */
export class TargetFinder {
  private readonly accounts: readonly DeclaredAccount[];
  private readonly byName = new Map<string, PlacedDeployment[]>();
  /** Deployments whose name is not known, so that each may be the one that is looked for. */
  private readonly unnamed: PlacedDeployment[] = [];

  /** @param mayDeclareMore whether a part of the stack that cannot be read may declare deployments */
  constructor(
    references: StackReferences,
    deployments: readonly DeploymentFact[],
    private readonly mayDeclareMore: boolean,
  ) {
    this.accounts = references.ofType(ACCOUNT).map((account) => ({
      address: account.address,
      name: references.text(account, 'name')?.toLowerCase(),
      subdomain: references.text(account, 'custom_subdomain_name')?.toLowerCase(),
    }));
    const named = new Map(references.ofType('azurerm_cognitive_deployment').map((found) => [found.address, found]));
    for (const fact of deployments) {
      const resource = named.get(fact.origin.address);
      const name = (valueOf(fact.deployment) ?? (resource && references.text(resource, 'name')))?.toLowerCase();
      const placed = { fact, account: this.accountOf(fact) };
      if (name === undefined || name.includes('${')) {
        this.unnamed.push(placed);
      }
      if (name !== undefined) {
        this.byName.set(name, [...(this.byName.get(name) ?? []), placed]);
      }
    }
  }

  /**
   * The targets of a policy's choice: one, or the members of a pool. `undefined` where an expression chooses.
   *
   * @param deployment name of the deployment where neither the choice nor the backend says it
   */
  find(
    chosen: ChosenTarget,
    backendOf: (name: string) => DeclaredBackend | undefined,
    deployment?: string,
  ): RouteTarget[] | undefined {
    const { place } = chosen;
    const named = chosen.deployment ?? deployment;
    if (chosen.backendId === undefined) {
      const url = literalOf(chosen.baseUrl ?? '');
      return url === undefined ? undefined : [this.target({ place, ...(url !== '' && { url }) }, named)];
    }
    const backendId = literalOf(chosen.backendId);
    if (backendId === undefined) {
      return undefined;
    }
    const members = membersOf(backendId, backendOf, 0);
    return members.map((backend) =>
      this.target(
        {
          place,
          backendId,
          ...(backend !== undefined && { backend: backend.origin.address }),
          ...(backend?.url !== undefined && { url: backend.url }),
        },
        named,
      ),
    );
  }

  private target(target: RouteTarget, named: string | undefined): RouteTarget {
    const address = target.url === undefined ? undefined : modelAddress(target.url);
    const deployment = address?.deployment ?? named;
    const account = address && this.accounts.find((candidate) => isAt(candidate, address));
    const known = {
      ...target,
      ...(deployment !== undefined && { deployment }),
      ...(account && { account: account.address }),
    };
    if (account === undefined || deployment === undefined) {
      return known;
    }
    const mayLieThere = (one: PlacedDeployment): boolean =>
      one.account === undefined || one.account === account.address;
    const serving = (this.byName.get(deployment.toLowerCase()) ?? []).filter(mayLieThere);
    const serves = (serving.find((one) => one.account !== undefined) ?? serving[0])?.fact;
    if (serves !== undefined) {
      return { ...known, serves };
    }
    const isUncertain = this.mayDeclareMore || deployment.includes('${') || this.unnamed.some(mayLieThere);
    return { ...known, lacksDeployment: isUncertain ? 'perhaps' : 'certainly' };
  }

  /** The account that a deployment belongs to, where the stack declares it; `undefined` where that cannot be told. */
  private accountOf({ account }: DeploymentFact): string | undefined {
    const text = account.state === 'absent' ? '' : account.state === 'known' ? account.value : account.expression;
    const reference = /azurerm_cognitive_account\.[A-Za-z_][\w-]*(\[[^[\]]*\])?/.exec(text)?.[0];
    const byReference = this.accounts.filter(
      ({ address }) => address === reference || address.split('[')[0] === reference?.split('[')[0],
    );
    if (byReference.length > 0) {
      return (byReference.find(({ address }) => address === reference) ?? onlyOf(byReference))?.address;
    }
    const name = (/\/accounts\/([^/]+)/i.exec(text)?.[1] ?? text).toLowerCase();
    const byName = this.accounts.find((candidate) => candidate.name === name);
    // An id that is written out names an account, if none of those that are declared here.
    return byName?.address ?? (account.state === 'known' ? name : undefined);
  }
}

interface PlacedDeployment {
  readonly fact: DeploymentFact;
  readonly account?: string;
}

/** Pools may hold backends that are not declared; pools do not hold pools, and a configuration that says so ends here. */
function membersOf(
  name: string,
  backendOf: (name: string) => DeclaredBackend | undefined,
  depth: number,
): (DeclaredBackend | undefined)[] {
  const backend = backendOf(name);
  return backend === undefined || backend.pool.length === 0 || depth > 1
    ? [backend]
    : backend.pool.flatMap((member) => membersOf(member, backendOf, depth + 1));
}

function isAt(
  { address, subdomain }: DeclaredAccount,
  { host, subdomain: label }: { host: string; subdomain?: string },
) {
  return (
    host === `\${${address}}`.toLowerCase() ||
    (label !== undefined && label === subdomain && leadsToModels(`https://${host}`))
  );
}

/** The text of a value that neither an expression nor a named value of API Management decides. */
function literalOf(value: PolicyValue): string | undefined {
  return isExpression(value) || value.includes('{{') ? undefined : value;
}

function onlyOf<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}
