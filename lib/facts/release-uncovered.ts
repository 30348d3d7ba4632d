import { property } from './json';
import { Container, ContainerApp } from './release-container';
import { UncoveredFact } from './release-facts';

/**
 * Changes to what a release consists of that Terraform is told to leave as they are, in the words of azurerm and of azapi
 * (https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes). How an app scales is not among them.
 */
const IGNORED =
  /^(?:all|(?:template(?:\[\d+\])?|body(?:\.properties(?:\.template)?)?)(?:\.(?:init_container|initContainers|containers?)(?:\[\d+\])?(?:\.(?:image|env|command|args)\b.*)?)?)$/;

/** What the id of the release that a container runs does not cover. */
export function uncoveredBy(app: ContainerApp, told: readonly Container[], isTagged: boolean): UncoveredFact[] {
  const others = app.containers.filter((container) => !told.includes(container)).map(({ path }) => path);
  const besides: readonly UncoveredFact[] = isTagged
    ? [
        ...told.flatMap(({ commands }) => commands.map((path) => ({ path, kind: 'command' as const }))),
        ...[...others, ...app.initContainers].map((path) => ({ path, kind: 'container' as const })),
      ]
    : [];
  const isIgnored = ignoredChanges(app.lifecycle).some((change) => IGNORED.test(change));
  return isIgnored ? [...besides, { path: 'lifecycle.ignore_changes', kind: 'ignored change' }] : [...besides];
}

function ignoredChanges(lifecycle: unknown): string[] {
  return (Array.isArray(lifecycle) ? lifecycle : [lifecycle]).flatMap((block: unknown) => {
    const given = property(block, 'ignore_changes');
    return (Array.isArray(given) ? given : [given]).filter((change): change is string => typeof change === 'string');
  });
}
