import { ContainerApp } from './release-container';
import { StackReferences } from './stack-references';

const REFERENCE =
  /(?<address>(?:azurerm_container_app|azapi_resource)\.[A-Za-z_][\w-]*)(?<index>\[(?:"[^"]*"|\d+)\])?[.)]/;

/** A host may begin with the app's name: `https://<name>.<domain of the environment>`, or be nothing else inside it. */
const FIRST_LABEL = /^(?:https?:\/\/)?(?<name>[a-z][a-z0-9-]*)(?:[./:]|$)/i;

/** Tells which container app of the stack a URL or host leads to. */
export class AppFinder {
  private readonly addresses: ReadonlySet<string>;
  private readonly byName: ReadonlyMap<string, string>;

  constructor(apps: readonly ContainerApp[], references: StackReferences) {
    this.addresses = new Set(apps.map(({ origin }) => origin.address));
    this.byName = new Map(
      apps.map(({ name, instance, origin }) => [
        references.textOf(name, instance)?.toLowerCase() ?? '',
        origin.address,
      ]),
    );
  }

  /** The address of the app, or `undefined` where the text leads out of the stack or cannot be read. */
  find(url: string): string | undefined {
    const { address, index = '' } = REFERENCE.exec(url)?.groups ?? {};
    if (address !== undefined) {
      return this.addresses.has(`${address}${index}`) ? `${address}${index}` : undefined;
    }
    const name = FIRST_LABEL.exec(url)?.groups!.name;
    return name && this.byName.get(name.toLowerCase());
  }
}
