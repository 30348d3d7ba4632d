import { GatewayApi, GatewayDefinition, GatewayOperation } from './gateway-definition';

export interface MatchedOperation {
  readonly api: GatewayApi;
  readonly operation: GatewayOperation;
  /** Values of the template's parameters, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The path below the API's, with a slash before it. */
  readonly path: string;
}

/** Segments of a path, without empty ones at its ends. */
function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The operation that a request is for: literal segments win over parameters, parameters over `{*rest}`. */
export function matchOperation(gateway: GatewayDefinition, method: string, path: string): MatchedOperation | undefined {
  const given = segments(path);
  const candidates = gateway.apis.flatMap((api) => {
    const prefix = segments(api.path);
    const inside = prefix.every((segment, index) => segment.toLowerCase() === given[index]?.toLowerCase());
    return inside
      ? api.operations
          .filter((operation) => operation.method === '*' || operation.method === method)
          .flatMap((operation) => matchTemplate(api, operation, given.slice(prefix.length), prefix.length))
      : [];
  });
  return candidates.sort((left, right) => (left.rank < right.rank ? 1 : left.rank > right.rank ? -1 : 0))[0]?.match;
}

function matchTemplate(
  api: GatewayApi,
  operation: GatewayOperation,
  given: readonly string[],
  prefixLength: number,
): { rank: string; match: MatchedOperation }[] {
  const template = segments(operation.urlTemplate.split('?')[0]!);
  const parameters = new Map<string, string>();
  let rank = String(prefixLength).padStart(3, '0');
  for (const [index, segment] of template.entries()) {
    const wildcard = /^\{\*(.*)\}$/.exec(segment);
    if (wildcard) {
      parameters.set(wildcard[1]!, given.slice(index).map(decoded).join('/'));
      return [{ rank: `${rank}0`, match: { api, operation, parameters, path: `/${given.join('/')}` } }];
    }
    const parameter = /^\{(.+)\}$/.exec(segment);
    const actual = given[index];
    if (actual === undefined || (!parameter && actual.toLowerCase() !== segment.toLowerCase())) {
      return [];
    }
    if (parameter) {
      parameters.set(parameter[1]!, decoded(actual));
    }
    rank += parameter ? '1' : '2';
  }
  return template.length === given.length
    ? [{ rank: `${rank}3`, match: { api, operation, parameters, path: `/${given.join('/')}` } }]
    : [];
}
