import { quoted } from '../contracts/printable';
import { RELEASE_LABEL } from '../contracts/release-words';
import type { RouterCapabilities } from './router-capabilities';

const PERCENT_RULE = 'a share is a number from 0 to 100 with at most two decimals';

export function rampEmpty(steps: unknown): Error {
  return new Error(
    `steps ${quoted(steps)} of Ramp.of are not a ramp: list at least one percent, for instance [0, 1, 5, 25, 50, 100]`,
  );
}

export function rampPercentInvalid(index: number, percent: unknown): Error {
  return new Error(`step ${index} of Ramp.of is ${quoted(percent)}: ${PERCENT_RULE}; respell it`);
}

export function rampNotAscending(index: number, before: number, percent: number): Error {
  return new Error(
    `step ${index} of Ramp.of is ${percent} after ${before}: steps ascend, because a ramp moves nobody back; sort them and leave out what stands there twice`,
  );
}

export function rampStepInvalid(step: unknown, steps: readonly number[]): Error {
  return new Error(
    `step ${quoted(step)} of Ramp.of is no position in [${steps.join(', ')}]: write a whole number from 0 to ${steps.length - 1}`,
  );
}

export function releaseIsNoOrchestrator(label: string): Error {
  return new Error(`${label}: a release is no orchestrator: pass the Orchestrator that runs it`);
}

export function orchestratorInvalid(given: unknown): Error {
  return new Error(
    `${given === undefined || given === null ? String(given) : 'an object without a label'} is no orchestrator: pass an Orchestrator, or Orchestrator.fromUrl(…) for one that is declared elsewhere`,
  );
}

export function releaseLabelInvalid(place: string, label: unknown): Error {
  return new Error(
    `label ${quoted(label)} of ${place} is not one of a release: a label is ${RELEASE_LABEL.allowed}, for instance 'chat-0a1b2c3d4e5f', and is known as text`,
  );
}

export function canaryShareAmbiguous(label: string, percent: unknown): Error {
  return new Error(
    `RoutedRelease.canary of ${label} was given ${percent === undefined ? 'neither ramp nor percent' : 'both ramp and percent'}: give exactly one, for instance { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 1) }`,
  );
}

export function canaryPercentInvalid(label: string, percent: unknown): Error {
  return new Error(`percent ${quoted(percent)} of RoutedRelease.canary of ${label} is no share: ${PERCENT_RULE}`);
}

export function canaryAnchorInvalid(label: string, anchor: unknown): Error {
  return new Error(
    `anchor ${quoted(anchor)} of RoutedRelease.canary of ${label} is not one: write TrafficAnchor.LOW or TrafficAnchor.HIGH`,
  );
}

export function releasesMissing(path: string, releases: unknown): Error {
  const problem = Array.isArray(releases)
    ? `the list of releases of ${path} is empty`
    : `releases ${quoted(releases)} of ${path} are no list of releases`;
  return new Error(`${problem}: list at least RoutedRelease.stable(orchestrator)`);
}

export function releaseInvalid(path: string, index: number, release: unknown): Error {
  return new Error(
    `releases[${index}] of ${path} is ${typeof release === 'object' && release !== null ? 'an object of another class' : quoted(release)}: ` +
      'write RoutedRelease.stable, .canary, .candidate or .draining with an orchestrator, or .retired with a label',
  );
}

export function releaseListedTwice(path: string, label: string, first: string, second: string): Error {
  return new Error(
    `${path} lists the release ${label} twice, as ${first} and as ${second}: a release is at one stage; remove one of the two`,
  );
}

export function urlShared(path: string, first: string, second: string): Error {
  return new Error(
    `${path} reaches the releases ${first} and ${second} at one URL: each release is an app of its own; pass each its orchestrator`,
  );
}

export function stableNotOne(path: string, labels: readonly string[]): Error {
  return new Error(
    `${path} has ${labels.length === 0 ? 'no stable release' : `${labels.length} stable releases (${labels.join(', ')})`}: ` +
      'exactly one is, and serves everybody whom no canary serves; list one with RoutedRelease.stable(orchestrator)',
  );
}

export function anchorTaken(path: string, anchor: string, first: string, second: string): Error {
  return new Error(
    `${path} has two canaries, ${first} and ${second}, whose shares grow from the ${anchor} end: two canaries need an end each, and there is no room for a third; give one of them { anchor: TrafficAnchor.${anchor === 'low' ? 'HIGH' : 'LOW'} }`,
  );
}

export function sharesExceedAll(path: string, low: number, high: number): Error {
  return new Error(
    `the canaries of ${path} have ${low} % and ${high} % of the users: together at most 100 %; lower one of them, or make one stable`,
  );
}

export function saltInvalid(path: string, salt: unknown): Error {
  return new Error(
    `salt ${quoted(salt)} of ${path} is not valid: it has 1 to 64 letters, digits and '._-', beginning with a letter or digit, and is known as text; write for instance 'chat-2026-11'`,
  );
}

export function stickinessInvalid(path: string, stickiness: unknown): Error {
  return new Error(
    `stickiness ${quoted(stickiness)} of ${path} is not one: write RouterStickiness.NONE, COOKIE or DETERMINISTIC`,
  );
}

export function mirrorPercentInvalid(path: string, percent: unknown): Error {
  return new Error(`percent ${quoted(percent)} in mirror of ${path} is no share: ${PERCENT_RULE}`);
}

export function mirrorNotCandidate(path: string, label: unknown, stage: string | undefined): Error {
  return new Error(
    `mirror of ${path} copies requests to ${label === undefined ? 'nothing' : quoted(label)}, which ${stage === undefined ? 'is not among its releases' : `is ${stage}`}: ` +
      'copies go to a release without users; list it as RoutedRelease.candidate(orchestrator) and pass the same orchestrator',
  );
}

/** One thing that a router cannot do, and the routers that can. */
export interface MissingCapability {
  readonly words: string;
  readonly able: readonly RouterCapabilities[];
}

export function routerLacks(path: string, router: RouterCapabilities, missing: readonly MissingCapability[]): Error {
  const sentences = missing.map(({ words, able }) => {
    const names = able.map(({ construct, title }) => construct ?? `${title} (not in this package)`);
    return `${words}; ${names.length === 0 ? 'no router can' : `those that can: ${names.join(', ')}`}`;
  });
  return new Error(
    `${path} is asked for what ${router.construct ?? router.title} cannot do. ${sentences.map((sentence) => `It cannot ${sentence}`).join('. ')}. ` +
      'Use such a router, or ask for less',
  );
}
