/** Construct metadata and the stack's `//` comment carry this project's data under this prefix. */
const PREFIX = 'cdktf-azure-model-lifecycle';

/** Construct metadata type under which a waiver is stored; its data is a waiver as in `waiver.ts`. */
export const WAIVER_METADATA = `${PREFIX}/waiver`;

/** Construct metadata type under which constructs of this package store where the user declared them (`file:line`). */
export const DECLARED_AT_METADATA = `${PREFIX}/declared-at`;

/** Key in the top-level `//` object of a synthesised stack that holds what the command-line check has to know. */
export const STACK_COMMENT_KEY = PREFIX;
