/** Places that a deployment fact holds already, so that they are not literals once more. */
export class HeldPlaces {
  private readonly keys = new WeakMap<object, Set<string>>();

  hold(container: unknown, ...keys: readonly string[]): void {
    if (typeof container === 'object' && container !== null) {
      this.keys.set(container, new Set([...(this.keys.get(container) ?? []), ...keys]));
    }
  }

  /** The keys that are held of one object, if any are. */
  keysOf(container: object): ReadonlySet<string> | undefined {
    return this.keys.get(container);
  }
}
