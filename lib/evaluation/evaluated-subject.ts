import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json';
import { quoted } from '../contracts/printable';
import { ReleaseManifest } from '../contracts/release-manifest';
import { formatRouteKey, RouteKey } from '../contracts/route-key';
import { compareText } from '../contracts/text-order';

/**
 * What was evaluated, part by part, so that a refusal can say which part is another one. Hashes are SHA-256 in 64 hex digits.
 *
 * Two releases may have the same subject and different ids: a model's format, a prompt's role, template, inputs and parser, and
 * the model versions that it is made for are in the id alone.
 */
export interface EvaluatedSubject {
  /** Route key by role. */
  readonly models: Readonly<Record<string, RouteKey>>;
  /** Hash of the canonical JSON of the configuration, by role; the same roles as `models`. */
  readonly configs: Readonly<Record<string, string>>;
  /** Hash of the text in UTF-8, by name of the prompt. */
  readonly prompts: Readonly<Record<string, string>>;
  /** The image by its digest. */
  readonly image: string;
  /** Version of the orchestration logic. */
  readonly orchestration: string;
  /** Hash of the canonical JSON of the manifest's `knowledge`; absent where the release has none. */
  readonly index?: string;
}

/** Part of a release in which two subjects can differ. */
export type SubjectPart = 'model' | 'config' | 'prompt' | 'image' | 'orchestration' | 'index';

/** One part that was evaluated as something else than the release has. */
export interface SubjectDifference {
  readonly part: SubjectPart;
  /** Role of a model or configuration, name of a prompt; absent for the parts that a release has once. */
  readonly name?: string;
  /** What was evaluated; absent where that had no such part. */
  readonly from?: string;
  /** What the release has; absent where it has no such part. */
  readonly to?: string;
}

/** Digits of a hash that are enough to tell two texts apart in a sentence. */
const DIGITS_SHOWN = 12;

/** The parts of a release that its evidence names. */
export function subjectOf(manifest: ReleaseManifest): EvaluatedSubject {
  const models = Object.entries(manifest.models);
  return {
    models: Object.fromEntries(models.map(([role, model]) => [role, formatRouteKey(model)])),
    configs: Object.fromEntries(models.map(([role, { config }]) => [role, sha256(canonicalJson(config))])),
    prompts: Object.fromEntries(Object.entries(manifest.prompts).map(([name, { text }]) => [name, sha256(text)])),
    image: manifest.image,
    orchestration: manifest.orchestration,
    ...(manifest.knowledge !== undefined && { index: sha256(canonicalJson(manifest.knowledge)) }),
  };
}

/** What a release has otherwise than it was evaluated; empty where every part is the same. */
export function differencesOf(evaluated: EvaluatedSubject, release: EvaluatedSubject): readonly SubjectDifference[] {
  return [
    ...differingEntries('model', evaluated.models, release.models),
    ...differingEntries('config', evaluated.configs, release.configs),
    ...differingEntries('prompt', evaluated.prompts, release.prompts),
    ...differing({ part: 'image' }, evaluated.image, release.image),
    ...differing({ part: 'orchestration' }, evaluated.orchestration, release.orchestration),
    ...differing({ part: 'index' }, evaluated.index, release.index),
  ];
}

/** A difference in words, for instance `model 'chat' was gpt-4o@2024-08-06 and is gpt-4o@2024-11-20`. */
export function describeDifference({ part, name, from, to }: SubjectDifference): string {
  const place = name === undefined ? part : `${part} ${quoted(name)}`;
  if (from === undefined) {
    return `${place} was not there and is ${shown(part, to)}`;
  }
  return to === undefined
    ? `${place} was ${shown(part, from)} and is not there`
    : `${place} was ${shown(part, from)} and is ${shown(part, to)}`;
}

function differingEntries(
  part: SubjectPart,
  evaluated: Readonly<Record<string, string>>,
  release: Readonly<Record<string, string>>,
): SubjectDifference[] {
  // Maps, for a role may be called 'constructor'.
  const from = new Map(Object.entries(evaluated));
  const to = new Map(Object.entries(release));
  const names = [...new Set([...from.keys(), ...to.keys()])].sort(compareText);
  return names.flatMap((name) => differing({ part, name }, from.get(name), to.get(name)));
}

function differing(place: Pick<SubjectDifference, 'part' | 'name'>, from?: string, to?: string): SubjectDifference[] {
  return from === to ? [] : [{ ...place, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function shown(part: SubjectPart, value = ''): string {
  const isHash = part === 'config' || part === 'prompt' || part === 'index';
  return isHash ? `sha256 ${value.slice(0, DIGITS_SHOWN)}…` : value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
