/** HTTP headers in order, each value on its own; names are compared without case. */
export class HeaderBag {
  private readonly lines: { name: string; value: string }[] = [];

  /** From Node's raw headers: name, value, name, value … */
  static fromRaw(raw: readonly string[]): HeaderBag {
    const bag = new HeaderBag();
    for (let index = 0; index + 1 < raw.length; index += 2) {
      bag.append(raw[index]!, [raw[index + 1]!]);
    }
    return bag;
  }

  has(name: string): boolean {
    return this.values(name).length > 0;
  }

  values(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.lines.filter((line) => line.name.toLowerCase() === wanted).map((line) => line.value);
  }

  /** Repeated headers are one, joined by commas, as the gateway shows them. */
  joined(name: string): string | undefined {
    return this.has(name) ? this.values(name).join(',') : undefined;
  }

  append(name: string, values: readonly string[]): void {
    values.forEach((value) => this.lines.push({ name, value }));
  }

  set(name: string, values: readonly string[]): void {
    this.delete(name);
    this.append(name, values);
  }

  delete(name: string): void {
    const wanted = name.toLowerCase();
    for (let index = this.lines.length - 1; index >= 0; index -= 1) {
      if (this.lines[index]!.name.toLowerCase() === wanted) {
        this.lines.splice(index, 1);
      }
    }
  }

  /** Each name once, as first written, with its values. */
  entries(): [string, string[]][] {
    const names = new Map<string, string>();
    this.lines.forEach(({ name }) => names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? name));
    return [...names.values()].map((name) => [name, this.values(name)]);
  }

  clone(): HeaderBag {
    const copy = new HeaderBag();
    this.lines.forEach(({ name, value }) => copy.append(name, [value]));
    return copy;
  }
}

/** Headers that concern one connection alone (RFC 9110, §7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The headers without those of the connection, the ones that `Connection` names included. */
export function endToEnd(headers: HeaderBag): HeaderBag {
  const copy = headers.clone();
  const named = headers.values('connection').flatMap((value) => value.split(',').map((name) => name.trim()));
  [...HOP_BY_HOP, ...named].forEach((name) => copy.delete(name));
  return copy;
}
