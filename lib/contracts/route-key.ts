/** Model name and exact version as one key, `name@version`: the word that routes, releases and the gateway share. */
export type RouteKey = string;

/** A route key taken apart. */
export interface RouteKeyParts {
  readonly name: string;
  readonly version: string;
}

const PATTERN = /^(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)@(?<version>[A-Za-z0-9][A-Za-z0-9._-]*)$/;

/** The key of a model version. */
export function formatRouteKey(parts: RouteKeyParts): RouteKey {
  return `${parts.name}@${parts.version}`;
}

/** The parts of a route key, or `undefined` if the text is not one. */
export function parseRouteKey(text: string): RouteKeyParts | undefined {
  const groups = PATTERN.exec(text)?.groups;
  return groups && { name: groups.name!, version: groups.version! };
}
