import { formatRouteKey } from './route-key';

/** `gpt-4o@2024-11-20`; the name alone where no version is known. */
export function versionedName(name: string, version: string | undefined): string {
  return version === undefined ? name : formatRouteKey({ name, version });
}
