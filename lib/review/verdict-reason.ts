import { abridged, printable } from '../contracts/printable';
import { formatRouteKey } from '../contracts/route-key';
import { Finding } from '../rules/finding';
import { ChangeReport, DeploymentReview } from './change-report';

/** The rules that name the cause of others come first; of the rest the order of findings decides. */
const GRAVEST_FIRST: readonly string[] = [
  'model-retired',
  'apply-will-fail',
  'route-to-destroyed',
  'destroyed-while-live',
  'model-changed-in-place',
  'model-drifted',
  'model-retiring',
  'model-deprecated',
];

const SHORTEST_REASON = 20;

const LONGEST_REASON = 200;

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
  if (rule === 'model-retired' && status === 'violation' && named !== undefined && retirementDate !== undefined) {
    const outcome = changes?.deployments.find(({ address }) => address === resource.address)?.outcome;
    return `${named} retired on ${retirementDate}${outcome === undefined ? '' : ACTION[outcome]}`;
  }
  if (rule === 'model-retiring' && status === 'violation' && named !== undefined && retirementDate !== undefined) {
    return `${named} retires on ${retirementDate}`;
  }
  if (rule === 'destroyed-while-live' && status === 'violation') {
    return `this plan destroys ${abridged(resource.deployment ?? resource.address)}, which is still in use`;
  }
  return shortened(printable(finding.message));
}

/** What the finding says first: what follows from it, and the source of a fact in brackets, stand in the finding itself. */
function shortened(message: string): string {
  const [first = '', ...rest] = message.replace(/ \(source: [^()]*\)$/u, '').split(': ');
  const statement = first.length < SHORTEST_REASON ? [first, ...rest].join(': ') : first;
  return statement.length <= LONGEST_REASON
    ? statement
    : `${statement.slice(0, LONGEST_REASON).replace(/\s+\S*$/u, '')}…`;
}

/** What the plan does with a deployment of a retired model. */
const ACTION: Readonly<Record<DeploymentReview['outcome'], string>> = {
  created: ' and this plan creates it',
  recreated: ' and this plan creates it again',
  replaced: ' and this plan creates it',
  'changed-in-place': ' and this plan changes to it',
  imported: ' and this plan adopts it',
  kept: ' and is still deployed',
  moved: ' and is still deployed',
  destroyed: '',
  forgotten: '',
  succeeded: '',
};

function modelOf(model: Finding['model']): string | undefined {
  const { name, version } = model ?? {};
  return name === undefined ? undefined : abridged(version === undefined ? name : formatRouteKey({ name, version }));
}
