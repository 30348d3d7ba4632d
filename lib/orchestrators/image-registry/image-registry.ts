import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { requirePlace } from '../environment/environment-checks';
import { premiumNeeded, registryNameInvalid } from '../platform-errors';
import { derivedName, isRegistryName, LONGEST_REGISTRY_NAME } from '../resource-names';
import { ImageRegistryBase } from './image-registry-base';
import type { IImageRegistry } from './image-registry-interface';
import { ImageRegistryAttributes, ImageRegistryProps, ImageRegistrySku } from './image-registry-props';
import { ImportedImageRegistry } from './imported-image-registry';

const DIGEST_LENGTH = 12;

/**
 * A container registry, from which images are pulled with managed identities; its admin user is off and nobody pulls without a name.
 *
 * @example
 *
 * const registry = new ImageRegistry(this, 'images', { resourceGroupName: group.name, location: 'swedencentral' });
 */
export class ImageRegistry extends ImageRegistryBase {
  /**
   * Refers to a registry that this configuration does not create.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - what is known of the registry
   * @throws if the id or the host cannot be one
   */
  public static fromRegistryId(scope: Construct, id: string, attributes: ImageRegistryAttributes): IImageRegistry {
    return new ImportedImageRegistry(scope, id, attributes);
  }

  /** Resource id of the registry. */
  public readonly registryId: string;

  /** Host under which images are pulled, as a reference: what pulls waits for the registry. */
  public readonly loginServer: string;

  /** The Terraform resource. */
  public readonly resource: ContainerRegistry;

  /**
   * @throws if a property cannot be used, or the tier does not offer it
   */
  constructor(scope: Construct, id: string, props: ImageRegistryProps) {
    super(scope, id);
    enrol(this);
    const { resourceGroupName, location, registryName, sku = ImageRegistrySku.STANDARD } = props;
    const { publicNetworkAccessEnabled = true, zoneRedundant = false, tags } = props;
    const path = this.node.path;
    requirePlace(path, resourceGroupName, location);
    if (registryName !== undefined && refused(registryName, isRegistryName)) {
      throw registryNameInvalid(path, registryName);
    }
    if (sku !== ImageRegistrySku.PREMIUM && (zoneRedundant || !publicNetworkAccessEnabled)) {
      throw premiumNeeded(path, zoneRedundant ? 'zoneRedundant' : 'publicNetworkAccessEnabled: false');
    }
    const inputs = [path, resourceGroupName, location, String(zoneRedundant)];
    this.resource = new ContainerRegistry(this, 'Default', {
      name: registryName ?? derivedName(id, expressionDigest(this, inputs, DIGEST_LENGTH), LONGEST_REGISTRY_NAME, ''),
      resourceGroupName,
      location,
      sku,
      adminEnabled: false,
      anonymousPullEnabled: false,
      dataEndpointEnabled: false,
      exportPolicyEnabled: true,
      quarantinePolicyEnabled: false,
      trustPolicyEnabled: false,
      networkRuleBypassOption: 'AzureServices',
      publicNetworkAccessEnabled,
      zoneRedundancyEnabled: zoneRedundant,
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
    this.registryId = this.resource.id;
    this.loginServer = this.resource.loginServer;
  }
}
