import { Token } from 'cdktf';
import { EntraPlace, audienceInvalid, audiencesMissing, entraOptionsMissing, tenantInvalid } from './entra-errors';
import { isAudience, isTenant } from './gateway-names';

/** Microsoft Entra tokens that are taken. */
export interface EntraTokens {
  readonly tenantId: string;
  readonly audiences: readonly string[];
}

/** @throws if the tenant or an audience cannot be one, or there is no audience */
export function checkedEntraTokens(place: EntraPlace, options: EntraTokens): EntraTokens {
  const given: EntraTokens | null | undefined = options;
  if (given === undefined || given === null) {
    throw entraOptionsMissing(place);
  }
  const { tenantId, audiences } = given;
  if (!Token.isUnresolved(tenantId) && !isTenant(tenantId)) {
    throw tenantInvalid(place, tenantId);
  }
  if (!Array.isArray(audiences) || audiences.length === 0) {
    throw audiencesMissing(place);
  }
  for (const audience of audiences) {
    if (!Token.isUnresolved(audience) && !isAudience(audience)) {
      throw audienceInvalid(place, audience);
    }
  }
  return { tenantId, audiences: [...audiences] };
}
