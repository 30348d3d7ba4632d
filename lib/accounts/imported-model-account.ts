import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { AccountIdParts, formatAccountId, parseAccountId } from './account-id';
import { accountIdMalformed } from './errors';
import { ModelAccountBase } from './model-account-base';
import { ModelAccountKind } from './model-account-kind';
import { ModelAccountAttributes } from './model-account-props';

const RESOURCE_GROUP_SEGMENT = 4;
const ACCOUNT_SEGMENT = 8;

/** An account that someone else creates; see `ModelAccount.fromAccountId`. */
export class ImportedModelAccount extends ModelAccountBase {
  public readonly accountId: string;
  public readonly accountName: string;
  public readonly resourceGroupName: string;
  public readonly kind?: ModelAccountKind;
  public readonly location?: string;

  constructor(scope: Construct, id: string, accountId: string, attributes: ModelAccountAttributes) {
    super(scope, id);
    enrol(this);
    this.kind = attributes.kind;
    this.location = attributes.location;
    if (Token.isUnresolved(accountId)) {
      const segment = (index: number) => Token.asString(Fn.element(Fn.split('/', accountId), index));
      this.accountId = accountId;
      this.accountName = segment(ACCOUNT_SEGMENT);
      this.resourceGroupName = segment(RESOURCE_GROUP_SEGMENT);
      return;
    }
    const parts = parseAccountId(accountId);
    if (parts === undefined) {
      throw accountIdMalformed(this.node.path, accountId);
    }
    this.accountId = formatAccountId(parts);
    this.accountName = parts.accountName;
    this.resourceGroupName = parts.resourceGroupName;
  }

  /** @internal */
  public override _mayContain(id: AccountIdParts): boolean {
    return Token.isUnresolved(this.accountId) || this.accountId.toLowerCase() === formatAccountId(id).toLowerCase();
  }

  /** @internal */
  protected get _accountKey(): string {
    return `id:${this.accountId.toLowerCase()}`;
  }
}
