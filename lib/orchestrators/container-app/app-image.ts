import { Token } from 'cdktf';
import { IMAGE_BY_DIGEST, isReleaseWord } from '../../contracts/release-words';
import { imageNotByDigest, imageOfOtherRegistry, registryMissing } from '../errors';
import { ImageRegistry } from '../image-registry/image-registry';
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
  const server = otherServer(host, registry);
  if (server !== undefined) {
    throw imageOfOtherRegistry(path, image, server);
  }
  return image;
}

/** The registry's host where it is known not to be the image's. */
function otherServer(host: string, registry: IImageRegistry | undefined): string | undefined {
  const server = registry?.loginServer;
  if (server !== undefined && !Token.isUnresolved(server)) {
    return server.toLowerCase() === host.toLowerCase() ? undefined : server;
  }
  const name = registry instanceof ImageRegistry ? registry.resource.nameInput : undefined;
  return name === undefined || Token.isUnresolved(name) || isHostOf(name, host)
    ? undefined
    : `${name.toLowerCase()}.azurecr.io`;
}

/**
 * Whether a registry of that name could have the host: `azurecr` ends otherwise in other clouds, and Azure may put a hash behind the name
 * (https://learn.microsoft.com/javascript/api/@azure/arm-containerregistry/registrynamecheckrequest).
 */
function isHostOf(name: string, host: string): boolean {
  const [label = '', service] = host.toLowerCase().split('.');
  const own = name.toLowerCase();
  return service === 'azurecr' && (label === own || label.startsWith(`${own}-`));
}

/** The first part is a host where it could be no directory: https://pkg.go.dev/github.com/distribution/reference#pkg-overview */
function hostOf(image: string): string | undefined {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first!) || first === 'localhost') ? first : undefined;
}
