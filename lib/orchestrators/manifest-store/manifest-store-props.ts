/** Properties of a `ManifestStore`. */
export interface ManifestStoreProps {
  /** Resource id of the storage account; may be a Terraform token. */
  readonly storageAccountId: string;

  /**
   * Name of the container: 3 to 63 lower-case letters, digits and single dashes.
   *
   * @default 'release-manifests'
   */
  readonly containerName?: string;
}

/** What is known of a store that this configuration does not create. */
export interface ManifestStoreAttributes {
  /** Resource id of the storage account; may be a Terraform token. */
  readonly storageAccountId: string;

  /** Name of the container. */
  readonly containerName: string;
}
