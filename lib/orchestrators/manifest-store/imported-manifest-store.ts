import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { containerNameInvalid, storageAccountIdMalformed } from '../platform-errors';
import { isStorageAccountId, isStorageContainerName } from '../resource-names';
import type { IManifestStore } from './manifest-store-interface';
import type { ManifestStoreAttributes } from './manifest-store-props';

/** A container that someone else creates; see `ManifestStore.fromContainer`. */
export class ImportedManifestStore extends Construct implements IManifestStore {
  public readonly storageAccountId: string;
  public readonly containerName: string;

  constructor(scope: Construct, id: string, attributes: ManifestStoreAttributes) {
    super(scope, id);
    enrol(this);
    const { storageAccountId, containerName } = attributes;
    if (refused(storageAccountId, isStorageAccountId)) {
      throw storageAccountIdMalformed(this.node.path, storageAccountId);
    }
    if (refused(containerName, isStorageContainerName)) {
      throw containerNameInvalid(this.node.path, containerName);
    }
    this.storageAccountId = storageAccountId;
    this.containerName = containerName;
  }
}
