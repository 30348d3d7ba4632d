import { quoted } from '../contracts/printable';

/** Errors of the reports' settings: what, what was given, what is allowed. */

export function badCommentId(given: string, advice: string): Error {
  return new Error(`The id of a comment is ${quoted(given)}; ${advice}.`);
}
