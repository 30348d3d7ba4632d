/** Half of a character: no JSON reader has to take it (RFC 7493, section 2.1), and UTF-8 cannot hold it. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** What disturbs a terminal and `JSON.stringify` leaves as it is: delete and C1 controls, and marks that hide or reorder text. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** What Azure Pipelines' agent and GitHub's runner take for a command wherever it stands in a line of a log. */
const COMMAND_IN_LOG = /##((?:vso)?)\[/gi;

/**
 * A document as JSON that can be printed into a terminal or a pipeline's log: a parser reads every text back as it was
 * (half characters excepted), a terminal and an agent see none of it take effect.
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, wellFormed, 2).replace(UNSEEN, escaped).replace(COMMAND_IN_LOG, '##$1\\u005b');
  return `${text}\n`;
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(LONE_SURROGATE, '\ufffd') : value;
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_none, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`,
  ).join('');
}
