import { abridged, quoted } from '../../contracts/printable';
import { TrafficRow } from '../../contracts/traffic-row';

/** A gateway of the file cannot be run as it is written there. */
export function gatewayUnreadable(problems: readonly string[]): Error {
  return new Error(
    `the gateway cannot be read from the synthesised stack:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
  );
}

export function attributeMissing(address: string, attribute: string): string {
  return `${address}: ${attribute} is missing`;
}

export function attributeUnresolved(address: string, attribute: string, given: string): string {
  return `${address}: ${attribute} is '${abridged(given)}', which the file does not say; write it literally, or as a reference to a literal of the same stack`;
}

export function notText(address: string, attribute: string, given: unknown): string {
  return `${address}: ${attribute} is ${quoted(given)}; allowed is text`;
}

export function instancesUnreadable(address: string, argument: string): string {
  return `${address}: ${argument} is not read; write one resource for each instance`;
}

export function resourceNotRead(address: string, reason: string): string {
  return `${address}: ${reason}`;
}

export function apiUnknown(address: string, api: string): string {
  return `${address}: API ${quoted(api)} is not in this file; keep an API and its operations and policies in one stack`;
}

export function operationUnknown(address: string, api: string, operation: string): string {
  return `${address}: operation ${quoted(operation)} of API ${quoted(api)} is not in this file`;
}

export function declaredTwice(address: string, what: string, other: string): string {
  return `${address}: ${what} is declared by ${other} already; keep one`;
}

export function policyUnreadable(address: string, problem: string): string {
  return `${address}: the policy cannot be read: ${problem}`;
}

export function durationUnreadable(address: string, attribute: string, given: string): string {
  return `${address}: ${attribute} is ${quoted(given)}; allowed is an ISO 8601 duration such as PT1M`;
}

export function urlNotHttp(address: string, attribute: string, given: string): string {
  return `${address}: ${attribute} is ${quoted(given)}; allowed is an absolute http or https URL`;
}

export function targetNotWritten(given: string): Error {
  return new Error(
    `target ${quoted(given)} is not of the form NAME=URL; write a route, a backend's id or the start of a URL, then = and an http or https URL without query, for instance gpt-4o@2024-08-06=http://127.0.0.1:4010`,
  );
}

/** What a target may name. */
interface TargetNames {
  readonly releases: readonly TrafficRow[];
  readonly routes: readonly string[];
  readonly backends: readonly string[];
}

export function targetUnknown(name: string, { releases, routes, backends }: TargetNames): Error {
  const listed = releases.find(({ label }) => label === name);
  if (listed !== undefined) {
    return new Error(`target ${quoted(name)} is a release that is ${listed.stage}: its router answers without an app`);
  }
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.slice(0, 40).join(', '));
  const labels = releases.map(({ label }) => label);
  const [what, and] =
    labels.length === 0
      ? ['neither a route nor a', '']
      : ['no release, route or', `its releases are ${list(labels)}, `];
  return new Error(
    `target ${quoted(name)} names ${what} backend of the gateway; ${and}its routes are ${list(routes)}, its backends ${list(backends)}`,
  );
}

export function targetsContradict(backend: string, first: string, second: string): Error {
  return new Error(
    `targets ${quoted(first)} and ${quoted(second)} send backend ${quoted(backend)} to different URLs; give the backend a target of its own`,
  );
}
