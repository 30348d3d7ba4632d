import { Token } from 'cdktf';
import type { IApiManagementService } from './api-management-service-interface';
import { gatewayNameTaken, pathTaken } from './errors';
import { productIdTaken } from './service-errors';

interface Claims {
  readonly names: Map<string, string>;
  readonly paths: Map<string, string>;
  readonly products: Map<string, string>;
}

const claimsOfServices = new WeakMap<IApiManagementService, Claims>();
const claimsById = new WeakMap<object, Map<string, Claims>>();

/**
 * Keeps name and paths for a gateway: several may lie in one service, whichever construct stands for it.
 *
 * @throws if another gateway has them
 */
export function claimPlace(service: IApiManagementService, constructPath: string, name: string, path: string): void {
  const { names, paths } = claimsOf(service);
  const namedSo = names.get(name);
  if (namedSo !== undefined) {
    throw gatewayNameTaken(constructPath, name, namedSo);
  }
  const own = path.toLowerCase();
  for (const [api, answersThere] of paths) {
    // The API with the longest matching path takes a call, so that one below another would take calls of it.
    if (api === own || api.startsWith(`${own}/`) || own.startsWith(`${api}/`)) {
      throw pathTaken(constructPath, path, answersThere);
    }
  }
  names.set(name, constructPath);
  paths.set(own, constructPath);
}

/**
 * Keeps the id of a product, which Azure compares without regard to case.
 *
 * @throws if another product of the service has it
 */
export function claimProduct(service: IApiManagementService, constructPath: string, productId: string): void {
  const { products } = claimsOf(service);
  const other = products.get(productId.toLowerCase());
  if (other !== undefined) {
    throw productIdTaken(constructPath, productId, other);
  }
  products.set(productId.toLowerCase(), constructPath);
}

/** An id that Terraform computes may be spelled as another token at each reading: such a service is told by its construct. */
function claimsOf(service: IApiManagementService): Claims {
  const known = claimsOfServices.get(service) ?? sharedClaims(service);
  claimsOfServices.set(service, known);
  return known;
}

function sharedClaims({ serviceId, node }: IApiManagementService): Claims {
  const fresh: Claims = { names: new Map(), paths: new Map(), products: new Map() };
  if (Token.isUnresolved(serviceId)) {
    return fresh;
  }
  const services = claimsById.get(node.root) ?? new Map<string, Claims>();
  claimsById.set(node.root, services);
  const claims = services.get(serviceId.toLowerCase()) ?? fresh;
  services.set(serviceId.toLowerCase(), claims);
  return claims;
}
