import { Token } from 'cdktf';
import { IMAGE_BY_DIGEST, isReleaseWord } from '../../contracts/release-words';
import { imageNotByDigest, imageOfOtherRegistry, registryMissing } from '../errors';
import type { IImageRegistry } from '../image-registry/image-registry-interface';

/**
 * The image as Container Apps pulls it: with the host that it names, or else the registry's.
 *
 * @throws if a tag could move it, nothing says where it is, or it names another host than the registry's
 */
export function imageReference(path: string, image: string, registry: IImageRegistry | undefined): string {
  if (Token.isUnresolved(image) || !isReleaseWord(IMAGE_BY_DIGEST, image)) {
    throw imageNotByDigest(path, image);
  }
  const host = hostOf(image);
  if (host === undefined) {
    if (registry === undefined) {
      throw registryMissing(path, image);
    }
    return `${registry.loginServer}/${image}`;
  }
  const server = registry?.loginServer;
  if (server !== undefined && !Token.isUnresolved(server) && server.toLowerCase() !== host.toLowerCase()) {
    throw imageOfOtherRegistry(path, image, server);
  }
  return image;
}

/** The first part is a host where it could be no directory: https://pkg.go.dev/github.com/distribution/reference#pkg-overview */
function hostOf(image: string): string | undefined {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first!) || first === 'localhost') ? first : undefined;
}
