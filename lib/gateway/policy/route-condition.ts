import { csharpString } from '../../policy/csharp-string';
import { read } from '../../policy/node-builders';

/** Condition that the call is for a route. */
export function routeIs(key: string): string {
  return `${read('route')}==${csharpString(key)}`;
}
