import { LifecycleAnswer } from '../catalog/lifecycle';
import { UpdateSubject } from '../catalog/placement';
import { ManifestModel } from '../contracts/release-manifest';
import { versionedName } from '../contracts/versioned-name';
import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { assumedDeployment } from '../rules/assumed-deployment';
import { DeploymentVerdict, isAbsent, deploymentVerdict } from '../rules/deployment-verdict';
import { Judgement, JudgementMemory } from '../rules/judgement-memory';
import { identityOf } from '../rules/model-identity';

import { ReviewedModel } from './change-report';

/** A model version as the report shows it, and what is needed to compare it with others. */
export interface JudgedModel {
  readonly model: ReviewedModel;
  /** Equal for one model version however it is written; absent where name or version cannot be read. */
  readonly identity?: string;
  /** As `classifyUpdate` takes it; the SKU is how Azure hosts it. */
  readonly subject?: UpdateSubject;
  readonly ending?: 'retired' | 'retiring';
  readonly answer?: LifecycleAnswer;
}

const NOWHERE = { address: '', type: '' };

const judgements = new JudgementMemory<JudgedModel>();

/** The model of a deployment on the day of the judgement, worked out once for all contexts that judge alike. */
export function judgedDeployment(context: Judgement, fact: DeploymentFact): JudgedModel {
  return judgements.of(context, fact, () => judgementOf(context, fact));
}

function judgementOf(context: Judgement, fact: DeploymentFact): JudgedModel {
  const read = { format: fact.format, name: fact.model, version: fact.version, sku: fact.sku };
  const texts = Object.fromEntries(Object.entries(read).map(([name, attribute]) => [name, textOf(attribute)]));
  const capacity = valueOf(fact.capacity);
  const unread = Object.entries({ ...read, capacity: fact.capacity })
    .filter(([, attribute]) => attribute.state === 'unknown')
    .map(([name]) => name);
  const { format, name, version, sku } = texts;
  return judged(context, { format, name, version, sku, capacity, unread }, deploymentVerdict(context, fact));
}

/** A model that a manifest or a route key names; nothing says its SKU. */
export function judgedVersion(
  context: Judgement,
  { format, name, version }: Partial<Pick<ManifestModel, 'format'>> & Pick<ManifestModel, 'name' | 'version'>,
  verdict: DeploymentVerdict = deploymentVerdict(context, assumedDeployment({ format, name, version }, NOWHERE)),
): JudgedModel {
  return judged(context, { format, name, version, unread: [] }, verdict);
}

/** `gpt-4o@2024-08-06`, or as much of it as is known. */
export function modelText({ name, version, unread }: ReviewedModel): string {
  const readable = name ?? 'a model';
  if (version !== undefined) {
    return versionedName(readable, version);
  }
  return unread.includes('version') ? `${readable} of a version that cannot be read` : `${readable} without a version`;
}

/** The same without the properties that are not set. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

function judged(context: Judgement, given: ReviewedModel, verdict: DeploymentVerdict): JudgedModel {
  const answer = 'answer' in verdict ? verdict.answer : undefined;
  const { name, version, format, sku, unread } = given;
  const isReadable = name !== undefined && !unread.includes('version') && !unread.includes('format');
  return {
    model: withoutUndefined({
      ...given,
      stage: answer?.stage,
      retirementDate: answer?.retirementDate,
      retirementIsEarliest: answer?.retirementIsEarliest,
      daysLeft: answer?.daysLeft,
    }),
    ...(isReadable && {
      identity: identityOf(context, { format, name, version: version ?? '' }),
      subject: withoutUndefined({ format, name, version, hosting: sku }),
    }),
    ...(answer && { answer }),
    ...((verdict.kind === 'retired' || verdict.kind === 'retiring') && { ending: verdict.kind }),
  };
}

function textOf(attribute: Attribute): string | undefined {
  return isAbsent(attribute) ? undefined : valueOf(attribute);
}
