import { ReleaseWord } from '../contracts/release-words';

/** A set of gates and the data that they are measured on; it is the name of a file. */
export const SUITE_NAME: ReleaseWord = {
  allowed: "1 to 63 lower-case letters, digits and dashes, starting with a letter or digit, for instance 'quality'",
  pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
};

/** Id of a record of evidence. */
export const EVIDENCE_ID: ReleaseWord = {
  allowed: "'sha256:' and 64 lower-case hexadecimal digits",
  pattern: /^sha256:[0-9a-f]{64}$/,
};

export const SHA256: ReleaseWord = {
  allowed: 'a SHA-256: 64 lower-case hexadecimal digits',
  pattern: /^[0-9a-f]{64}$/,
};

/** What git calls a commit, by SHA-1 or SHA-256. */
export const COMMIT: ReleaseWord = {
  allowed: 'the full id of a commit: 40 or 64 lower-case hexadecimal digits',
  pattern: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
};

/** Name of a data set, a metric, a tool or its version: no control characters, nothing that reorders or hides text. */
export const SHORT_LINE: ReleaseWord = {
  allowed: 'a text of 1 to 256 characters on one line, without blanks at its ends and without control characters',
  pattern: /^[^\s\p{Cc}\p{Cf}\p{Cs}](?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,254}[^\s\p{Cc}\p{Cf}\p{Cs}])?$/u,
};

/** A sentence, however long. */
export const SENTENCE: ReleaseWord = {
  allowed: 'a text on one line, without blanks at its ends and without control characters',
  pattern: /^[^\s\p{Cc}\p{Cf}\p{Cs}](?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*[^\s\p{Cc}\p{Cf}\p{Cs}])?$/u,
};

/** RFC 3339 with `Z`, https://www.rfc-editor.org/rfc/rfc3339#section-5.6; the day has to exist, too, which no pattern says. */
export const MOMENT: ReleaseWord = {
  allowed: "a time in UTC as RFC 3339 has it, for instance '2026-11-21T09:30:00Z'",
  pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/,
};
