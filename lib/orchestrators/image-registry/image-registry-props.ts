/** Tier of a container registry. */
export enum ImageRegistrySku {
  /** For trials. */
  BASIC = 'Basic',

  /** For production. */
  STANDARD = 'Standard',

  /** With private endpoints, zones and closed public access. */
  PREMIUM = 'Premium',
}

/** Properties of an `ImageRegistry`. */
export interface ImageRegistryProps {
  /** Name of the resource group in which the registry is created. */
  readonly resourceGroupName: string;

  /** Azure region, for instance `swedencentral`. */
  readonly location: string;

  /**
   * Name of the registry: 5 to 50 letters and digits, unique in all of Azure. Changing it replaces the registry.
   *
   * @default - the construct's id with digits derived from its path, resource group, region and zone redundancy
   */
  readonly registryName?: string;

  /**
   * Tier of the registry.
   *
   * @default ImageRegistrySku.STANDARD
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-skus
   */
  readonly sku?: ImageRegistrySku;

  /**
   * Whether the registry is reached from the internet; without it, it needs private endpoints and the Premium tier.
   *
   * @default true
   */
  readonly publicNetworkAccessEnabled?: boolean;

  /**
   * Whether the registry is spread over zones; Premium alone. Changing it replaces the registry.
   *
   * @default false
   */
  readonly zoneRedundant?: boolean;

  /**
   * Tags of the registry.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}

/** What is known of a registry that this configuration does not create. */
export interface ImageRegistryAttributes {
  /** Resource id of the registry; may be a Terraform token. */
  readonly registryId: string;

  /**
   * Host under which images are pulled.
   *
   * @default - `<name>.azurecr.io`
   */
  readonly loginServer?: string;
}
