import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Lazy, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { prerequisitesOf } from './account-prerequisites';
import { DeploymentRegistry } from './deployment-registry';
import { locationMissing, privateEndpointNameInvalid } from './errors';
import type { IModelAccount } from './model-account-interface';
import { isPrivateEndpointName } from './resource-names';
import { terraformAddress } from './terraform-address';

/** What a private endpoint is, apart from its account. */
export interface AccountPrivateEndpointOptions {
  /** Resource id of the subnet in which the endpoint gets its address. */
  readonly subnetId: string;

  /**
   * Resource ids of the private DNS zones that the endpoint registers in, for instance `zoneIds` of a `ModelPrivateDnsZones`.
   *
   * @default - none: registration is left to someone else, for instance an Azure Policy
   */
  readonly privateDnsZoneIds?: string[];

  /**
   * Name of the endpoint, 2 to 64 characters.
   *
   * @default - the account's name and the construct's id
   */
  readonly name?: string;

  /**
   * Name of the resource group of the endpoint.
   *
   * @default - that of the account
   */
  readonly resourceGroupName?: string;

  /**
   * Azure region of the endpoint, which is that of its virtual network.
   *
   * @default - that of the account; an account that is referred to by its id has none
   */
  readonly location?: string;
}

/** Properties of an `AccountPrivateEndpoint`. */
export interface AccountPrivateEndpointProps extends AccountPrivateEndpointOptions {
  /** The account that the endpoint leads to. */
  readonly account: IModelAccount;
}

/** All Cognitive Services answer on this one subresource. https://learn.microsoft.com/azure/private-link/private-endpoint-overview */
const SUBRESOURCE = 'account';

/**
 * A private endpoint of an account.
 *
 * It depends on all deployments of the account that its stack declares, also those declared later: while a deployment is
 * being made or removed, Azure refuses the endpoint with `AccountProvisioningStateInvalid`.
 */
export class AccountPrivateEndpoint extends Construct {
  /** The Terraform resource. */
  public readonly resource: PrivateEndpoint;

  constructor(scope: Construct, id: string, props: AccountPrivateEndpointProps) {
    super(scope, id);
    enrol(this);
    const { account } = props;
    const location = props.location ?? account.location;
    if (location === undefined) {
      throw locationMissing(this.node.path);
    }
    const name = props.name ?? `${account.accountName}-${id}`;
    if (!Token.isUnresolved(name) && !isPrivateEndpointName(name)) {
      throw privateEndpointNameInvalid(this.node.path, name);
    }
    this.resource = new PrivateEndpoint(this, 'Default', {
      name,
      location,
      resourceGroupName: props.resourceGroupName ?? account.resourceGroupName,
      subnetId: props.subnetId,
      privateServiceConnection: {
        name,
        isManualConnection: false,
        privateConnectionResourceId: account.accountId,
        subresourceNames: [SUBRESOURCE],
      },
      privateDnsZoneGroup:
        props.privateDnsZoneIds === undefined
          ? undefined
          : { name: 'default', privateDnsZoneIds: props.privateDnsZoneIds },
    });
    const stack = TerraformStack.of(this);
    this.resource.dependsOn = Lazy.listValue(
      {
        produce: () =>
          [
            ...(prerequisitesOf(account, this) ?? []),
            ...DeploymentRegistry.of(account)
              .within(stack)
              .map((deployment) => deployment.resource),
          ].map(terraformAddress),
      },
      { omitEmpty: true },
    );
  }
}
