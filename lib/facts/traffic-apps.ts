import { ContainerApp } from './release-container';
import { StackReferences } from './stack-references';
import { RoutedRow } from './traffic-facts';

const REFERENCE =
  /(?<address>(?:azurerm_container_app|azapi_resource)\.[A-Za-z_][\w-]*)(?<index>\[(?:"[^"]*"|\d+)\])?[.)]/;

/** A host may begin with the app's name: `https://<name>.<domain of the environment>`, or be nothing else inside it. */
const FIRST_LABEL = /^(?:https?:\/\/)?(?<name>[a-z][a-z0-9-]*)(?:[./:]|$)/i;

/** A container app, and the name that hosts may begin with. */
export type AppPlace = Pick<ContainerApp, 'origin' | 'name' | 'instance'>;

/** Tells which container app of the stack a URL or host leads to. */
export class AppFinder {
  private addresses?: ReadonlySet<string>;
  private byName?: ReadonlyMap<string, string>;

  constructor(
    private readonly apps: readonly AppPlace[],
    private readonly references: StackReferences,
  ) {}

  /** The address of the app, or `undefined` where the text leads out of the stack or cannot be read. */
  find(url: string): string | undefined {
    const { address, index = '' } = REFERENCE.exec(url)?.groups ?? {};
    if (address !== undefined) {
      this.addresses ??= new Set(this.apps.map(({ origin }) => origin.address));
      return this.addresses.has(`${address}${index}`) ? `${address}${index}` : undefined;
    }
    const name = FIRST_LABEL.exec(url)?.groups!.name;
    return name && this.named().get(name.toLowerCase());
  }

  /** What the places that a label leads to say of its row. */
  rowOf(label: string, places: readonly string[]): Pick<RoutedRow, 'app' | 'elsewhere'> {
    const app = places.flatMap((place) => this.find(place) ?? [])[0];
    const strange = places.find((place) => FIRST_LABEL.exec(place)?.groups!.name?.toLowerCase() !== label);
    return app !== undefined ? { app } : strange !== undefined ? { elsewhere: strange } : {};
  }

  private named(): ReadonlyMap<string, string> {
    this.byName ??= new Map(
      this.apps.map(({ name, instance, origin }) => [
        this.references.textOf(name, instance)?.toLowerCase() ?? '',
        origin.address,
      ]),
    );
    return this.byName;
  }
}
