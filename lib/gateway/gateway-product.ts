import { ApiManagementProduct } from '@cdktf/provider-azurerm/lib/api-management-product';
import { ApiManagementProductApi } from '@cdktf/provider-azurerm/lib/api-management-product-api';
import { ApiManagementSubscription } from '@cdktf/provider-azurerm/lib/api-management-subscription';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../accounts/expression-digest';
import { refused } from '../accounts/refused';
import { isKeyVaultId } from '../accounts/resource-id';
import { enrol } from '../guard/enrol';
import type { IApiManagementService } from './api-management-service-interface';
import { claimProduct } from './gateway-registry';
import { keyVaultIdMalformed, productDisplayNameInvalid, productIdInvalid, secretNameInvalid } from './service-errors';
import { isChildName, isProductDisplayName, isSecretName } from './service-names';

/** Who calls a gateway with a subscription key, and where that key is kept. */
export interface GatewayProductOptions {
  /**
   * Id of the product: 1 to 80 letters, digits, `_` and `-`, starting and ending with a letter or digit; text.
   * No other product of the service has it, whatever its case.
   *
   * Changing it makes a new product with a new key.
   */
  readonly productId: string;

  /**
   * Name of the product as people read it, 1 to 300 characters.
   *
   * @default - the product's id
   */
  readonly displayName?: string;

  /**
   * Resource id of the key vault that keeps the subscription's primary key.
   *
   * Whoever runs Terraform needs the role `Key Vault Secrets Officer` on it.
   */
  readonly keyVaultId: string;

  /**
   * Name of the secret: 1 to 127 letters, digits and `-`.
   *
   * @default - the product's id with digits derived from the construct's path, service and product
   */
  readonly secretName?: string;
}

/** What the gateway itself adds to the options of a product. */
interface GatewayProductProps extends GatewayProductOptions {
  readonly service: IApiManagementService;
  /** Names of the gateway's APIs; as tokens (`api.name`) they let the product wait for the APIs. */
  readonly apiNames: readonly string[];
}

const DIGEST_LENGTH = 8;

/** How many subscriptions one user of the developer portal may hold; the provider wants a limit where approval is required. */
const SUBSCRIPTIONS_PER_USER = 1;

/**
 * A product with one subscription, whose key lets its holder call a gateway; the key is kept in Key Vault.
 *
 * Made by `addProduct` of a gateway. The key stands in the Terraform state too; prefer callers with Microsoft Entra tokens.
 */
export class GatewayProduct extends Construct {
  /**
   * Called by the gateway that the product belongs to.
   *
   * @internal
   */
  public static _create(scope: Construct, id: string, props: GatewayProductProps): GatewayProduct {
    return new GatewayProduct(scope, id, props);
  }

  /** Id of the product in the service. */
  public readonly productId: string;

  /** Name of the secret that holds the subscription's primary key. */
  public readonly secretName: string;

  /** URL of that secret without a version, for a reader that follows a changed key. */
  public readonly secretId: string;

  /** The Terraform resource of the product. */
  public readonly resource: ApiManagementProduct;

  private constructor(scope: Construct, id: string, props: GatewayProductProps) {
    super(scope, id);
    enrol(this);
    this.requireProps(props);
    claimProduct(props.service, this.node.path, props.productId);
    const { service, productId, displayName = productId } = props;
    const inService = { apiManagementName: service.serviceName, resourceGroupName: service.resourceGroupName };
    this.productId = productId;
    this.secretName = props.secretName ?? this.deriveSecretName(props);
    this.resource = new ApiManagementProduct(this, 'Default', {
      ...inService,
      productId,
      displayName,
      subscriptionRequired: true,
      approvalRequired: true,
      subscriptionsLimit: SUBSCRIPTIONS_PER_USER,
      published: true,
      lifecycle: { createBeforeDestroy: true },
    });
    const apis = props.apiNames.map((apiName) => {
      const key = Token.isUnresolved(apiName) ? expressionDigest(this, [apiName], DIGEST_LENGTH) : apiName;
      return new ApiManagementProductApi(this, `Api-${key}`, {
        ...inService,
        productId: this.resource.productId,
        apiName,
        lifecycle: { createBeforeDestroy: true },
      });
    });
    const subscription = new ApiManagementSubscription(this, 'Subscription', {
      ...inService,
      displayName,
      productId: this.resource.id,
      state: 'active',
      allowTracing: false,
      lifecycle: { createBeforeDestroy: true },
      dependsOn: apis,
    });
    const secret = new KeyVaultSecret(this, 'Key', {
      name: this.secretName,
      keyVaultId: props.keyVaultId,
      value: subscription.primaryKey,
      contentType: 'API Management subscription key',
      lifecycle: { createBeforeDestroy: true },
    });
    this.secretId = secret.versionlessId;
  }

  private requireProps({ productId, displayName, keyVaultId, secretName }: GatewayProductProps): void {
    const path = this.node.path;
    if (!isChildName(productId)) {
      throw productIdInvalid(path, productId);
    }
    if (displayName !== undefined && refused(displayName, isProductDisplayName)) {
      throw productDisplayNameInvalid(path, displayName);
    }
    if (refused(keyVaultId, isKeyVaultId)) {
      throw keyVaultIdMalformed(path, keyVaultId);
    }
    if (secretName !== undefined && refused(secretName, isSecretName)) {
      throw secretNameInvalid(path, secretName);
    }
  }

  /** Services may share a vault, and product ids may differ in characters that a secret's name cannot have. */
  private deriveSecretName({ service, productId }: GatewayProductProps): string {
    const owner = [this.node.path, service.resourceGroupName, service.serviceName, productId];
    const digest = expressionDigest(this, owner, DIGEST_LENGTH);
    return `${productId.replaceAll('_', '-')}-${digest}`;
  }
}
