import { GatewayApi, GatewaySubscription } from '../gateway-definition';
import { SynthesisedResource } from './configuration';
import { ResourceReader } from './resource-reader';

/**
 * The subscriptions with the keys that they have locally, `local-` and the subscription's name: Azure makes up keys at
 * apply, and one that stands in the file is a secret that must not be printed.
 */
export function readSubscriptions(
  reader: ResourceReader,
  resources: readonly SynthesisedResource[],
  notes: string[],
): GatewaySubscription[] {
  const keys = new Set<string>();
  return resources.flatMap((resource) => {
    const name = reader.required(resource, 'display_name');
    const state = reader.optional(resource, 'state') ?? 'submitted';
    if (state !== 'active') {
      notes.push(`${resource.address} is '${state}' and not active: its key is refused, as on Azure`);
      return [];
    }
    const key = localKey(name, resource.label, keys);
    keys.add(key);
    const productId = productOf(reader, resource);
    return [
      {
        id: reader.optional(resource, 'subscription_id') ?? resource.label,
        key,
        name,
        ...(productId !== undefined && { productId }),
      },
    ];
  });
}

/** Keys are accepted for every API; on Azure those of a product are accepted for the APIs of the product. */
export function productNotes(
  reader: ResourceReader,
  links: readonly SynthesisedResource[],
  apis: readonly GatewayApi[],
  subscriptions: readonly GatewaySubscription[],
): string[] {
  const held = new Set(
    links.map((link) => `${reader.required(link, 'product_id')}/${reader.required(link, 'api_name').split(';')[0]!}`),
  );
  const products = new Set(subscriptions.flatMap(({ productId }) => productId ?? []));
  const closed = apis.filter(({ subscriptionRequired }) => subscriptionRequired);
  return [...products].flatMap((product) =>
    closed
      .filter(({ id }) => !held.has(`${product}/${id}`))
      .map(({ id }) => `keys of product ${product} are accepted for API ${id} too, which Azure would refuse`),
  );
}

function localKey(name: string, label: string, taken: ReadonlySet<string>): string {
  const header = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-');
  const key = `local-${header(name)}`;
  return taken.has(key) ? `${key}-${header(label)}` : key;
}

/** A product is named by its resource id, whose last part is what policies see as `context.Product.Id`. */
function productOf(reader: ResourceReader, resource: SynthesisedResource): string | undefined {
  const given = resource.values.product_id ?? undefined;
  const product = reader.configuration.referenceOf(given)?.resource;
  if (product) {
    return reader.required(product, 'product_id');
  }
  return reader.optional(resource, 'product_id')?.split('/').pop();
}
