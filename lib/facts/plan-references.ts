import { terraformTemplate } from '../contracts/terraform-template';
import { isTemplate, templateParts } from './expression-text';
import { isObject } from './json';
import { PlannedAddresses } from './plan-addresses';
import { ConfigurationModule } from './plan-document';
import { attributeOf, isLeftOut, isWritten, nodeAt, wholeExpression, Written } from './plan-expressions';
import { joined, keyOf, PlannedResource, PlanModules } from './plan-modules';
import {
  differsByInstance,
  EFFORT_PER_VALUE,
  isIdentifying,
  OriginFinder,
  referencesOf,
  Standpoint,
} from './plan-origins';
import { pathText } from './plan-reference-path';
import { descend, Step } from './scope';

const WHOLE_REFERENCE = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_*][\w-]*|\[(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9_.]+)\])+$/;

/** References inside an expression; quoted texts are passed over, because they are no references. */
const REFERENCES =
  /"(?:[^"\\]|\\.)*"|(?<![\w.-])[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[(?:"(?:[^"\\]|\\.)*"|\d+|each\.\w+|count\.index)\])+/g;

/**
 * Finds out what values that are known only after the apply follow from. Plans name the references of an attribute and
 * not the expression around them, except where the configuration is Terraform JSON, as cdktf writes it: there the
 * expression is given as it stands.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class PlanReferences {
  private readonly modules: PlanModules;
  private readonly origins: OriginFinder;

  /** @param ids ids that are known, by address */
  constructor(
    configuration: ConfigurationModule,
    resources: Iterable<PlannedResource>,
    private readonly addresses: PlannedAddresses,
    private readonly ids: ReadonlyMap<string, string>,
  ) {
    this.modules = new PlanModules(configuration);
    this.origins = new OriginFinder(this.modules, resources, addresses);
  }

  /**
   * What stands in the flat configuration for a value of the resource that is known only after the apply; nothing for one
   * that the configuration leaves to the provider.
   */
  unknownValue(resource: PlannedResource, steps: readonly Step[]): unknown {
    const declared = this.modules.declarationOf(resource);
    if (declared !== undefined && isLeftOut(declared.expressions, steps)) {
      return undefined;
    }
    return this.valueOf(declared && nodeAt(declared.expressions, steps), {
      within: this.modules.around(resource),
      key: keyOf(resource),
      forEach: declared?.forEach,
      attribute: attributeOf(steps),
      depth: 0,
      effort: { left: EFFORT_PER_VALUE },
    });
  }

  /** Whether the configuration sets the attribute or block; `undefined` where it says nothing of the resource. */
  isConfigured(resource: PlannedResource, attribute: string): boolean | undefined {
    const declared = this.modules.declarationOf(resource);
    return declared && Object.hasOwn(declared.expressions, attribute);
  }

  /** Attributes that the configuration sets, for a resource whose values are not planned yet. */
  configuredAttributes(resource: PlannedResource): readonly string[] {
    const declared = this.modules.declarationOf(resource);
    return Object.keys(declared?.expressions ?? {});
  }

  private valueOf(node: unknown, from: Standpoint): unknown {
    if (Array.isArray(node)) {
      return node.map((item) => this.valueOf(item, from));
    }
    if (isWritten(node)) {
      return this.textOf(node, from);
    }
    return isObject(node) && Object.keys(node).length > 0
      ? Object.fromEntries(
          Object.entries(node).map(([key, inner]) => [
            key,
            this.valueOf(nodeAt(inner, []), { ...from, attribute: key }),
          ]),
        )
      : this.addresses.words('known after apply');
  }

  private textOf(written: Written, from: Standpoint): unknown {
    const { references, constant, rest } = written;
    const text = descend(constant, rest);
    if (references.length === 0 && text !== undefined && !(typeof text === 'string' && isTemplate(text))) {
      return typeof text === 'string' ? terraformTemplate(text) : text;
    }
    if (typeof text === 'string' && !WHOLE_REFERENCE.test(wholeExpression(text) ?? '')) {
      return this.template(text, from) ?? this.addresses.words(text);
    }
    const origin = this.origins.originOf(written, from);
    if (origin !== undefined) {
      const path = pathText(origin.path);
      const id =
        path === '.id' && isIdentifying(from.attribute) ? this.ids.get(this.addresses.restore(origin.flat)) : undefined;
      return id === undefined ? `\${${origin.flat}${path}}` : terraformTemplate(id);
    }
    return this.addresses.words(toldOf(written, from));
  }

  /** A text of Terraform JSON with flat names in its expressions; `undefined` where it has directives. */
  private template(text: string, from: Standpoint): string | undefined {
    return templateParts(text)
      ?.map((part) =>
        part.kind === 'text'
          ? terraformTemplate(part.text)
          : `\${${part.text.replace(REFERENCES, (reference) => this.flatReference(reference, from))}}`,
      )
      .join('');
  }

  private flatReference(reference: string, from: Standpoint): string {
    const origin = reference.startsWith('"') ? undefined : this.origins.follow(reference, [], from, true);
    return origin === undefined ? reference : `${origin.flat}${pathText(origin.path)}`;
  }
}

/** What a person is told of a value that is known only after the apply. */
function toldOf(written: Written, { within, key }: Standpoint): string {
  const references = referencesOf(written).map((reference) => joined(within.address, reference));
  const isByInstance = key !== '' && differsByInstance(written);
  if (references.length === 1 && !isByInstance) {
    return `\${${references[0]!}}`;
  }
  const sources = references.length === 0 ? '' : `, from ${references.join(', ')}`;
  return `known after apply${sources}${isByInstance ? `, for ${key}` : ''}`;
}
