import { valueOf } from '../facts/attribute';
import { ComparedDeployment, compareInventory, MissingDeployment } from '../inventory/comparison';
import { DeclaringInput } from '../inventory/declared-deployment';
import { LiveInventory } from '../inventory/live-deployment';
import { catalogStale } from '../rules/catalog-stale';
import { isStale } from '../rules/failing';
import { Finding } from '../rules/finding';
import { compareFindings } from '../rules/finding-order';
import { modelAutoUpgrade } from '../rules/model-auto-upgrade';
import { PlacedWaiver, placedOutside } from '../rules/placed-waiver';
import { INVENTORY_RULES } from '../rules/rules';
import { withSeverity } from '../rules/severities';
import { weighUnknown } from '../rules/unknown-policy';
import { applyWaivers } from '../rules/waivers';
import { comparedFindings, missingFinding } from './inventory-findings';
import { InventoryReport, InventoryRow, MissingRow } from './inventory-report';
import { judgedDeployment, withoutUndefined } from './judged-model';
import { liveConfiguration } from './live-facts';
import { OutdatedRow } from './outdated-report';
import { OUTDATED_RULES, OutdatedRequest, outdatedRows } from './outdated-rows';
import { ReviewedStack, reviewedStacks } from './reviewed-stack';
import { reviewedWaivers, waiverStateOf } from './waiver-review';

/** What an inventory is judged with. */
export interface InventoryRequest extends Omit<OutdatedRequest, 'inputs'> {
  readonly inventory: LiveInventory;
  /** Code to compare with. */
  readonly inputs: readonly DeclaringInput[];
}

/** What findings call the whole. */
const AZURE = 'Azure';

const COMPARED_RULES: ReadonlySet<string> = new Set(INVENTORY_RULES.map(({ id }) => id));

/** Every live deployment of which there is something to say: its model, its upgrade option, or how the code has it. */
export function inventoryReport(request: InventoryRequest): InventoryReport {
  const { inventory, inputs, catalog, judgement, all = false } = request;
  const comparison = compareInventory(inventory, inputs);
  const live = [{ input: AZURE, facts: liveConfiguration(inventory.deployments) }];
  // Waivers are applied once, to all that is found.
  const outdated = outdatedRows({ ...request, inputs: live, all: true, waivers: [] });
  const stack = reviewedStacks({ ...request, inputs: live, asOf: judgement.asOf })[0]!;
  const open = [...outdated.findings.map(withoutInput), ...ownFindings(request, comparison, stack)];
  const findings = settled(open, request);
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

/** What runs was read from no file. */
function withoutInput(finding: Finding): Finding {
  return { ...finding, resource: withoutUndefined({ ...finding.resource, input: undefined }) };
}

/** Whatever the option says weighs as a warning here: the deployment stands, and what is deployed is not under review. */
function ownFindings(
  { severities = {}, unknown = 'warn' }: InventoryRequest,
  { deployments, missing }: ReturnType<typeof compareInventory>,
  { after }: ReviewedStack,
): Finding[] {
  const isSet = Object.hasOwn(severities, modelAutoUpgrade.id);
  const upgrades = modelAutoUpgrade
    .check(after)
    .map((finding) => (isSet ? finding : { ...finding, severity: 'warning' as const }));
  return [...upgrades, ...deployments.flatMap(comparedFindings), ...missing.map(missingFinding)]
    .flatMap(withSeverity(severities))
    .map((finding) => weighUnknown(finding, unknown));
}

/** Findings with waivers applied, and what is wrong with the waivers. */
function settled(found: readonly Finding[], request: InventoryRequest): readonly Finding[] {
  const { severities, waivers = [], judgement } = request;
  const placed = waivers.map(placedOutside);
  const isAsked = (waiver: PlacedWaiver) => isAskedAbout(waiver, request);
  return [
    ...applyWaivers(found, placed, { asOf: judgement.asOf }).findings,
    ...reviewedWaivers(found, placed, { judgement, severities, isAsked }),
  ]
    .filter((finding) => finding.rule !== catalogStale.id || isStale(finding))
    .sort(compareFindings);
}

/**
 * Whether a waiver that covers nothing can be called unused: only where all of Azure was read that it may be about. Those
 * of other rules, of addresses in the code and of one input are for the commands that judge code.
 */
function isAskedAbout({ waiver: { rule, resource }, input }: PlacedWaiver, request: InventoryRequest): boolean {
  const { inventory, inputs } = request;
  if (inventory.unread.length > 0) {
    return false;
  }
  if (COMPARED_RULES.has(rule)) {
    return inputs.length > 0 && isRead(resource, inventory);
  }
  const isOfLiveModel = (OUTDATED_RULES.has(rule) || rule === modelAutoUpgrade.id) && input === undefined;
  return rule === catalogStale.id || (isOfLiveModel && /^[/*]/.test(resource) && isRead(resource, inventory));
}

/** Whether what a waiver names is not of a subscription that was left out. */
function isRead(resource: string, { subscriptions }: LiveInventory): boolean {
  const subscription = /^\/subscriptions\/([^/*]+)\//i.exec(resource)?.[1]?.toLowerCase();
  return subscription === undefined || subscriptions.some((id) => id.toLowerCase() === subscription);
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
  { live, declared, places, matchedBy, isRemoved, isForgotten, drift }: ComparedDeployment,
  about: readonly Finding[],
): InventoryRow {
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
    ...(isForgotten && { isForgotten }),
    drift,
    allowsUpgrade: live.versionUpgradeOption !== 'NoAutoUpgrade',
    ...waiverStateOf(about),
  };
}

function isQuiet({ state, declared, drift, allowsUpgrade, severity, isRemoved, isForgotten }: InventoryRow): boolean {
  return (
    state === 'current' &&
    (declared === 'declared' || declared === 'not-compared') &&
    drift.length === 0 &&
    !allowsUpgrade &&
    severity === undefined &&
    isRemoved !== true &&
    isForgotten !== true
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
