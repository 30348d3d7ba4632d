import { AzureCloud } from '../../lib/catalog/lifecycle';
import { FailOn } from '../../lib/rules/failing';
import { SeverityOverrides } from '../../lib/rules/severities';
import { UnknownPolicy } from '../../lib/rules/unknown-policy';
import { Output } from '../commands/output';

/** What a configuration file says: options of `check`, `review` and other commands that judge, with paths that start at the working directory. */
export interface Configuration {
  readonly catalog?: string;
  readonly overlays?: readonly string[];
  readonly cloud?: AzureCloud;
  readonly warnDays?: number;
  readonly failDays?: number;
  readonly failOn?: FailOn;
  readonly unknown?: UnknownPolicy;
  readonly severities?: SeverityOverrides;
  readonly forbidPreviews?: boolean;
  readonly forbidModelRouter?: boolean;
  readonly waivers?: readonly string[];
  readonly baseline?: string;
  readonly requireFresh?: boolean;
  readonly formats?: readonly Output[];
  readonly commentId?: string;
}
