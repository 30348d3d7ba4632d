import { createHash } from 'node:crypto';
import { Finding } from './finding';

/** 128 bits: as good as unique among the findings of one project. */
const DIGITS = 32;

/** Resource ids are the same in every stack and under every address. */
const RESOURCE_ID = /^\/subscriptions\//i;

/**
 * What stays the same of a finding as long as its cause does: 32 hexadecimal digits made of the rule, the place and the
 * model, and of nothing that changes with the day or with the wording. A deployment whose account is known is found by
 * account and name, wherever it is declared; everything else by stack and address.
 * Two findings may have the same fingerprint where they differ in nothing but the message.
 */
export function fingerprintOf(finding: Finding): string {
  const { rule, model, subject } = finding;
  const parts = [
    rule,
    ...placeOf(finding),
    ...[model?.format, model?.name, model?.version, model?.sku].map((part) => part?.toLowerCase() ?? null),
    subject ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(parts), 'utf8').digest('hex').slice(0, DIGITS);
}

function placeOf({ resource }: Finding): (string | null)[] {
  const { account, deployment, address, stack, path } = resource;
  return account !== undefined && deployment !== undefined && RESOURCE_ID.test(account)
    ? ['deployment', account.toLowerCase(), deployment.toLowerCase(), path === undefined ? null : attributeOf(path)]
    : ['address', stack ?? null, address, path ?? null];
}

/** azurerm's `version_upgrade_option` is azapi's `body.properties.versionUpgradeOption`, `model.version` ends alike. */
function attributeOf(path: string): string {
  return path
    .replace(/^body\./, '')
    .replace(/^properties\./, '')
    .replace(/_/g, '')
    .toLowerCase();
}
