import { quoted } from '../contracts/printable';

/** A resource of Azure's answer is no deployment that could be read. */
export function notADeployment(source: string, problem: string): Error {
  return new Error(
    `${source} gave a deployment that cannot be read: ${problem}; ask again, and if it stays so, report it with the answer`,
  );
}

/** A saved inventory has another shape. */
export function badInventory(source: string, problems: readonly string[]): Error {
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new Error(
    `${quoted(source)} is no saved inventory:\n${lines}\n` +
      "make one with 'model-lifecycle inventory --save FILE', and do not edit it",
  );
}
