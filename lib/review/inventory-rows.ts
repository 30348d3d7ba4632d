import { valueOf } from '../facts/attribute';
import { ComparedDeployment, compareInventory, MissingDeployment } from '../inventory/comparison';
import { DeclaringInput } from '../inventory/declared-deployment';
import { LiveInventory } from '../inventory/live-deployment';
import { Finding, Severity } from '../rules/finding';
import { compareFindings } from '../rules/finding-order';
import { modelAutoUpgrade } from '../rules/model-auto-upgrade';
import { placedOutside } from '../rules/placed-waiver';
import { withSeverity } from '../rules/severities';
import { weighUnknown } from '../rules/unknown-policy';
import { applyWaivers } from '../rules/waivers';
import { comparedFindings, missingFinding } from './inventory-findings';
import { InventoryReport, InventoryRow, MissingRow } from './inventory-report';
import { judgedDeployment } from './judged-model';
import { liveConfiguration } from './live-facts';
import { OutdatedRow } from './outdated-report';
import { OutdatedRequest, outdatedRows } from './outdated-rows';
import { ReviewedStack, reviewedStacks } from './reviewed-stack';

/** What an inventory is judged with. */
export interface InventoryRequest extends Omit<OutdatedRequest, 'inputs'> {
  readonly inventory: LiveInventory;
  /** Code to compare with. */
  readonly inputs: readonly DeclaringInput[];
}

/** What findings call the whole. */
const AZURE = 'Azure';

const SEVEREST_FIRST: readonly Severity[] = ['error', 'warning', 'note'];

/** Every live deployment of which there is something to say: its model, its upgrade option, or how the code has it. */
export function inventoryReport(request: InventoryRequest): InventoryReport {
  const { inventory, inputs, catalog, judgement, all = false } = request;
  const comparison = compareInventory(inventory, inputs);
  const live = [{ input: AZURE, facts: liveConfiguration(inventory.deployments) }];
  const outdated = outdatedRows({ ...request, inputs: live, all: true });
  const own = settled(
    ownFindings(request, comparison, reviewedStacks({ ...request, inputs: live, asOf: judgement.asOf })[0]!),
    request,
  );
  const findings = [...outdated.findings, ...own].sort(compareFindings);
  const compared = new Map(comparison.deployments.map((each) => [each.live.id, each]));
  const about = byAddress(findings);
  const rows = outdated.rows.map((row) =>
    rowOf(row, compared.get(row.resource.address)!, about.get(row.resource.address) ?? []),
  );
  const told = rows.filter((row) => !isQuiet(row));
  const { accounts, unread, readAt, cloud, subscriptions, managementGroups } = inventory;
  return {
    asOf: judgement.asOf,
    catalogAsOf: catalog.asOf,
    readAt,
    cloud,
    subscriptions,
    ...(managementGroups && { managementGroups }),
    inputs: [...new Set(inputs.map(({ input }) => input))],
    accountCount: accounts.length,
    deploymentCount: rows.length,
    quietCount: rows.length - told.length,
    rows: all ? rows : told,
    missing: missingRows(request, comparison.missing, about),
    unread,
    findings,
  };
}

/** Whatever the option says weighs as a warning here: the deployment stands, and what is deployed is not under review. */
function ownFindings(
  { severities = {} }: InventoryRequest,
  { deployments, missing }: ReturnType<typeof compareInventory>,
  { after }: ReviewedStack,
): Finding[] {
  const isSet = Object.hasOwn(severities, modelAutoUpgrade.id);
  const upgrades = modelAutoUpgrade
    .check(after)
    .map((finding) => (isSet ? finding : { ...finding, severity: 'warning' as const }));
  return [...upgrades, ...deployments.flatMap(comparedFindings), ...missing.map(missingFinding)];
}

function settled(
  findings: readonly Finding[],
  { severities = {}, unknown = 'warn', waivers = [], judgement }: InventoryRequest,
): readonly Finding[] {
  const weighed = findings.flatMap(withSeverity(severities)).map((finding) => weighUnknown(finding, unknown));
  return applyWaivers(weighed, waivers.map(placedOutside), { asOf: judgement.asOf }).findings;
}

function byAddress(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { address } = finding.resource;
    found.set(address, [...(found.get(address) ?? []), finding]);
  }
  return found;
}

function rowOf(
  { state, region, model, unknown, newest, replacement, scope }: OutdatedRow,
  { live, declared, places, matchedBy, isRemoved, drift }: ComparedDeployment,
  about: readonly Finding[],
): InventoryRow {
  const open = about.filter(({ waived }) => waived === undefined).map(({ severity }) => severity);
  const severity = SEVEREST_FIRST.find((each) => open.includes(each));
  return {
    live,
    ...(region !== undefined && { region }),
    model,
    state,
    ...(unknown !== undefined && { unknown }),
    ...(newest && { newest }),
    ...(replacement && { replacement }),
    ...(scope !== undefined && { scope }),
    declared,
    places,
    ...(matchedBy !== undefined && { matchedBy }),
    ...(isRemoved && { isRemoved }),
    drift,
    allowsUpgrade: live.versionUpgradeOption !== 'NoAutoUpgrade',
    ...(severity && { severity }),
    isWaived: about.length > 0 && open.length === 0,
  };
}

function isQuiet({ state, declared, drift, allowsUpgrade, severity, isRemoved }: InventoryRow): boolean {
  return (
    state === 'current' &&
    (declared === 'declared' || declared === 'not-compared') &&
    drift.length === 0 &&
    !allowsUpgrade &&
    severity === undefined &&
    isRemoved !== true
  );
}

/** The model of what is gone is judged as the code has it. */
function missingRows(
  request: InventoryRequest,
  missing: readonly MissingDeployment[],
  about: ReadonlyMap<string, readonly Finding[]>,
): MissingRow[] {
  const { catalog, settings, judgement } = request;
  return missing.map(({ declaration: { input, fact }, accountId }) => {
    const facts = { deployments: [fact], literals: [], opaque: [], waivers: [] };
    const [stack] = reviewedStacks({ inputs: [{ input, facts }], catalog, settings, asOf: judgement.asOf });
    const { address } = fact.origin;
    const own = (about.get(address) ?? []).filter(
      ({ rule, resource }) => rule === 'deployment-missing' && resource.input === input,
    );
    return {
      accountId,
      deployment: valueOf(fact.deployment)!,
      place: { input, address },
      model: judgedDeployment(stack!.after, fact).model,
      isWaived: own.length > 0 && own.every(({ waived }) => waived !== undefined),
    };
  });
}
