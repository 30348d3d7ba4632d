import { Token } from 'cdktf';
import { tagReserved, tagValueTooLong } from '../errors';

/** Azure's limit: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const LONGEST_VALUE = 256;

/** The user's tags and those that say what runs. Azure compares names of tags without regard to case. */
export function appTags(
  path: string,
  given: { [name: string]: string },
  own: { [name: string]: string },
): { [name: string]: string } {
  const reserved = Object.keys(own);
  for (const name of Object.keys(given)) {
    if (reserved.includes(name.toLowerCase())) {
      throw tagReserved(path, name);
    }
  }
  const tags = { ...given, ...own };
  for (const [name, value] of Object.entries(tags)) {
    if (!Token.isUnresolved(value) && value.length > LONGEST_VALUE) {
      throw tagValueTooLong(path, name, value.length);
    }
  }
  return tags;
}
