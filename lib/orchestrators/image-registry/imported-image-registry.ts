import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import { loginServerInvalid, registryIdMalformed } from '../platform-errors';
import { partsOfResourceId } from '../resource-id-parts';
import { isHost, isRegistryId } from '../resource-names';
import { ImageRegistryBase } from './image-registry-base';
import type { ImageRegistryAttributes } from './image-registry-props';

/** A registry that someone else creates; see `ImageRegistry.fromRegistryId`. */
export class ImportedImageRegistry extends ImageRegistryBase {
  public readonly registryId: string;
  public readonly loginServer: string;

  constructor(scope: Construct, id: string, { registryId, loginServer }: ImageRegistryAttributes) {
    super(scope, id);
    enrol(this);
    if (refused(registryId, isRegistryId)) {
      throw registryIdMalformed(this.node.path, registryId);
    }
    if (loginServer !== undefined && refused(loginServer, isHost)) {
      throw loginServerInvalid(this.node.path, loginServer);
    }
    this.registryId = registryId;
    const { name } = partsOfResourceId(registryId);
    this.loginServer = loginServer ?? `${Token.isUnresolved(name) ? Fn.lower(name) : name.toLowerCase()}.azurecr.io`;
  }
}
