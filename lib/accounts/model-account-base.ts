import { createHash } from 'node:crypto';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { DefaultTokenResolver, StringConcat, TerraformResource, TerraformStack, Token, Tokenization } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import type { AccountIdParts } from './account-id';
import { AccountPrivateEndpoint, AccountPrivateEndpointOptions } from './account-private-endpoint';
import { DeploymentRegistry } from './deployment-registry';
import { formatNotServed, principalIdMalformed } from './errors';
import { ModelAccountKind } from './model-account-kind';
import { ModelDeployment, ModelDeploymentOptions } from './model-deployment';
import type { ModelVersion } from './model-version';
import { RaiPolicy, RaiPolicyOptions } from './rai-policy';

/** Which of an account's models a caller may use. */
export enum InvokeRole {
  /**
   * Models of format `OpenAI`: the role `Cognitive Services OpenAI User`, the least that Microsoft documents for them.
   *
   * @see https://learn.microsoft.com/azure/ai-services/openai/how-to/role-based-access-control
   */
  OPENAI_MODELS = 'Cognitive Services OpenAI User',

  /**
   * Models of every format: the role `Cognitive Services User`, the least built-in role for other Foundry models.
   *
   * @see https://learn.microsoft.com/training/modules/secure-azure-openai-authentication-authorization/
   */
  ALL_MODELS = 'Cognitive Services User',
}

/** What kind of identity a principal is. */
export enum PrincipalType {
  /** A managed identity or an application. */
  SERVICE_PRINCIPAL = 'ServicePrincipal',

  /** A person. */
  USER = 'User',

  /** A group of Microsoft Entra ID. */
  GROUP = 'Group',
}

/** Options of `grantInvoke`. */
export interface GrantInvokeOptions {
  /**
   * Which models the principal may call.
   *
   * @default InvokeRole.OPENAI_MODELS
   */
  readonly role?: InvokeRole;

  /**
   * What kind of identity the principal is. Stated, Azure accepts an identity that was created a moment ago.
   *
   * @default PrincipalType.SERVICE_PRINCIPAL
   */
  readonly principalType?: PrincipalType;
}

const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A Cognitive Services account that models are deployed to, whether this configuration creates it or refers to it. */
export abstract class ModelAccountBase extends Construct {
  /** Resource id of the account. */
  public abstract readonly accountId: string;

  /** Name of the account. */
  public abstract readonly accountName: string;

  /** Name of the account's resource group. */
  public abstract readonly resourceGroupName: string;

  /** Kind of the account, where it is known. */
  public abstract readonly kind?: ModelAccountKind;

  /** Azure region of the account, where it is known. */
  public abstract readonly location?: string;

  /**
   * What has to exist before anything is made in the account.
   *
   * @internal
   */
  public readonly _ownPrerequisites: TerraformResource[] = [];

  /** The deployments that this app declares in the account. */
  public get deployments(): ModelDeployment[] {
    return this._deployments.all();
  }

  /** Deploys a model to the account. */
  public deploy(id: string, options: ModelDeploymentOptions): ModelDeployment {
    return new ModelDeployment(this, id, { account: this, ...options });
  }

  /** Adds an RAI (responsible AI) policy, which deployments then refer to by its `policyName`. */
  public addRaiPolicy(id: string, options: RaiPolicyOptions): RaiPolicy {
    return new RaiPolicy(this, id, { account: this, ...options });
  }

  /** Adds a private endpoint, through which the account is reached from a virtual network. */
  public addPrivateEndpoint(id: string, options: AccountPrivateEndpointOptions): AccountPrivateEndpoint {
    return new AccountPrivateEndpoint(this, id, { account: this, ...options });
  }

  /**
   * Lets an identity call the account's models with a Microsoft Entra token.
   *
   * Granting the same role to the same principal again returns the assignment that exists.
   *
   * @param principalId - object id of the identity, for instance `identity.principalId` of a managed identity
   * @param options - role and kind of identity
   */
  public grantInvoke(principalId: string, options: GrantInvokeOptions = {}): RoleAssignment {
    const role = options.role ?? InvokeRole.OPENAI_MODELS;
    if (!Token.isUnresolved(principalId) && !OBJECT_ID.test(principalId)) {
      throw principalIdMalformed(this.node.path, principalId);
    }
    const expression: unknown = Tokenization.resolve(principalId, {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
    });
    const digest = createHash('sha256')
      .update(JSON.stringify([expression, role]))
      .digest('hex')
      .slice(0, 8);
    const id = `Invoke-${digest}`;
    const existing = this.node.tryFindChild(id) as RoleAssignment | undefined;
    return (
      existing ??
      new RoleAssignment(this, id, {
        scope: this.accountId,
        roleDefinitionName: role,
        principalId,
        principalType: options.principalType ?? PrincipalType.SERVICE_PRINCIPAL,
        lifecycle: { createBeforeDestroy: true },
      })
    );
  }

  /**
   * Key under which two constructs are the same account.
   *
   * @internal
   */
  protected abstract get _accountKey(): string;

  /** @internal */
  public get _deployments(): DeploymentRegistry {
    return DeploymentRegistry.of(this, this._accountKey);
  }

  /**
   * What a resource in the account has to wait for, if anything; across stacks Terraform cannot wait.
   *
   * @internal
   */
  public _prerequisites(resource: IConstruct): TerraformResource[] | undefined {
    const sameStack = TerraformStack.of(resource) === TerraformStack.of(this);
    return sameStack && this._ownPrerequisites.length > 0 ? this._ownPrerequisites : undefined;
  }

  /**
   * Whether a resource id may lie in this account; what only Terraform knows may be anything.
   *
   * @internal
   */
  public _mayContain(id: AccountIdParts): boolean {
    const same = (mine: string, other: string) =>
      Token.isUnresolved(mine) || mine.toLowerCase() === other.toLowerCase();
    return same(this.accountName, id.accountName) && same(this.resourceGroupName, id.resourceGroupName);
  }

  /** @internal */
  public _requireFormat(model: ModelVersion, path: string): void {
    if (this.kind === ModelAccountKind.OPEN_AI && !Token.isUnresolved(model.format) && model.format !== 'OpenAI') {
      throw formatNotServed(path, model.format);
    }
  }
}
