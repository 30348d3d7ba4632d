import { abridged } from '../contracts/printable';
import { compareText } from '../contracts/text-order';
import { versionedName } from '../contracts/versioned-name';
import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact, ResourceOrigin } from '../facts/facts';
import { RouteTarget } from '../facts/gateway-facts';
import { modelAddress } from '../facts/model-address';
import { RuleContext } from '../rules/rule';
import { DeclaredName } from './declared-names';
import { DiagramStack } from './diagram-stack';
import { stageOfDeployment, stageOfKey } from './model-stage';
import { nodeId, shown, withoutBrackets } from './node-names';
import { TopologyGroup, TopologyNode } from './topology';

/** An account that some stack declares, or that something only names. */
interface Account {
  readonly group: TopologyGroup;
  readonly byName: Map<string, string>;
}

const ACCOUNT_REFERENCE = /azurerm_cognitive_account\.[A-Za-z_][\w-]*(?:\[[^[\]]*\])?/;

/** The deployments of all stacks by account, and those that something leads to and no stack declares. */
export class DeploymentLayer {
  private readonly accounts = new Map<string, Account>();
  private readonly byFact = new Map<DeploymentFact, string>();
  private readonly found = new Map<string, TopologyNode>();

  constructor(private readonly stacks: readonly DiagramStack[]) {
    for (const stack of stacks) {
      stack.context.facts.deployments.forEach((fact) => this.declare(stack, fact));
    }
  }

  /** Accounts that have deployments. */
  groups(): TopologyGroup[] {
    return [...this.accounts.values()]
      .map(({ group }) => group)
      .sort((left, right) => compareText(left.title, right.title) || compareText(left.id, right.id));
  }

  nodes(): TopologyNode[] {
    return [...this.found.values()].sort(
      (left, right) =>
        compareText(left.title, right.title) ||
        compareText(left.details.join('\n'), right.details.join('\n')) ||
        compareText(left.id, right.id),
    );
  }

  /**
   * The node that a target leads to.
   *
   * @param key route key of the model that is expected there
   */
  nodeOf(target: RouteTarget, key: string, stack: DiagramStack, origin: ResourceOrigin): string | undefined {
    const declared = target.serves && this.byFact.get(target.serves);
    if (declared !== undefined) {
      return declared;
    }
    const address = target.url === undefined ? undefined : modelAddress(target.url);
    const name = target.deployment ?? address?.deployment;
    if (address === undefined && target.account === undefined && name === undefined && target.backendId === undefined) {
      return undefined;
    }
    const account = this.accountOfTarget(target, stack);
    return (
      (name === undefined ? undefined : account.byName.get(name.toLowerCase())) ??
      this.elsewhere(account, { name, key, context: stack.context, origin, target })
    );
  }

  private declare(stack: DiagramStack, fact: DeploymentFact): void {
    const account = this.accountOf(stack, fact.account);
    const { address } = fact.origin;
    const name = valueOf(fact.deployment);
    const stage = stageOfDeployment(stack.context, fact);
    const id = this.unusedId(stack.name, address, name ?? '');
    this.byFact.set(fact, id);
    if (name !== undefined) {
      account.byName.set(name.toLowerCase(), id);
    }
    this.found.set(id, {
      id,
      layer: 'deployment',
      group: account.group.id,
      title: modelTitle(fact),
      details: [skuText(fact), ...nameDetail(fact), ...(fact.mayNotExist ? ['perhaps none'] : [])],
      stage,
      address,
    });
  }

  /** One ARM template declares many deployments under one address, and may give two of them one name. */
  private unusedId(...parts: readonly string[]): string {
    for (let repetition = 0; ; repetition += 1) {
      const id = nodeId('deployment', ...parts, ...(repetition === 0 ? [] : [String(repetition)]));
      if (!this.found.has(id)) {
        return id;
      }
    }
  }

  private elsewhere(
    account: Account,
    sought: {
      readonly name?: string;
      readonly key: string;
      readonly context: RuleContext;
      readonly origin: ResourceOrigin;
      readonly target: RouteTarget;
    },
  ): string {
    const { name, key, context, origin, target } = sought;
    const id = nodeId('elsewhere', account.group.id, name ?? target.backendId ?? target.url ?? '', key);
    const where = name === undefined ? (target.backendId ?? target.url ?? '') : `deployment ${name}`;
    if (!this.found.has(id)) {
      this.found.set(id, {
        id,
        layer: 'deployment',
        group: account.group.id,
        title: abridged(key),
        details: [abridged(where), target.lacksDeployment === 'certainly' ? 'declared nowhere' : 'declared elsewhere'],
        stage: stageOfKey(context, key, origin),
      });
    }
    return id;
  }

  private accountOf(stack: DiagramStack, attribute: Attribute): Account {
    const text = attribute.state === 'unknown' ? attribute.expression : (valueOf(attribute) ?? '');
    const reference = ACCOUNT_REFERENCE.exec(text)?.[0];
    const name = /\/accounts\/([^/]+)/i.exec(text)?.[1];
    const found =
      reference !== undefined
        ? this.declaredAccount(({ address }, own) => own === stack && address === reference)
        : name === undefined
          ? undefined
          : this.declaredAccount((account) => account.name?.toLowerCase() === name.toLowerCase());
    return (
      found ??
      this.account(nodeId('account', name?.toLowerCase() ?? `${stack.name} ${text}`), {
        title: name ?? shown(attribute, 'account that is not known'),
      })
    );
  }

  private accountOfTarget({ account, url }: RouteTarget, stack: DiagramStack): Account {
    const address = url === undefined ? undefined : modelAddress(url);
    const found =
      account === undefined
        ? address?.subdomain === undefined
          ? undefined
          : this.declaredAccount(({ subdomain }) => subdomain === address.subdomain)
        : this.declaredAccount((declared, own) => own === stack && declared.address === account);
    const host = address?.host ?? 'an address that is not known';
    return found ?? this.account(nodeId('account', stack.name, host), { title: withoutBrackets(host) });
  }

  private declaredAccount(isMeant: (account: DeclaredName, stack: DiagramStack) => boolean): Account | undefined {
    for (const stack of this.stacks) {
      const account = stack.names.accounts.find((candidate) => isMeant(candidate, stack));
      if (account !== undefined) {
        const { address, name, location } = account;
        return this.account(nodeId('account', stack.name, address), {
          title: isReadable(name) ? name : address,
          location: isReadable(location) ? location : undefined,
        });
      }
    }
    return undefined;
  }

  private account(id: string, { title, location }: { readonly title: string; readonly location?: string }): Account {
    const known = this.accounts.get(id) ?? {
      group: {
        id,
        layer: 'deployment',
        title: abridged(location === undefined ? title : `${title}, ${location}`),
      },
      byName: new Map<string, string>(),
    };
    this.accounts.set(id, known);
    return known;
  }
}

function isReadable(text: string | undefined): text is string {
  return text !== undefined && text !== '' && !text.includes('${');
}

function modelTitle({ model, version }: DeploymentFact): string {
  const name = shown(model, 'model that is not given');
  return versionedName(name, version.state === 'absent' ? undefined : shown(version, ''));
}

function skuText({ sku, capacity }: DeploymentFact): string {
  const type = shown(sku, 'SKU that is not given');
  return capacity.state === 'known' ? `${type}, capacity ${capacity.value}` : type;
}

/** A name that says model and version, as those that this package gives, would say the title once more. */
function nameDetail({ deployment, model, version }: DeploymentFact): string[] {
  const name = valueOf(deployment);
  const [modelName, modelVersion] = [valueOf(model), valueOf(version)];
  if (name === undefined) {
    return [`deployment ${shown(deployment, 'without a name')}`];
  }
  const isTelling =
    modelName !== undefined && modelVersion !== undefined && name.includes(modelName) && name.includes(modelVersion);
  return isTelling ? [] : [`deployment ${abridged(name)}`];
}
