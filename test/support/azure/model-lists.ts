import { FakeRequest, FakeRoute, refusal } from './exchange';

export const SUBSCRIPTION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

const PATH = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.CognitiveServices\/locations\/([^/]+)\/models$/;

/** The newest api-versions, as Resource Manager names them when it refuses another one. */
const API_VERSIONS = ['2026-09-01', '2024-10-01'];

const PAGE_SIZE = 50;

/** The model lists of some regions, fifty rows a page; Azure's own refusals for whatever else is asked. */
export function modelLists(regions: Readonly<Record<string, readonly unknown[]>>): FakeRoute {
  return (request) => {
    const [, subscription, region = ''] = PATH.exec(request.path) ?? [];
    if (subscription === undefined) {
      return undefined;
    }
    if (subscription !== SUBSCRIPTION) {
      return refusal(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
    }
    const apiVersion = request.query.get('api-version')!;
    const rows = regions[region];
    if (rows === undefined || !API_VERSIONS.includes(apiVersion)) {
      return refusal(
        400,
        'NoRegisteredProviderFound',
        `No registered resource provider found for location '${region}' and API version '${apiVersion}' for type 'locations/models'. ` +
          `The supported api-versions are '${API_VERSIONS.join(', ')}'. The supported locations are '${Object.keys(regions).join(', ')}'.`,
      );
    }
    const start = PAGE_SIZE * pageOf(request);
    const isLast = start + PAGE_SIZE >= rows.length;
    return {
      body: {
        value: rows.slice(start, start + PAGE_SIZE),
        ...(!isLast && { nextLink: linkTo(request, start / PAGE_SIZE + 1) }),
      },
    };
  };
}

/** The page that is asked for, from 0. */
export function pageOf({ query }: FakeRequest): number {
  return Number(query.get('$skiptoken')?.replace('kept-page-', '') ?? 0);
}

/** Where a list goes on. */
export function linkTo({ origin, path, query }: FakeRequest, page: number): string {
  return `${origin}${path}?api-version=${query.get('api-version')}&$skiptoken=kept-page-${page}`;
}
