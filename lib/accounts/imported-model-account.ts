import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { formatAccountId, parseAccountId } from './account-id';
import { accountIdMalformed, subdomainInvalid, subdomainUnknown } from './errors';
import { ModelAccountBase } from './model-account-base';
import { ModelAccountKind } from './model-account-kind';
import { ModelAccountAttributes } from './model-account-props';
import { defaultSubdomain, endpointSuffix, formatOpenAiEndpoint } from './openai-endpoint';
import { isSubdomain } from './resource-names';

const RESOURCE_GROUP_SEGMENT = 4;
const ACCOUNT_SEGMENT = 8;

/** An account that someone else creates; see `ModelAccount.fromAccountId`. */
export class ImportedModelAccount extends ModelAccountBase {
  public readonly accountId: string;
  public readonly accountName: string;
  public readonly resourceGroupName: string;
  public readonly kind?: ModelAccountKind;
  public readonly location?: string;

  private readonly subdomain: string;
  private readonly endpointSuffix: string;

  constructor(scope: Construct, id: string, accountId: string, attributes: ModelAccountAttributes) {
    super(scope, id);
    enrol(this);
    this.kind = attributes.kind;
    this.location = attributes.location;
    [this.accountId, this.resourceGroupName, this.accountName] = this.takeApart(accountId);
    const { customSubdomainName } = attributes;
    if (customSubdomainName !== undefined && !isTokenOrSubdomain(customSubdomainName)) {
      throw subdomainInvalid(this.node.path, customSubdomainName);
    }
    this.subdomain = customSubdomainName ?? defaultSubdomain(this.accountName);
    this.endpointSuffix = endpointSuffix(attributes.openAiEndpointSuffix, this.node.path);
  }

  /** Checked only here: an account that is not called needs no subdomain. */
  public get openAiEndpoint(): string {
    if (!isTokenOrSubdomain(this.subdomain)) {
      throw subdomainUnknown(this.node.path, this.accountName);
    }
    return formatOpenAiEndpoint(this.subdomain, this.endpointSuffix);
  }

  private takeApart(accountId: string): [accountId: string, resourceGroupName: string, accountName: string] {
    if (Token.isUnresolved(accountId)) {
      const segment = (index: number) => Token.asString(Fn.element(Fn.split('/', accountId), index));
      return [accountId, segment(RESOURCE_GROUP_SEGMENT), segment(ACCOUNT_SEGMENT)];
    }
    const parts = parseAccountId(accountId);
    if (parts === undefined) {
      throw accountIdMalformed(this.node.path, accountId);
    }
    return [formatAccountId(parts), parts.resourceGroupName, parts.accountName];
  }
}

function isTokenOrSubdomain(subdomain: string): boolean {
  return Token.isUnresolved(subdomain) || isSubdomain(subdomain);
}
