import { Waiver } from '../contracts/waiver';
import { Finding } from './finding';

/** Azure compares the ids of resources without case: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const RESOURCE_ID = /^\/subscriptions\//i;

const MODULE_ADDRESS = /(?:^|\.)module\.[^.[\]]+(?:\[[^\]]*\])?$/;

/** Waivers by rule and resource, so that many findings meet many waivers in linear time. */
export class WaiverIndex<T extends { readonly waiver: Waiver; readonly stack?: string }> {
  private readonly exact = new Map<string, T[]>();
  private readonly patterns = new Map<string, T[]>();

  public constructor(waivers: readonly T[]) {
    for (const one of waivers) {
      const { rule, resource } = one.waiver;
      // A construct id may hold a `*`: only who writes a file means a pattern by it.
      if (resource.includes('*') && one.stack === undefined) {
        push(this.patterns, rule, one);
      } else {
        push(this.exact, keyOf(rule, resource), one);
      }
    }
  }

  /** Every waiver of the finding's rule whose resource covers the finding. */
  public matching(finding: Finding): T[] {
    const { address, stack } = finding.resource;
    // What no construct declares (overrides, locals) belongs to its stack.
    const constructPath = finding.resource.constructPath ?? stack;
    const covering = new Set([...constructsAbove(constructPath), ...addressesAbove(address)]);
    const matches = [...covering].flatMap((resource) => this.exact.get(keyOf(finding.rule, resource)) ?? []);
    for (const one of this.patterns.get(finding.rule) ?? []) {
      const pattern = one.waiver.resource;
      if (
        matchesPattern(...asCompared(pattern, address)) ||
        (constructPath !== undefined && matchesPattern(pattern, constructPath))
      ) {
        matches.push(one);
      }
    }
    return matches;
  }
}

/** Whether the whole text matches a pattern in which `*` stands for any run of characters, `/` and `.` included. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [head, ...pieces] = pattern.split('*') as [string, ...string[]];
  const tail = pieces.pop();
  if (tail === undefined) {
    return pattern === text;
  }
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) {
    return false;
  }
  let position = head.length;
  const end = text.length - tail.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found < 0 || found + piece.length > end) {
      return false;
    }
    position = found + piece.length;
  }
  return true;
}

/** A pattern and an address as they are compared; what names nothing on Azure is compared as it is. */
function asCompared(pattern: string, address: string): [string, string] {
  return RESOURCE_ID.test(address) ? [pattern.toLowerCase(), address.toLowerCase()] : [pattern, address];
}

/** The construct path and the paths of all constructs above it. */
function constructsAbove(path: string | undefined): string[] {
  const paths: string[] = [];
  for (let current = path ?? ''; current !== ''; current = current.slice(0, Math.max(current.lastIndexOf('/'), 0))) {
    paths.push(current);
  }
  return paths;
}

/** The address, the resource without its instance key, and the modules around it. */
function addressesAbove(address: string): string[] {
  const addresses = [address];
  for (let index = 1; index < address.length; index++) {
    const prefix = address[index] === '[' || address[index] === '.' ? address.slice(0, index) : undefined;
    if (prefix !== undefined && (address[index] === '[' || MODULE_ADDRESS.test(prefix))) {
      addresses.push(prefix);
    }
  }
  return addresses;
}

function keyOf(rule: string, resource: string): string {
  return JSON.stringify([rule, RESOURCE_ID.test(resource) ? resource.toLowerCase() : resource]);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) {
    map.set(key, [value]);
  } else {
    values.push(value);
  }
}
