import { FragmentDocument } from '../policy/policy-document';
import { DeclaredBackend, GatewayBlock } from './gateway-backends';
import { ChosenTarget } from './gateway-branches';
import { DeclaredFragment, DeclaredNamedValue, GatewayParts } from './gateway-parts';
import { filledIn, isRead } from './gateway-policy-text';
import { GatewayService, mayShareService } from './gateway-service';
import { leadsToModels } from './model-address';
import { StackReferences } from './stack-references';

/** Finds what policies name among the parts of their own API Management service. */
export class GatewayLookup {
  private readonly backends = new Map<string, DeclaredBackend[]>();
  private readonly values: ReadonlyMap<string, string>;
  private readonly documents = new Map<string, ReadonlyMap<string, FragmentDocument>>();

  constructor(
    private readonly parts: GatewayParts,
    private readonly references: StackReferences,
  ) {
    this.values = new Map(
      parts.namedValues.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    );
    for (const backend of parts.backends) {
      const name = backend.name.toLowerCase();
      this.backends.set(name, [...(this.backends.get(name) ?? []), backend]);
    }
  }

  backend(name: string, service: GatewayService): DeclaredBackend | undefined {
    return this.backends.get(name.toLowerCase())?.find((backend) => mayShareService(backend.service, service));
  }

  /** Whether a backend of the service leads to models. */
  servesModels(service: GatewayService): boolean {
    return this.parts.backends.some(
      (backend) => backend.url !== undefined && leadsToModels(backend.url) && mayShareService(backend.service, service),
    );
  }

  fragmentsNamed(name: string, service: GatewayService): DeclaredFragment[] {
    return this.parts.fragments.filter(
      (fragment) => fragment.name.toLowerCase() === name.toLowerCase() && mayShareService(fragment.service, service),
    );
  }

  /** The fragments of a service that can be read, by name. */
  fragmentDocuments(service: GatewayService): ReadonlyMap<string, FragmentDocument> {
    const known =
      this.documents.get(service.key) ??
      new Map(
        this.parts.fragments.flatMap(({ name, read, block, service: own }) =>
          isRead(read) && mayShareService(own, service)
            ? [[name, filledIn(read, (text) => this.filled(text, block))] as const]
            : [],
        ),
      );
    this.documents.set(service.key, known);
    return known;
  }

  /** The named value of the service, rather than one of a service that cannot be told. */
  namedValue(name: string, service: GatewayService): DeclaredNamedValue | undefined {
    const named = this.parts.namedValues.filter(
      (value) => value.name === name && mayShareService(value.service, service),
    );
    return named.find((value) => value.service.key === service.key) ?? named[0];
  }

  /** The choice with the named values of API Management that the stack declares. */
  withNamedValues(chosen: ChosenTarget): ChosenTarget {
    const fill = (value: ChosenTarget['baseUrl']) =>
      typeof value === 'string'
        ? value.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => this.values.get(name.trim()) ?? whole)
        : value;
    return { ...chosen, backendId: fill(chosen.backendId), baseUrl: fill(chosen.baseUrl) };
  }

  /** A text of the block with what Terraform's expressions in it stand for, as far as it can be read. */
  filled(text: string, { instance }: GatewayBlock): string {
    return this.references.textOf(text, instance) ?? text;
  }
}
