import { printable, quoted } from '../../lib/contracts/printable';

/** A saved inventory is not there, or cannot be read. */
export function inventoryUnreadable(file: string, code: string): Error {
  const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
  return new Error(`${quoted(file)} ${what}; make it with 'model-lifecycle inventory --save FILE'`);
}

/** A saved inventory is no JSON. */
export function inventoryNotJson(file: string, problem: string): Error {
  return new Error(
    `${quoted(file)} is not JSON (${printable(problem)}); make it again with 'model-lifecycle inventory --save FILE'`,
  );
}

/** A saved inventory was read in another cloud. */
export function inventoryOfOtherCloud(file: string, cloud: string): Error {
  return new Error(`${quoted(file)} was read in the cloud ${cloud}; give --cloud ${cloud}, so that its dates apply`);
}

/** The report is there, and not about everything. */
export function incompleteInventory(unread: number): string {
  return (
    `${unread} of what there is to read could not be read, and is listed in the report; correct what is said there, ` +
    'or give --allow-incomplete to go by what was read'
  );
}

/** A saved inventory is so old that it says nothing of what runs. */
export function oldInventory(file: string, readOn: string, days: number): string {
  return `${quoted(file)} was read on ${readOn}, ${days} days before the day of the judgement; read Azure again with 'model-lifecycle inventory --save'`;
}
