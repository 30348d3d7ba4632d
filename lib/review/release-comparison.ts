import { canonicalTextOf } from '../contracts/canonical-json';
import { ManifestModelConfig, ManifestPrompt, ReleaseManifest } from '../contracts/release-manifest';

/** One difference, as a sentence and as what one says to differ. */
export interface Difference {
  /** For instance `prompt 'system' has another text`. */
  readonly detail: string;
  /** For instance `prompt 'system'`. */
  readonly subject: string;
}

/** What differs between two releases beside their models, for one role or for all. */
export interface ReleaseDifferences {
  /** Parameters of calls. */
  readonly config: readonly Difference[];
  readonly prompts: readonly Difference[];
  /** Prompts that keep their text and are made for other versions. */
  readonly reassigned: readonly string[];
  readonly logic: readonly Difference[];
  readonly grounding: readonly Difference[];
}

/** Compares two manifests: everything, or what concerns one role. */
export function compareReleases(before: ReleaseManifest, after: ReleaseManifest, role?: string): ReleaseDifferences {
  const prompts = comparePrompts(promptsOf(before, role), promptsOf(after, role));
  return {
    ...prompts,
    config: configs(before, after, role),
    logic: logic(before, after),
    grounding: grounding(before, after),
  };
}

/** The prompts that go to a role, or all of them. */
export function promptsOf({ prompts }: ReleaseManifest, role?: string): ReadonlyMap<string, ManifestPrompt> {
  return new Map(Object.entries(prompts).filter(([, { model }]) => role === undefined || model === role));
}

/** The digest of an image, which alone says what runs. */
export function digestOf(image: string): string {
  return image.slice(image.lastIndexOf('@') + 1);
}

function configs(before: ReleaseManifest, after: ReleaseManifest, role?: string): Difference[] {
  const roles = role === undefined ? Object.keys(after.models).sort() : [role];
  return roles.flatMap((each) => {
    const [old, current] = [before.models[each]?.config, after.models[each]?.config];
    const names = old === undefined || current === undefined ? [] : differingParameters(old, current);
    const listed = names.join(', ');
    return names.length === 0
      ? []
      : [{ detail: `${listed} of role '${each}' changed`, subject: `config of role '${each}' (${listed})` }];
  });
}

function differingParameters(before: ManifestModelConfig, after: ManifestModelConfig): string[] {
  const flat = ({ other, ...own }: ManifestModelConfig) => new Map(Object.entries({ ...other, ...own }));
  const [old, current] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((name) => canonicalTextOf(old.get(name)) !== canonicalTextOf(current.get(name)))
    .sort();
}

function comparePrompts(
  before: ReadonlyMap<string, ManifestPrompt>,
  after: ReadonlyMap<string, ManifestPrompt>,
): Pick<ReleaseDifferences, 'prompts' | 'reassigned'> {
  const prompts: Difference[] = [];
  const reassigned: string[] = [];
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, current] = [before.get(name), after.get(name)];
    const difference = promptDifference(name, old, current);
    if (difference !== undefined) {
      prompts.push(difference);
    } else if (canonicalTextOf(old?.madeFor) !== canonicalTextOf(current?.madeFor)) {
      reassigned.push(`prompt '${name}'`);
    }
  }
  return { prompts, reassigned };
}

function promptDifference(name: string, before?: ManifestPrompt, after?: ManifestPrompt): Difference | undefined {
  const subject = `prompt '${name}'`;
  if (before === undefined || after === undefined) {
    return comesOrGoes(subject, before === undefined);
  }
  if (before.text !== after.text) {
    return { detail: `${subject} has another text`, subject };
  }
  if (before.model !== after.model) {
    return { detail: `${subject} goes to role '${after.model}' instead of '${before.model}'`, subject };
  }
  const form = ({ template, parser, inputs }: ManifestPrompt) => canonicalTextOf({ template, parser, inputs });
  return form(before) === form(after) ? undefined : { detail: `${subject} is filled in another way`, subject };
}

function logic(before: ReleaseManifest, after: ReleaseManifest): Difference[] {
  return [
    ...(digestOf(before.image) === digestOf(after.image) ? [] : [{ detail: 'another image', subject: 'image' }]),
    ...becomes('orchestration', before.orchestration, after.orchestration),
  ];
}

function grounding({ knowledge: before }: ReleaseManifest, { knowledge: after }: ReleaseManifest): Difference[] {
  if (before === undefined || after === undefined) {
    const index = (before ?? after)?.index;
    return index === undefined ? [] : [comesOrGoes(`index '${index}'`, before === undefined)];
  }
  return [
    ...becomes('index', before.index, after.index),
    ...becomes('embedding model', before.embeddingModel, after.embeddingModel),
    ...becomes('dimensions', String(before.dimensions), String(after.dimensions)),
  ];
}

function comesOrGoes(subject: string, isNew: boolean): Difference {
  return isNew
    ? { detail: `${subject} is new`, subject: `${subject} (new)` }
    : { detail: `${subject} is gone`, subject: `${subject} (gone)` };
}

function becomes(what: string, before: string, after: string): Difference[] {
  return before === after
    ? []
    : [{ detail: `${what} ${before} becomes ${after}`, subject: `${what} (${before} to ${after})` }];
}
