import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { containerNameInvalid, storageAccountIdMalformed } from '../platform-errors';
import { isStorageAccountId, isStorageContainerName } from '../resource-names';
import { ImportedManifestStore } from './imported-manifest-store';
import type { IManifestStore } from './manifest-store-interface';
import type { ManifestStoreAttributes, ManifestStoreProps } from './manifest-store-props';

/**
 * A storage container that keeps manifests too large for environment variables, each as a blob whose name is its hash.
 *
 * The account is brought. Where it takes no keys, the provider needs `storageUseAzuread: true`, and whoever applies the role
 * `Storage Blob Data Contributor`. An immutability policy on the container keeps blobs from being changed; apps verify the hash either way.
 */
export class ManifestStore extends Construct implements IManifestStore {
  /**
   * Refers to a container that this configuration does not create.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - what is known of the container
   * @throws if the id or the name cannot be one
   */
  public static fromContainer(scope: Construct, id: string, attributes: ManifestStoreAttributes): IManifestStore {
    return new ImportedManifestStore(scope, id, attributes);
  }

  /** Resource id of the storage account. */
  public readonly storageAccountId: string;

  /** Name of the container, as a reference: what lies in it waits for it. */
  public readonly containerName: string;

  /** The Terraform resource. */
  public readonly resource: StorageContainer;

  /**
   * @throws if the id or the name cannot be one
   */
  constructor(scope: Construct, id: string, props: ManifestStoreProps) {
    super(scope, id);
    enrol(this);
    const { storageAccountId, containerName = 'release-manifests' } = props;
    if (refused(storageAccountId, isStorageAccountId)) {
      throw storageAccountIdMalformed(this.node.path, storageAccountId);
    }
    if (refused(containerName, isStorageContainerName)) {
      throw containerNameInvalid(this.node.path, containerName);
    }
    this.resource = new StorageContainer(this, 'Default', {
      name: containerName,
      storageAccountId,
      containerAccessType: 'private',
      lifecycle: { createBeforeDestroy: true },
    });
    this.storageAccountId = storageAccountId;
    this.containerName = this.resource.name;
  }
}
