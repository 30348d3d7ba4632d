import { blocksOf, JsonObject, property } from '../facts/json';
import { Locals } from '../facts/locals';
import { ReferredResource, StackReferences } from '../facts/stack-references';

const ADDRESSES = /^(?:KNOWLEDGE_URL|MODEL_[A-Z0-9_]+_(?:URL|DEPLOYMENT))$/;

/** An account or a service that a stack declares, by the names that people and URLs call it by. */
export interface DeclaredName {
  /** Terraform address, with the instance's suffix. */
  readonly address: string;
  /** As far as it can be read; expressions of Terraform may stand in it. */
  readonly name?: string;
  readonly location?: string;
  /** First label of the host under which an account is called, in lower case. */
  readonly subdomain?: string;
}

/** What a container app is told of where it calls. */
export interface DeclaredApp {
  readonly address: string;
  readonly name?: string;
  /** Environment variables that lead to models or to a knowledge API. */
  readonly variables: ReadonlyMap<string, ToldAddress>;
}

export interface ToldAddress {
  readonly written: string;
  /** With references followed. */
  readonly text: string;
}

/** Names that facts do not hold, because no rule needs them. */
export interface DeclaredNames {
  readonly apps: readonly DeclaredApp[];
  readonly accounts: readonly DeclaredName[];
  readonly services: readonly DeclaredName[];
}

/** The names in the Terraform JSON of one stack; any JSON value is accepted. */
export function declaredNames(configuration: unknown): DeclaredNames {
  const references = new StackReferences(configuration, new Locals(localsOf(configuration)).scope);
  const named = (type: string): DeclaredName[] =>
    references.ofType(type).map((found) => ({
      address: found.address,
      name: references.text(found, 'name'),
      location: references.text(found, 'location'),
      subdomain: references.text(found, 'custom_subdomain_name')?.toLowerCase(),
    }));
  return {
    accounts: named('azurerm_cognitive_account'),
    services: named('azurerm_api_management'),
    apps: references.ofType('azurerm_container_app').map((app) => ({
      address: app.address,
      name: references.text(app, 'name'),
      variables: variablesOf(app, references),
    })),
  };
}

function variablesOf(app: ReferredResource, references: StackReferences): Map<string, ToldAddress> {
  const variables = blocksOf(property(app.body, 'template'))
    .flatMap((template) => blocksOf(property(template, 'container')))
    .flatMap((container) => blocksOf(property(container, 'env')));
  return new Map(
    variables.flatMap((variable) => {
      const [name, written] = [property(variable, 'name'), property(variable, 'value')];
      const text = references.textOf(written, app.instance);
      const isAddress = typeof name === 'string' && ADDRESSES.test(name) && typeof written === 'string';
      return isAddress && text !== undefined ? [[name, { written, text }] as const] : [];
    }),
  );
}

function localsOf(configuration: unknown): JsonObject {
  return Object.assign({}, ...blocksOf(property(configuration, 'locals'))) as JsonObject;
}
