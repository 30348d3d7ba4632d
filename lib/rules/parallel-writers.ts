import { abridged, abridgedInFront } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { deploymentFinding, DeploymentStatement } from './deployment-finding';
import { deploymentText } from './deployment-text';
import { Finding } from './finding';
import { foundIn } from './found-in';
import { inText } from './in-text';
import { actionAt, thisPlan } from './planned-changes';
import { RunRule } from './rule';
import { nameList, UNKNOWN } from './statement';

/** A plan that writes deployments of an account. */
interface Writer {
  readonly configuration: ConfigurationFacts;
  readonly fact: DeploymentFact;
}

const WRITING: ReadonlySet<string> = new Set(['create', 'update', 'replace', 'delete']);

/** Two plans that want the same account at once. */
export const parallelWriters: RunRule = {
  id: 'parallel-writers',
  summary: 'Two plans of one run both create, change or destroy deployments of one account.',
  why:
    'Azure takes one operation at a time on the deployments of an account and answers the other with 409 `RequestConflict` ("Another operation is being ' +
    'performed on the parent resource"): https://github.com/Azure/bicep/issues/11211. Within one run the azurerm provider waits for its own ' +
    'operations (https://github.com/hashicorp/terraform-provider-azurerm/pull/22711), and azapi for those that its `locks` name ' +
    '(https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource); neither knows of another run.',
  fix: 'Apply the plans one after the other, or keep the deployments of an account in one stack.',
  severity: 'warning',
  unknownWhen: 'The account of a deployment that a plan writes cannot be read and is none that the plan creates.',
  checkRun({ configurations }) {
    const byAccount = new Map<string, Writer[]>();
    const unread: Writer[] = [];
    for (const configuration of configurations) {
      for (const writer of writersOf(configuration)) {
        const account = valueOf(writer.fact.account)?.toLowerCase();
        const list = account === undefined ? unread : (byAccount.get(account) ?? []);
        list.push(writer);
        if (account !== undefined) {
          byAccount.set(account, list);
        }
      }
    }
    const planned = new Set([...byAccount.values(), unread].flat().map(({ configuration }) => configuration));
    return [
      ...[...byAccount.values()].flatMap(conflict),
      ...(planned.size > 1 ? unread.filter(isDeclaredElsewhere).map(unreadAccount) : []),
    ];
  },
};

/** The first deployment that a plan writes on each account: one is enough for a conflict. */
function writersOf(configuration: ConfigurationFacts): Writer[] {
  const { plan } = configuration;
  if (plan === undefined) {
    return [];
  }
  const first = new Map<string, Writer>();
  for (const change of plan.deployments) {
    const fact = change.after ?? change.before;
    if (fact !== undefined && isWritten(plan, change)) {
      const { account } = fact;
      const key = account.state === 'unknown' ? account.expression : (valueOf(account)?.toLowerCase() ?? '');
      first.set(key, first.get(key) ?? { configuration, fact });
    }
  }
  return [...first.values()];
}

function isWritten(plan: PlanFacts, { outcome, before, after }: DeploymentChange): boolean {
  switch (outcome) {
    case 'created':
    case 'destroyed':
    case 'replaced':
    case 'recreated':
    case 'changed-in-place':
      return true;
    case 'forgotten':
      return false;
    default:
      return WRITING.has(actionAt(plan, (after ?? before)!.origin)?.action ?? '');
  }
}

function conflict(writers: readonly Writer[]): Finding[] {
  const [first, ...others] = writers;
  return first === undefined || others.length === 0
    ? []
    : [
        writerFinding(others[0]!, {
          message:
            `${writers.length} ${writers.every(isForetold) ? 'changes' : 'plans'} write deployments of account ${abridgedInFront(valueOf(first.fact.account)!)}: ` +
            `${nameList(writers.map(writerText))}; applied at the same time, one gets 409 RequestConflict`,
          fix: 'apply them one after the other, or keep the deployments of the account in one stack',
        }),
      ];
}

function isForetold({ configuration: { plan } }: Writer): boolean {
  return plan?.isForetold === true;
}

function writerText({ configuration, fact }: Writer): string {
  return `${deploymentText(fact)} (${abridged(fact.origin.address)}${inText(configuration)})`;
}

/** An account that comes with the plan has no other plan's deployments. */
function isDeclaredElsewhere({ fact: { account } }: Writer): boolean {
  return (
    account.state === 'unknown' &&
    !/(?:^|\W)(?:azurerm_cognitive_account|azurerm_ai_services|azapi_resource)\./.test(account.expression)
  );
}

function unreadAccount(writer: Writer): Finding {
  const { configuration, fact } = writer;
  return writerFinding(writer, {
    ...UNKNOWN,
    message: `${thisPlan(configuration.plan!)} writes ${deploymentText(fact)} on an account that cannot be read, so that another one of this run may write to it at the same time`,
    fix: 'apply them one after the other',
  });
}

function writerFinding({ configuration, fact }: Writer, statement: DeploymentStatement): Finding {
  return foundIn(configuration, deploymentFinding(parallelWriters, fact, statement));
}
