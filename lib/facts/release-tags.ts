import { ORCHESTRATOR_TAGS } from '../contracts/orchestrator-tags';
import { isReleaseId } from '../contracts/release-manifest';
import { ABSENT, Attribute, known, unknown } from './attribute';
import { expressionOf } from './block';
import { resolveValue } from './expression';
import { isObject, property } from './json';
import { ContainerApp } from './release-container';
import { Unresolved } from './unresolved';

/** The tag of `Orchestrator`: where expressions hide what the container is told, the app still says that it runs a release. */
export function isTagged(app: ContainerApp): boolean {
  return isReleaseId(resolveValue(property(tagsOf(app), ORCHESTRATOR_TAGS.releaseId), app.instance.scope));
}

/**
 * What the app names as evidence that its release was evaluated: absent where it names nothing, unknown where the tags
 * cannot be read or the tag is no text.
 *
 * Azure takes a tag for the same one whatever the case of its name:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
 */
export function evidenceOf(app: ContainerApp): Attribute {
  const tags = tagsOf(app) ?? {};
  if (!isObject(tags) || tags instanceof Unresolved) {
    return unknown(expressionOf(tags));
  }
  const [name, ...others] = Object.keys(tags).filter((key) => key.toLowerCase() === ORCHESTRATOR_TAGS.evidence);
  if (others.length > 0) {
    return unknown(`${others.length + 1} tags of the same name`);
  }
  const value = (name === undefined ? undefined : resolveValue(tags[name], app.instance.scope)) ?? '';
  if (typeof value !== 'string') {
    return unknown(typeof value === 'object' ? expressionOf(value) : 'a value that is no text');
  }
  return value.trim() === '' ? ABSENT : known(value);
}

function tagsOf({ tags, instance: { scope } }: ContainerApp): unknown {
  return typeof tags === 'string' ? resolveValue(tags, scope) : tags;
}
