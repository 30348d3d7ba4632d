import { versionedName } from '../contracts/versioned-name';
import { BreadthNeed, breadthsOf, UpdateBreadths, UpdateScope } from './breadths';
import { FamilyMember, ModelKind } from './catalog-document';
import { ModelCatalog } from './model-catalog';
import { sameFormat, sameText } from './model-key';
import { GENERAL_DOMAIN, Placement, placementOf, UpdateSubject } from './placement';
import { directionOf, succeeds, UpdateDirection } from './update-direction';

/** What an update from one model to another amounts to. */
export interface UpdateClassification {
  readonly scope: UpdateScope;
  /** A step back is of the same scope as the step forward. */
  readonly direction: UpdateDirection;
  /** Why it is this scope, as one sentence without a full stop. */
  readonly reason: string;
  readonly breadths: UpdateBreadths;
  /** Whether the new model has to be fine-tuned; absent where the old one was not and the model stays the same. */
  readonly retraining?: BreadthNeed;
  /** What the catalogue does not know, so that the scope is only assumed; the widest one that fits is then given. */
  readonly unknown?: string;
}

interface Judgement {
  readonly scope: UpdateScope;
  readonly reason: string;
  readonly unknown?: string;
}

/** Models of these kinds answer general prompts; moving to any other kind is moving to a specialist. */
const GENERAL_KINDS: readonly (ModelKind | undefined)[] = ['chat', 'reasoning', 'completion', undefined];

/**
 * The scope of an update, from the families in the catalogue: bundled ones, and those that an overlay adds.
 *
 * @param catalog defaults to the bundled catalogue
 */
export function classifyUpdate(
  from: UpdateSubject,
  to: UpdateSubject,
  catalog: ModelCatalog = ModelCatalog.bundled(),
): UpdateClassification {
  const older = placementOf(from, catalog);
  const newer = placementOf(to, catalog);
  const direction = directionOf(older, newer);
  const judgement = judge(older, newer, direction);
  const { scope } = judgement;
  const isSameModel = scope === 'none' || scope === 'deployment-option';
  const alsoMoves = !isSameModel && isHostedElsewhere(older, newer) ? '; the hosting changes as well' : '';
  return {
    scope,
    direction: isSameModel ? 'lateral' : direction,
    reason: `${judgement.reason}${alsoMoves}`,
    breadths: breadthsOf(scope, older.kind, newer.kind),
    ...retrainingFor(scope, older),
    ...(judgement.unknown !== undefined && { unknown: judgement.unknown }),
  };
}

function judge(from: Placement, to: Placement, direction: UpdateDirection): Judgement {
  if (to.subject.domain !== undefined && isSpecialist(to, from)) {
    return specialised(from, to, from.family === undefined ? [from] : []);
  }
  if (isSameName(from, to)) {
    const judged = judgeSameName(from, to);
    if (judged !== undefined) {
      return judged;
    }
  }
  if (from.family === undefined || to.family === undefined) {
    return judgeUnplaced(from, to);
  }
  if (from.family.id === to.family.id) {
    return direction === 'backward' ? judgeFamily(to, from, from, to) : judgeFamily(from, to, from, to);
  }
  if (succeeds(to, from) || succeeds(from, to)) {
    const [older, newer] = succeeds(to, from) ? [from, to] : [to, from];
    return {
      scope: 'generation',
      reason: `${newer.name} belongs to ${newer.family!.id}, which continues ${older.family!.id}, the line of ${older.name}`,
    };
  }
  return isSpecialist(to, from) || isOtherKind(from, to) ? specialised(from, to, []) : general(from, to);
}

/** The same name on both sides; nothing where its versions are different members of a family. */
function judgeSameName(from: Placement, to: Placement): Judgement | undefined {
  const isSameVersion = sameText(from.version ?? '', to.version ?? '');
  const elsewhere = from.subject.hosting !== undefined && isHostedElsewhere(from, to);
  if (elsewhere && (isSameVersion || from.version === undefined || to.version === undefined)) {
    return {
      scope: 'deployment-option',
      reason: `${to.name} stays, its hosting changes from ${from.subject.hosting} to ${to.subject.hosting}`,
    };
  }
  if (isSameVersion && from.fineTuned !== to.fineTuned) {
    const tuned = from.fineTuned ? 'from a fine-tuned model to its base' : 'from the base to a fine-tuned model';
    return { scope: 'variant', reason: `${to.name} stays and goes ${tuned}` };
  }
  if (isSameVersion && from.fineTuned && !sameText(from.subject.name, to.subject.name)) {
    return { scope: 'minor-version', reason: `another fine-tuning of ${versioned(to)}` };
  }
  if (isSameVersion) {
    return { scope: 'none', reason: `${versioned(to)} stays as it is` };
  }
  if (from.member !== to.member && from.member !== undefined && to.member !== undefined) {
    return undefined;
  }
  return {
    scope: 'minor-version',
    reason: `${to.name} stays, its version changes from ${from.version ?? 'none'} to ${to.version ?? 'none'}`,
    ...(to.record === undefined && to.family === undefined && { unknown: notPlaced([to]) }),
  };
}

function judgeFamily(older: Placement, newer: Placement, from: Placement, to: Placement): Judgement {
  const line = newer.family!.id;
  const [a, b] = [older.member!, newer.member!];
  const names = `${versioned(from)} to ${versioned(to)}`;
  if (a.major !== undefined && b.major !== undefined && a.major !== b.major) {
    return { scope: 'major-version', reason: `${line} goes from ${numberOf(from)} to ${numberOf(to)}: ${names}` };
  }
  const isOtherVariant = a.variant !== b.variant;
  if (isOtherVariant && b.variant !== undefined) {
    return { scope: 'variant', reason: `another variant of ${line}: ${names}` };
  }
  if (a.major !== undefined && b.major !== undefined && (a.intermediate ?? 0) !== (b.intermediate ?? 0)) {
    const reason = `within one major version ${line} goes from ${numberOf(from)} to ${numberOf(to)}: ${names}`;
    return { scope: 'intermediate-version', reason };
  }
  if ((a.generation ?? 1) !== (b.generation ?? 1)) {
    return { scope: 'generation', reason: `another generation of ${line} under the same number: ${names}` };
  }
  if (isOtherVariant) {
    return { scope: 'variant', reason: `another variant of ${line}: ${names}` };
  }
  if (hostOf(a) !== hostOf(b)) {
    return { scope: 'deployment-option', reason: `the same model of ${line}, run by somebody else: ${names}` };
  }
  return { scope: 'minor-version', reason: `a release of the same model of ${line}: ${names}` };
}

function judgeUnplaced(from: Placement, to: Placement): Judgement {
  const missing = [from, to].filter(({ family }) => family === undefined);
  if (isSpecialist(to, from)) {
    return specialised(from, to, missing);
  }
  return { ...general(from, to), unknown: notPlaced(missing) };
}

function general(from: Placement, to: Placement): Judgement {
  return { scope: 'model-change-general', reason: `${described(from)} and ${described(to)} are different models` };
}

function specialised(from: Placement, to: Placement, missing: readonly Placement[]): Judgement {
  const speciality = to.domain === GENERAL_DOMAIN || to.domain === from.domain ? to.kind : to.domain;
  return {
    scope: 'model-change-specialised',
    reason: `${described(from)} gives way to ${described(to)}, which is made for ${speciality}`,
    ...(missing.length > 0 && { unknown: notPlaced(missing) }),
  };
}

function notPlaced(missing: readonly Placement[]): string {
  const names = [...new Set(missing.map(({ name }) => `'${name}'`))].join(' and ');
  return `no family lists ${names}; add it to the families of an overlay`;
}

function retrainingFor(scope: UpdateScope, from: Placement): Pick<UpdateClassification, 'retraining'> {
  if (scope === 'none' || scope === 'deployment-option') {
    return {};
  }
  if (from.fineTuned) {
    return { retraining: 'must' };
  }
  return scope.startsWith('model-change') ? { retraining: 'check' } : {};
}

function isSameName(from: Placement, to: Placement): boolean {
  const formats = [from.format, to.format];
  const isSameFormat = formats.includes(undefined) || sameFormat(from.format!, to.format!);
  return sameText(from.name, to.name) && isSameFormat;
}

function isSpecialist(to: Placement, from: Placement): boolean {
  return to.domain !== GENERAL_DOMAIN && !sameText(to.domain, from.domain);
}

function isOtherKind(from: Placement, to: Placement): boolean {
  return !GENERAL_KINDS.includes(to.kind) && to.kind !== from.kind;
}

function isHostedElsewhere({ subject: from }: Placement, { subject: to }: Placement): boolean {
  return from.hosting !== undefined && to.hosting !== undefined && !sameText(from.hosting, to.hosting);
}

function hostOf({ hosting = '' }: FamilyMember): string {
  return hosting;
}

function numberOf({ member }: Placement): string {
  return member?.intermediate ? `${member.major}.${member.intermediate}` : String(member?.major);
}

function versioned({ name, version }: Placement): string {
  return versionedName(name, version);
}

function described(placement: Placement): string {
  const { family } = placement;
  return family === undefined ? versioned(placement) : `${versioned(placement)} (${family.id})`;
}
