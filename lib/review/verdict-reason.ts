import { abridged, abridgedTo } from '../contracts/printable';
import { formatRouteKey } from '../contracts/route-key';
import { Finding } from '../rules/finding';
import { REFUSED_AS_DEPRECATED } from '../rules/model-deprecated';
import { Arrival } from '../rules/planned-changes';
import { ChangeReport, DeploymentReview } from './change-report';
import { subjectOf } from './reviewed-subject';

/** The rules that name the cause of others come first; of the rest the order of findings decides. */
const GRAVEST_FIRST: readonly string[] = [
  'model-retired',
  'apply-will-fail',
  'route-to-destroyed',
  'destroyed-while-live',
  'access-removed-while-live',
  'model-changed-in-place',
  'model-drifted',
  'model-retiring',
  'model-deprecated',
];

/** Fewer only name what the rest of the message speaks of. */
const FEWEST_WORDS = 4;

const LONGEST_REASON = 200;

/** What stands behind that is never shown. */
const LONGEST_MESSAGE = 1_000;

/** Why findings stop a change: the gravest of them, in a few printable words. */
export function gravestReason(findings: readonly Finding[], changes: ChangeReport | undefined): string {
  return reasonOf(gravest(findings), changes);
}

function gravest(findings: readonly Finding[]): Finding {
  const ranked = GRAVEST_FIRST.map((rule) => findings.find((finding) => finding.rule === rule && isCertain(finding)));
  return ranked.find((finding) => finding !== undefined) ?? findings[0]!;
}

export function isCertain({ status }: Finding): boolean {
  return status === 'violation';
}

function reasonOf(finding: Finding, changes: ChangeReport | undefined): string {
  const { rule, model, retirementDate, resource, status } = finding;
  const named = modelOf(model);
  const subject = actingPlan(finding, changes);
  if (rule === 'model-retired' && status === 'violation' && named !== undefined && retirementDate !== undefined) {
    const outcome = reviewsOf(finding, changes)[0]?.outcome;
    return `${named} retired on ${retirementDate}${outcome === undefined ? '' : actionText(outcome, subject)}`;
  }
  if (rule === 'model-retiring' && status === 'violation' && named !== undefined && retirementDate !== undefined) {
    return `${named} retires on ${retirementDate}${refusalText(finding)}`;
  }
  // What is no router any more is not destroyed: its message says so.
  if (rule === 'destroyed-while-live' && status === 'violation' && finding.subject === undefined) {
    return `${subject} destroys ${abridged(resource.deployment ?? resource.address)}, which is still in use`;
  }
  return `${shortened(abridgedTo(LONGEST_MESSAGE, finding.message))}${refusalText(finding)}`;
}

const REFUSED_ARRIVALS: Readonly<Record<Arrival, string>> = {
  created: 'create it',
  recreated: 'create it again',
  changed: 'change to it',
};

/** Why a Deprecated model stops a plan that brings it. */
function refusalText({ message, subject }: Finding): string {
  const words = message.includes(REFUSED_AS_DEPRECATED) ? REFUSED_ARRIVALS[subject as Arrival] : undefined;
  return words === undefined ? '' : `, and Azure may refuse to ${words}`;
}

/** What the plans do with the deployment that a finding is about; the same address may stand in several of them. */
function reviewsOf({ resource }: Finding, changes: ChangeReport | undefined): readonly DeploymentReview[] {
  const { deployments = [], inputs = [] } = changes ?? {};
  const named = deployments.filter(({ address }) => address === resource.address);
  const found = resource.input;
  const ofStack = new Set(
    found === undefined ? inputs.filter(({ stack }) => stack === resource.stack).map(({ input }) => input) : [found],
  );
  return ofStack.size === 0 ? named : named.filter(({ input }) => ofStack.has(input));
}

/** Who does what a finding is about: of several plans the one that it is, where that can be told. */
function actingPlan(finding: Finding, changes: ChangeReport | undefined): string {
  const plans = (changes?.inputs ?? []).filter(({ kind }) => kind === 'plan');
  if (plans.length < 2) {
    return subjectOf(changes).name;
  }
  const { stack, input: found } = finding.resource;
  const ofStack =
    found === undefined
      ? plans.filter((plan) => stack !== undefined && plan.stack === stack).map(({ input }) => input)
      : [found];
  const reviewed = reviewsOf(finding, changes).map(({ input }) => input);
  const [acting, ...others] = new Set(ofStack.length > 0 ? ofStack : reviewed);
  if (acting === undefined || others.length > 0) {
    return 'one of these plans';
  }
  return acting === '-' ? 'the plan of standard input' : abridged(acting);
}

/** What the finding says first: what follows from it, and the source of a fact in brackets, stand in the finding itself. */
function shortened(message: string): string {
  const whole = message.replace(/ \(source: [^()]*\)$/u, '');
  const [first = '', ...rest] = whole.split(': ');
  const statement = first.split(/\s+/u).length < FEWEST_WORDS ? [first, ...rest].join(': ') : first;
  return statement.length <= LONGEST_REASON
    ? statement
    : `${statement.slice(0, LONGEST_REASON).replace(/\s+\S*$/u, '')}…`;
}

const REMAINING: ReadonlySet<DeploymentReview['outcome']> = new Set<DeploymentReview['outcome']>(['kept', 'moved']);

/** What the plan does with a deployment of a retired model. */
const ACTION: Readonly<Partial<Record<DeploymentReview['outcome'], string>>> = {
  created: 'creates it',
  recreated: 'creates it again',
  replaced: 'creates it',
  'changed-in-place': 'changes to it',
  imported: 'adopts it',
};

function actionText(outcome: DeploymentReview['outcome'], subject: string): string {
  const action = ACTION[outcome];
  return action === undefined ? (REMAINING.has(outcome) ? ' and is still deployed' : '') : ` and ${subject} ${action}`;
}

function modelOf(model: Finding['model']): string | undefined {
  const { name, version } = model ?? {};
  return name === undefined ? undefined : abridged(version === undefined ? name : formatRouteKey({ name, version }));
}
