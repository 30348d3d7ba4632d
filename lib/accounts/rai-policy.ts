import { CognitiveAccountRaiPolicy } from '@cdktf/provider-azurerm/lib/cognitive-account-rai-policy';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { prerequisitesOf } from './account-prerequisites';
import { contentFilterListedTwice, contentFiltersMissing, raiPolicyNameInvalid } from './errors';
import type { IModelAccount } from './model-account-interface';
import { isRaiPolicyName } from './resource-names';

/** Which text a content filter reads. */
export enum ContentFilterSource {
  /** What the caller sends. */
  PROMPT = 'Prompt',

  /** What the model answers. */
  COMPLETION = 'Completion',
}

/** From which severity on a content filter acts. */
export enum ContentFilterSeverity {
  /** Acts on low severity and above: the strictest. */
  LOW = 'Low',

  /** Acts on medium severity and above. */
  MEDIUM = 'Medium',

  /** Acts on high severity alone. */
  HIGH = 'High',
}

/** How an RAI policy treats streamed answers. */
export enum RaiPolicyMode {
  /** Text is held back until it is filtered. */
  BLOCKING = 'Blocking',

  /** Text is passed on at once and filtered meanwhile. */
  ASYNCHRONOUS_FILTER = 'Asynchronous_filter',
}

/** One filter of an RAI policy. */
export interface ContentFilter {
  /** Name as Azure gives it, for instance `Hate`, `Sexual`, `Violence`, `Selfharm`, `Jailbreak`, `Indirect Attack`, `Protected Material Text`. */
  readonly name: string;

  /** Which text it reads. */
  readonly source: ContentFilterSource;

  /**
   * From which severity on it acts. The provider wants it for every filter; those without severities ignore it.
   *
   * @default ContentFilterSeverity.MEDIUM
   */
  readonly severityThreshold?: ContentFilterSeverity;

  /**
   * Whether it runs.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether it refuses what it finds; otherwise it only annotates.
   *
   * @default true
   */
  readonly blocking?: boolean;
}

/** What an RAI policy is, apart from its account. */
export interface RaiPolicyOptions {
  /** The filters, in the order in which Azure answers them; another order is a difference in every plan. */
  readonly contentFilters: ContentFilter[];

  /**
   * Name of the policy that this one starts from; changing it replaces the policy.
   *
   * @default 'Microsoft.DefaultV2'
   */
  readonly basePolicyName?: string;

  /**
   * How streamed answers are treated.
   *
   * @default RaiPolicyMode.BLOCKING
   */
  readonly mode?: RaiPolicyMode;

  /**
   * Name of the policy, 1 to 64 characters.
   *
   * @default - the construct's id and the base policy's name, so that a replacement has another name
   */
  readonly name?: string;

  /**
   * Tags of the policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** Properties of a `RaiPolicy`. */
export interface RaiPolicyProps extends RaiPolicyOptions {
  /** The account that holds the policy. */
  readonly account: IModelAccount;
}

/** An RAI (responsible AI) policy of an account: its content filters, which its deployments refer to by name. */
export class RaiPolicy extends Construct {
  /** The Terraform resource. */
  public readonly resource: CognitiveAccountRaiPolicy;

  constructor(scope: Construct, id: string, props: RaiPolicyProps) {
    super(scope, id);
    enrol(this);
    const basePolicyName = props.basePolicyName ?? 'Microsoft.DefaultV2';
    const name = props.name ?? `${id}-${basePolicyName}`;
    if (!Token.isUnresolved(name) && !isRaiPolicyName(name)) {
      throw raiPolicyNameInvalid(this.node.path, name);
    }
    this.requireDistinctFilters(props.contentFilters);
    this.resource = new CognitiveAccountRaiPolicy(this, 'Default', {
      name,
      cognitiveAccountId: props.account.accountId,
      basePolicyName,
      mode: props.mode ?? RaiPolicyMode.BLOCKING,
      contentFilter: props.contentFilters.map((filter) => ({
        name: filter.name,
        source: filter.source,
        filterEnabled: filter.enabled ?? true,
        blockEnabled: filter.blocking ?? true,
        severityThreshold: filter.severityThreshold ?? ContentFilterSeverity.MEDIUM,
      })),
      tags: props.tags,
      dependsOn: prerequisitesOf(props.account, this),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Name of the policy; a deployment that uses it waits for the policy. */
  public get policyName(): string {
    return this.resource.name;
  }

  private requireDistinctFilters(filters: ContentFilter[]): void {
    if (filters.length === 0) {
      throw contentFiltersMissing(this.node.path);
    }
    const seen = new Set<string>();
    for (const { name, source } of filters) {
      const key = JSON.stringify([name.toLowerCase(), source]);
      if (seen.has(key)) {
        throw contentFilterListedTwice(this.node.path, name, source);
      }
      seen.add(key);
    }
  }
}
