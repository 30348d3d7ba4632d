import type { IConstruct } from 'constructs';

/** A storage container for manifests that are too large for environment variables. */
export interface IManifestStore extends IConstruct {
  /** Resource id of the storage account. */
  readonly storageAccountId: string;

  /** Name of the container. */
  readonly containerName: string;
}
