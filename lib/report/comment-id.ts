import { badCommentId } from './errors';

/** No two separators beside each other: `--` would end the HTML comment that the id stands in. */
const COMMENT_ID = /^[A-Za-z0-9]+(?:[._/:-][A-Za-z0-9]+)*$/;

const LONGEST_COMMENT_ID = 100;

/** How to write an id, for messages. */
export const COMMENT_ID_ADVICE = `write letters and digits, with one '.', '_', '-', '/' or ':' between them, ${LONGEST_COMMENT_ID} characters at most`;

/** Whether a text can tell one comment from others in the hidden mark of the Markdown report. */
export function isCommentId(text: string): boolean {
  return text.length <= LONGEST_COMMENT_ID && COMMENT_ID.test(text);
}

/** @throws if the text cannot stand in the mark of a comment */
export function requireCommentId(text: string): string {
  if (!isCommentId(text)) {
    throw badCommentId(text, COMMENT_ID_ADVICE);
  }
  return text;
}
