import { StorageBlob } from '@cdktf/provider-azurerm/lib/storage-blob';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { terraformTemplate } from '../../contracts/terraform-template';
import type { OrchestratorRelease } from '../../releases/orchestrator-release';
import type { ConnectedIdentity } from '../container-app/app-identity';
import { grantRole } from '../container-app/role-grant';
import { partsOfResourceId } from '../resource-id-parts';
import type { IManifestStore } from './manifest-store-interface';

/** A manifest outside of its app. */
export interface KeptManifest {
  readonly url: string;
  readonly waitFor: readonly TerraformResource[];
}

/** Keeps a release's manifest in a store, where the identity may read it; apps of one release share the blob. */
export function keepManifest(
  store: IManifestStore,
  release: OrchestratorRelease,
  { principalId, roleScope }: ConnectedIdentity,
): KeptManifest {
  const { storageAccountId, containerName } = store;
  const id = `Manifest-${release.releaseId}`;
  const existing = store.node.tryFindChild(id) as StorageBlob | undefined;
  const blob =
    existing ??
    new StorageBlob(store as Construct, id, {
      name: `${release.releaseId}.json`,
      storageAccountName: partsOfResourceId(storageAccountId).name,
      storageContainerName: containerName,
      type: 'Block',
      contentType: 'application/json',
      sourceContent: terraformTemplate(release.manifestText),
      lifecycle: { createBeforeDestroy: true },
    });
  const access = grantRole(roleScope, {
    role: 'Storage Blob Data Reader',
    resourceId: `${storageAccountId}/blobServices/default/containers/${containerName}`,
    principalId,
  });
  return { url: blob.url, waitFor: [blob, access] };
}
