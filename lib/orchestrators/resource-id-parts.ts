import { Fn, Token } from 'cdktf';
import { NAME_SEGMENT, RESOURCE_GROUP_SEGMENT } from './resource-names';

/** Resource group and name of a resource, out of its id. */
export interface ResourceIdParts {
  readonly resourceGroupName: string;
  readonly name: string;
}

/** Expressions where Terraform alone knows the id. */
export function partsOfResourceId(id: string): ResourceIdParts {
  const segment = (index: number): string =>
    Token.isUnresolved(id) ? Token.asString(Fn.element(Fn.split('/', id), index)) : id.split('/')[index]!;
  return { resourceGroupName: segment(RESOURCE_GROUP_SEGMENT), name: segment(NAME_SEGMENT) };
}
