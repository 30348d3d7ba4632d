import { createHash } from 'node:crypto';
import { LONGEST_DEPLOYMENT_NAME } from './resource-names';

/** Everything whose change replaces a deployment, besides its account; all of it text. */
export interface DeploymentNameParts {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly sku: string;
}

const HASH_LENGTH = 16;
const SEPARATOR = '_';
const WITHOUT_SEPARATOR = /^[a-z0-9.-]+$/;

/**
 * The name of a deployment, for instance `gpt-5.1_2025-11-13_globalstandard`: other inputs, other name.
 *
 * A changed version or SKU has to be a new deployment beside the old one, and Terraform can create before it destroys
 * only where the names differ. Names that would be too long, or ambiguous because a part holds the separator, end in a
 * hash of all parts; they hold one separator, the others two or three. Azure compares names without regard to case, so
 * parts that differ in case alone give one name.
 */
export function deriveDeploymentName(parts: DeploymentNameParts): string {
  const { format, name, version, sku } = parts;
  const words = [name, version, sku, ...(format.toLowerCase() === 'openai' ? [] : [format])].map((word) =>
    word.toLowerCase(),
  );
  const plain = words.join(SEPARATOR);
  if (plain.length <= LONGEST_DEPLOYMENT_NAME && words.every((word) => WITHOUT_SEPARATOR.test(word))) {
    return plain;
  }
  const hash = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, HASH_LENGTH);
  const readable = words.join('-').replace(/[^a-z0-9.-]/g, '-');
  return `${readable.slice(0, LONGEST_DEPLOYMENT_NAME - HASH_LENGTH - 1)}${SEPARATOR}${hash}`;
}
