/** A word of a release's manifest: what it may look like, in words and as a pattern that JSON Schema understands as well. */
export interface ReleaseWord {
  readonly allowed: string;
  readonly pattern: RegExp;
}

/** Name of an orchestrator; with a dash and 12 digits it is the name of a Container App, which has at most 32 characters. */
export const RELEASE_NAME: ReleaseWord = {
  allowed: '1 to 19 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
  pattern: /^(?!.*--)[a-z](?:[a-z0-9-]{0,17}[a-z0-9])?$/,
};

/** `<name>-<first 12 digits of the id>`, which is the name of a Container App too. */
export const RELEASE_LABEL: ReleaseWord = {
  allowed:
    "the release's name (lower-case letters, digits and single '-', starting with a letter), '-' and the first 12 hexadecimal digits of its id, at most 32 characters",
  pattern: /^(?!.*--)[a-z][a-z0-9-]{0,18}-[0-9a-f]{12}$/,
};

/**
 * An image by its digest, without a tag.
 *
 * Hosts, repositories and digests: https://github.com/distribution/reference/blob/main/reference.go
 */
export const IMAGE_BY_DIGEST: ReleaseWord = {
  allowed: "[host/]repository@sha256:<64 hex digits>, for instance 'example.azurecr.io/assistant@sha256:…'",
  pattern:
    /^(?:(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?|[A-Za-z0-9-]+:[0-9]{1,5}|localhost)\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*@sha256:[0-9a-f]{64}$/,
};

export const ORCHESTRATION_VERSION: ReleaseWord = {
  allowed: "1 to 64 letters, digits, '.', '_', '+' and '-', starting with a letter or digit, for instance '2.3.0'",
  pattern: /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/,
};

/** Without '_', so that no two roles share the names of their environment variables. */
export const MODEL_ROLE: ReleaseWord = {
  allowed: "1 to 31 lower-case letters, digits and dashes, starting with a letter, for instance 'chat'",
  pattern: /^[a-z][a-z0-9-]{0,30}$/,
};

export const PROMPT_NAME: ReleaseWord = {
  allowed: "1 to 63 lower-case letters, digits and dashes, starting with a letter, for instance 'system'",
  pattern: /^[a-z][a-z0-9-]{0,62}$/,
};

/** A placeholder of a prompt. */
export const INPUT_NAME: ReleaseWord = {
  allowed: "1 to 128 letters, digits, '.', '_' and '-', starting with a letter, for instance 'question'",
  pattern: /^[A-Za-z][A-Za-z0-9._-]{0,127}$/,
};

/** A parameter of a request, by its name there. */
export const PARAMETER_NAME: ReleaseWord = {
  allowed: "1 to 64 letters, digits and '_', starting with a letter, for instance 'response_format'",
  pattern: /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
};

/**
 * Name of a search index. The chart of https://learn.microsoft.com/rest/api/searchservice/naming-rules allows '_' as well as '-';
 * the service's own error message adds that a name does not end with a dash.
 */
export const INDEX_NAME: ReleaseWord = {
  allowed: "2 to 128 lower-case letters, digits, and single '-' or '_' between them",
  pattern: /^(?=.{2,128}$)[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
};

export const MODEL_FORMAT: ReleaseWord = {
  allowed: "the model's format as the model list gives it, for instance 'OpenAI'",
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/,
};

/** Name or version of a model: one side of a route key. */
export const MODEL_WORD: ReleaseWord = {
  allowed: "letters, digits, '.', '_' and '-', starting with a letter or digit",
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
};

export const ROUTE_KEY: ReleaseWord = {
  allowed: "name@version, for instance 'gpt-5.1@2025-11-13'",
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*$/,
};

/** Whether a value is a text of that look. */
export function isReleaseWord(word: ReleaseWord, value: unknown): value is string {
  return typeof value === 'string' && word.pattern.test(value);
}
