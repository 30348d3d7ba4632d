import { Token } from 'cdktf';
import type { ModelDeployment } from '../accounts/model-deployment';
import { ModelVersion } from '../accounts/model-version';
import { isWholeNumber } from '../contracts/whole-number';
import {
  batchDeployment,
  deploymentNameUnresolved,
  deploymentTwiceInRoute,
  modelUnresolved,
  numberInvalid,
  versionsMixed,
} from './errors';
import { ModelRouteOptions } from './model-route-options';

/** A deployment in its place in the failover of a route. */
export interface TieredDeployment {
  readonly deployment: ModelDeployment;
  /** Counted from 0; deployments of a lower tier are tried first. */
  readonly tier: number;
  readonly weight: number;
}

interface Candidate {
  readonly deployment: ModelDeployment;
  readonly weight: number;
  /** 0 for those that share the calls, then one for each that only steps in. */
  readonly rank: number;
}

const MOST_WEIGHT = 100;

/**
 * The deployments of a route in the order in which they are tried: provisioned ones, which are paid for whether used or
 * not, before all others.
 *
 * @throws if they are not all of one resolved model version, or one of them cannot answer calls
 */
export function tieredDeployments(
  path: string,
  first: ModelDeployment,
  { weight = 1, balanced = [], failover = [] }: ModelRouteOptions,
): TieredDeployment[] {
  const candidates: Candidate[] = [
    { deployment: first, weight, rank: 0 },
    ...balanced.map((share) => ({ deployment: share.deployment, weight: share.weight ?? 1, rank: 0 })),
    ...failover.map((deployment, index) => ({ deployment, weight: 1, rank: index + 1 })),
  ];
  requireOnlineCalls(path, candidates);
  requireOneVersion(path, first, candidates);
  requireOnce(path, candidates);
  for (const candidate of candidates) {
    if (!isWholeNumber(candidate.weight, 1, MOST_WEIGHT)) {
      throw numberInvalid(path, `weight of ${candidate.deployment.node.path}`, candidate.weight, 1, MOST_WEIGHT);
    }
  }
  const order = (candidate: Candidate): number =>
    candidate.rank + (isProvisioned(candidate.deployment) ? 0 : candidates.length);
  const tiers = [...new Set(candidates.map(order))].sort((one, other) => one - other);
  return candidates
    .map((candidate) => ({
      deployment: candidate.deployment,
      weight: candidate.weight,
      tier: tiers.indexOf(order(candidate)),
    }))
    .sort((one, other) => one.tier - other.tier);
}

/** @throws if name, version or format of a model is known only to Terraform */
export function requireResolvedModel(path: string, what: string, model: ModelVersion): void {
  if (!model.isResolved) {
    throw modelUnresolved(path, what);
  }
}

function requireOnlineCalls(path: string, candidates: readonly Candidate[]): void {
  for (const { deployment } of candidates) {
    requireResolvedModel(path, deployment.node.path, deployment.model);
    if (Token.isUnresolved(deployment.deploymentName)) {
      throw deploymentNameUnresolved(path, deployment.node.path);
    }
    if (deployment.sku.name.endsWith('Batch')) {
      throw batchDeployment(path, deployment.node.path, deployment.sku.name);
    }
  }
}

function requireOneVersion(path: string, first: ModelDeployment, candidates: readonly Candidate[]): void {
  const { format, name, version } = first.model;
  for (const { deployment } of candidates) {
    const { model } = deployment;
    if (model.format !== format || model.name !== name || model.version !== version) {
      throw versionsMixed(path, spelled(first), spelled(deployment));
    }
  }
}

function requireOnce(path: string, candidates: readonly Candidate[]): void {
  const seen = new Set<ModelDeployment>();
  for (const { deployment } of candidates) {
    if (seen.has(deployment)) {
      throw deploymentTwiceInRoute(path, deployment.node.path);
    }
    seen.add(deployment);
  }
}

function isProvisioned({ sku }: ModelDeployment): boolean {
  return sku.name.includes('ProvisionedManaged');
}

function spelled({ node, model }: ModelDeployment): string {
  return `${node.path} (${model.format} ${model.key})`;
}
