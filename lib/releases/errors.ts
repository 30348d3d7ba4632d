import { printable, quoted } from '../contracts/printable';
import { ReleaseWord } from '../contracts/release-words';

const WIRING =
  'what differs between environments (endpoints, accounts, deployment names, identities) is no part of a release: pass it to the orchestrator';

export function holdsToken(place: string): Error {
  return new Error(
    `${place} holds a Terraform token, whose value is known only when Terraform runs; a release's id is the hash of what it is made of, ` +
      `so write it as text; ${WIRING}`,
  );
}

export function imageHoldsToken(release: string): Error {
  return new Error(
    `release ${quoted(release)}, image holds a Terraform token, whose value is known only when Terraform runs; a release's id is the hash ` +
      "of what it is made of, so write 'repository@sha256:<64 hex digits>' without the registry's host and pass the registry to the orchestrator",
  );
}

export function wordMalformed(place: string, value: unknown, { allowed }: ReleaseWord): Error {
  return new Error(`${place} ${quoted(value)} is not valid: write ${allowed}`);
}

export function imageWithoutDigest(release: string, image: unknown): Error {
  return new Error(
    `release ${quoted(release)}, image ${quoted(image)} is not named by its digest: a tag can be moved to another image, so write ` +
      "'[host/]repository@sha256:<64 hex digits>', which 'docker buildx imagetools inspect <image>' shows",
  );
}

export function modelsMissing(release: string): Error {
  return new Error(
    `release ${quoted(release)} binds no model; write models: { chat: { model: ModelVersion.openAi(…) } }`,
  );
}

export function notABinding(place: string, value: unknown): Error {
  return new Error(`${place} is ${quoted(value)}; write { model: ModelVersion.openAi('gpt-5.1', '2025-11-13') }`);
}

export function notAPrompt(place: string, value: unknown): Error {
  return new Error(`${place} is ${quoted(value)}; write Prompt.inline(…), Prompt.fromFile(…) or Prompt.fromPrompty(…)`);
}

export function promptWithoutModel(place: string, role: string, roles: readonly string[]): Error {
  return new Error(
    `${place} goes to the model of role ${quoted(role)}, which the release does not bind; bound are ${roles.map(quoted).join(', ')}: ` +
      'bind the role under models, or name another as model of the prompt',
  );
}

export function promptModelMismatch(place: string, role: string, bound: string, madeFor: readonly string[]): Error {
  return new Error(
    `${place} is made for ${madeFor.join(', ')}, and the release binds role ${quoted(role)} to ${bound} (prompt-model-mismatch); ` +
      'evaluate the prompt with that version and add it to madeFor, or bind a version that the prompt is made for',
  );
}

export function embeddingMismatch(release: string, index: string, embedded: string, bound: string): Error {
  return new Error(
    `release ${quoted(release)} embeds questions with ${bound} (role 'embeddings'), and index ${quoted(index)} holds vectors of ${embedded}: ` +
      'vectors of different versions cannot be compared; bind the version of the index, or embed the index anew under another name',
  );
}

export function dimensionsRefused(release: string, dimensions: unknown, advice: string): Error {
  return new Error(`release ${quoted(release)}, knowledge.dimensions ${quoted(dimensions)} is not valid: ${advice}`);
}

export function evidenceMalformed(release: string, evidence: unknown): Error {
  return new Error(
    `release ${quoted(release)}, evidence ${quoted(evidence)} is not valid: it becomes a tag, so write a reference of 1 to 256 characters ` +
      'without control characters, for instance the address or the digest of the evidence',
  );
}

export function parameterUnknown(place: string, name: string, known: readonly string[]): Error {
  return new Error(
    `${place} has the unknown parameter ${quoted(name)}; known are ${known.join(', ')}, and others go under other by their name in the request`,
  );
}

export function parameterOutOfRange(place: string, value: unknown, allowed: string): Error {
  return new Error(`${place} is ${quoted(value)}; write ${allowed}`);
}

export function parameterRefused(place: string, value: unknown, reason: string, source: string): Error {
  return new Error(`${place} is ${quoted(value)}, but ${reason} (${source}); change it or leave it out`);
}

export function otherParameterTaken(place: string, name: string, property: string | undefined): Error {
  const advice =
    property === undefined
      ? "it is set with every call, so it is no part of a model's configuration"
      : `write it as ${property} beside other`;
  return new Error(`${place} may not set ${quoted(name)}: ${advice}`);
}

export function notPlainJson(problem: string): Error {
  return new Error(
    `${problem}; write values that JSON has: texts, numbers, true, false, null, lists and plain objects`,
  );
}

export function promptTextRefused(source: string, problem: string): Error {
  return new Error(`${source} ${problem}`);
}

export function madeForMissing(source: string): Error {
  return new Error(
    `${source} does not say which model versions it is made for; list them as madeFor, for instance [ModelVersion.openAi('gpt-5.1', '2025-11-13')]`,
  );
}

export function notAModelVersion(place: string, value: unknown): Error {
  return new Error(`${place} is ${quoted(value)}; write ModelVersion.openAi('gpt-5.1', '2025-11-13')`);
}

export function inputsWithoutTemplate(source: string): Error {
  return new Error(
    `${source} names inputs and has no template, so nothing would fill them in; pass template: PromptTemplate.MUSTACHE or PromptTemplate.JINJA2, or leave inputs out`,
  );
}

export function inputListedTwice(source: string, name: string): Error {
  return new Error(`${source} lists the input ${quoted(name)} twice; remove one`);
}

export function templateUnknown(source: string, given: unknown, allowed: readonly string[]): Error {
  return new Error(`template ${quoted(given)} of ${source} is not known; write ${allowed.map(quoted).join(' or ')}`);
}

export function fileUnreadable(path: string, code: string): Error {
  const problem =
    code === 'ENOENT'
      ? 'does not exist'
      : code === 'NOT_A_FILE'
        ? 'is not a file but a directory or a device'
        : `cannot be read (${code})`;
  return new Error(
    `prompt file '${printable(path)}' ${problem}; give the path of a text file, absolute or from the working directory`,
  );
}

export function pathNotText(path: unknown): Error {
  return new Error(
    `the path of a prompt file is ${quoted(path)}; give the path of a text file, absolute or from the working directory`,
  );
}

export function fileNotUtf8(path: string): Error {
  return new Error(`prompt file '${printable(path)}' is not UTF-8 text; save it as UTF-8`);
}
