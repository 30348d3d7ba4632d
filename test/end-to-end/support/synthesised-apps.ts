import { blocksOf, SynthesisedConfiguration } from '../../../lib/emulator/synthesised/configuration';
import { StandIns } from '../../../lib/emulator/synthesised/stand-ins';

/** What only Azure tells. */
export interface AppliedValues {
  /** Without a slash at the end. */
  readonly gatewayUrl: string;
  /** Host of an app, by its name. */
  readonly hostOf: (app: string) => string;
}

/** A Container App as the configuration declares it. */
export interface SynthesisedApp {
  readonly name: string;
  readonly command: readonly string[];
  /** Variables of its container, those with secrets left out. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the variables whose values are secrets. */
  readonly secrets: readonly string[];
}

/**
 * The configuration with what an apply would tell in the place of the references to it: `gateway_url` of API Management, and
 * `ingress[0].fqdn` of each Container App. Nothing else is replaced.
 */
export function applied(configuration: unknown, { gatewayUrl, hostOf }: AppliedValues): unknown {
  const values = new Map<string, string>();
  for (const { address, type, values: resource } of new SynthesisedConfiguration(configuration).managed()) {
    if (type === 'azurerm_container_app') {
      values.set(`\${${address}.ingress[0].fqdn}`, hostOf(String(resource.name)));
    } else if (type === 'azurerm_api_management') {
      values.set(`\${${address}.gateway_url}`, gatewayUrl);
    }
  }
  const replaced = [...values].reduce(
    (text, [reference, value]) => text.replaceAll(reference, value),
    JSON.stringify(configuration),
  );
  return JSON.parse(replaced);
}

/**
 * The Container Apps of a configuration. Texts are what Terraform would make of them: escapes are undone and references to what the file
 * says are followed. For what nobody knows, which is ids of identities, there is the stand-in that the emulator has for the same
 * expression in a policy, so that it is the same text in both places.
 */
export function appsOf(configuration: unknown): SynthesisedApp[] {
  const file = new SynthesisedConfiguration(configuration);
  const standIns = new StandIns();
  const filled = (text: unknown, place: string): string =>
    file.fill(String(text), (expression) => standIns.of(expression, place));
  return file
    .managed()
    .filter(({ type }) => type === 'azurerm_container_app')
    .map(({ address, values }) => {
      const [container] = blocksOf(values.template).flatMap((template) => blocksOf(template.container));
      const variables = blocksOf(container?.env);
      const isSecret = ({ secret_name: secret }: Record<string, unknown>): boolean =>
        (secret ?? undefined) !== undefined;
      const texts = (list: unknown): string[] => (Array.isArray(list) ? list.map((text) => filled(text, address)) : []);
      return {
        name: filled(values.name, address),
        command: [...texts(container?.command), ...texts(container?.args)],
        environment: Object.fromEntries(
          variables
            .filter((variable) => !isSecret(variable))
            .map(({ name, value }) => [String(name), filled(value ?? '', address)]),
        ),
        secrets: variables.filter(isSecret).map(({ name }) => String(name)),
      };
    });
}
