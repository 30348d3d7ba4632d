/**
 * Key in the top-level `//` object of a synthesised stack under which this package keeps what a later reader of the
 * file has to know. Terraform ignores `//` in JSON configurations.
 */
export const STACK_COMMENT_KEY = 'cdktf-azure-model-lifecycle';
