import { abridged } from '../contracts/printable';
import { isReleaseId, releaseIdOf, releaseLabel } from '../contracts/release-manifest';
import { valueOf } from '../facts/attribute';
import { OrchestratorFact } from '../facts/release-facts';
import { Finding } from './finding';
import { isOfCanonicalText, manifestStatements, textIn, unread } from './release-manifest-statements';
import { labelOf, RELEASE_ID, RELEASE_LABEL, releaseText } from './release-text';
import { Rule } from './rule';
import { findingOf, nameList, Statement, UNKNOWN } from './statement';

const DIGEST = /@(?<digest>sha256:[0-9a-f]{64})$/;
const NEW_RELEASE = 'declare the changed contents as a new release and keep this one until it is drained';

/** A release that can change under the same id, or does not say truly what it is. */
export const releaseNotImmutable: Rule = {
  id: 'release-not-immutable',
  summary:
    'A release can change without a new id: image by tag, manifest in a secret, id or label that is not of its contents, several revisions in one app, a command beside the image, ignored changes.',
  why:
    'An evaluation, an incident or an answer is traced to a release by its id. If image, prompt, settings or model can change under ' +
    'that id, the evidence is of something else than what runs, and rolling back does not lead back.',
  fix: `Let image, prompts, settings and models be part of the manifest, the image by digest, and the id the manifest's SHA-256; what changes is a new release with an app of its own.`,
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'Image, revision mode, id, label or manifest are expressions that cannot be read before Terraform runs, an expression makes the environment of the container or a part of it, or other containers run in the app of the release.',
  check(context) {
    const orchestrators = context.facts.releases?.orchestrators ?? [];
    return [...orchestrators.flatMap(changeable), ...contradictions(orchestrators)];
  },
};

function changeable(orchestrator: OrchestratorFact): Finding[] {
  const statements = [
    ...revisionMode(orchestrator),
    ...image(orchestrator),
    ...manifestStatements(orchestrator),
    ...id(orchestrator),
    ...label(orchestrator),
    ...repeated(orchestrator),
    ...perhapsRepeated(orchestrator),
    ...uncovered(orchestrator),
  ];
  return statements.map((statement) => findingOf(releaseNotImmutable, orchestrator, statement));
}

function revisionMode({ revisionMode: mode, revisionModePath: path }: OrchestratorFact): Statement[] {
  if (mode.state === 'unknown') {
    return [unread('the revision mode', mode, path)];
  }
  return mode.state === 'absent' || mode.value.toLowerCase() === 'single'
    ? []
    : [
        {
          path,
          message: `the revision mode is '${abridged(mode.value)}': revisions with other contents can run beside this one, under the app of this release`,
          fix: "set the revision mode to 'Single' and give every release an app of its own",
        },
      ];
}

function image({ image: given, manifest: source, path: container }: OrchestratorFact): Statement[] {
  const path = `${container}.image`;
  const digest = digestOf(textIn(given));
  if (digest === undefined) {
    return given.state === 'absent'
      ? []
      : given.state === 'unknown'
        ? [unread('the image', given, path)]
        : [
            {
              path,
              message: `the image '${abridged(given.value)}' is named without digest: another one can be pushed under that name`,
              fix: 'name the image by digest: [host/]repository@sha256:<64 hex digits>',
            },
          ];
  }
  const expected = source.state === 'read' ? digestOf(source.manifest.image) : digest;
  return expected === digest
    ? []
    : [
        {
          path,
          message: `the image has the digest ${digest}, and the manifest says '${abridged(source.state === 'read' ? source.manifest.image : '')}'`,
          fix: `run the image that the manifest names, or ${NEW_RELEASE}`,
        },
      ];
}

function id({ releaseId, manifest: source, hasUnreadVariables }: OrchestratorFact): Statement[] {
  const { value, path } = releaseId;
  if (value.state === 'absent') {
    return [
      {
        ...(hasUnreadVariables && UNKNOWN),
        path,
        message: hasUnreadVariables
          ? `${RELEASE_ID} cannot be read: an expression makes the environment of the container`
          : `the container is not told ${RELEASE_ID}: it cannot verify its manifest`,
        fix: `set ${RELEASE_ID} to the SHA-256 of the manifest's text`,
      },
    ];
  }
  if (value.state === 'unknown') {
    return [unread(RELEASE_ID, value, path)];
  }
  const expected = source.state === 'read' ? releaseIdOf(source.text) : undefined;
  if (!isReleaseId(value.value)) {
    return [
      {
        path,
        message: `${RELEASE_ID} is '${abridged(value.value)}', which is no SHA-256`,
        fix: `set ${RELEASE_ID} to the SHA-256 of the manifest's text, 64 hex digits in lower case`,
      },
    ];
  }
  if (expected === undefined || expected === value.value || isOfCanonicalText(value.value, source)) {
    return [];
  }
  return [
    {
      path,
      message: `${RELEASE_ID} is ${value.value}, and the SHA-256 of the manifest is ${expected}: the manifest was changed, or the id is of another release`,
      fix: NEW_RELEASE,
    },
  ];
}

function label({ label: given, releaseId, manifest: source }: OrchestratorFact): Statement[] {
  const { value, path } = given;
  if (value.state === 'unknown') {
    return [unread(RELEASE_LABEL, value, path)];
  }
  const ofContents = source.state === 'read' ? releaseIdOf(source.text) : undefined;
  const identity = valueOf(releaseId.value) ?? ofContents;
  if (value.state === 'absent' || identity === undefined || !isReleaseId(identity)) {
    return [];
  }
  const expected = source.state === 'read' ? releaseLabel(source.manifest.name, identity) : undefined;
  const isRight = expected === undefined ? value.value.endsWith(releaseLabel('', identity)) : value.value === expected;
  return isRight
    ? []
    : [
        {
          path,
          message: `${RELEASE_LABEL} is '${abridged(value.value)}', and the release's name and id make ${expected === undefined ? `'<name>${releaseLabel('', identity)}'` : `'${abridged(expected)}'`}`,
          fix: `set ${RELEASE_LABEL} to the name of the release and the first 12 digits of its id`,
        },
      ];
}

/** What Azure makes of it is not documented, so that no value can be relied on. */
function repeated({ repeatedVariables = [] }: OrchestratorFact): Statement[] {
  return repeatedVariables.length === 0
    ? []
    : [
        {
          message: `the container is told ${nameList(repeatedVariables.map(abridged))} more than once: which of the values it gets is not certain`,
          fix: 'give every environment variable once',
        },
      ];
}

/** Where id or manifest are missing, that is said already. */
function perhapsRepeated({ hasUnreadVariables, releaseId, manifest: source }: OrchestratorFact): Statement[] {
  return !hasUnreadVariables || releaseId.value.state === 'absent' || source.state === 'absent'
    ? []
    : [
        {
          ...UNKNOWN,
          message: `an expression makes a part of the environment: whether it repeats ${RELEASE_ID}, the manifest or what models are called is not known`,
          fix: 'write the environment of the container out, or make that part of it from literals',
        },
      ];
}

function uncovered(orchestrator: OrchestratorFact): Statement[] {
  return (orchestrator.uncovered ?? []).map(({ path, kind }) => {
    switch (kind) {
      case 'command':
        return {
          path,
          message: "the container starts something else than its image says, which the release's id does not cover",
          fix: 'take it out and let the image start itself; what it does is then part of the digest',
        };
      case 'container':
        return {
          ...UNKNOWN,
          path,
          message:
            "a container runs beside that of the release, and the release's id does not cover it: whether answers depend on it is not known",
          fix: 'make it part of the image, or give it an app of its own',
        };
      case 'ignored change':
        return {
          path,
          message:
            'Terraform is told to ignore changes of what the app runs: what is written here need not be what runs',
          fix: 'take the template and its containers out of ignore_changes',
        };
    }
  });
}

/** Apps that carry one label have to hold one release. */
function contradictions(orchestrators: readonly OrchestratorFact[]): Finding[] {
  const first = new Map<string, { readonly orchestrator: OrchestratorFact; readonly contents: string }>();
  return orchestrators.flatMap((orchestrator) => {
    const name = labelOf(orchestrator);
    const contents = contentsOf(orchestrator);
    if (name === undefined || contents === undefined) {
      return [];
    }
    const other = first.get(name);
    if (other === undefined || other.contents === contents) {
      first.set(name, other ?? { orchestrator, contents });
      return [];
    }
    const { origin, path } = other.orchestrator;
    return [
      findingOf(releaseNotImmutable, orchestrator, {
        path: orchestrator.label.path,
        message: `${releaseText(orchestrator)} is declared twice with different contents: here and in ${abridged(origin.address)}, ${abridged(path)}`,
        fix: 'give each contents a release of its own; two apps may run one release only if it is the same',
      }),
    ];
  });
}

/** Image and manifest, the latter by its id where it cannot be read; nothing where neither can. */
function contentsOf({ image: given, manifest: source, releaseId }: OrchestratorFact): string | undefined {
  const text = source.state === 'read' ? releaseIdOf(source.text) : valueOf(releaseId.value);
  return text === undefined ? undefined : `${text} ${digestOf(textIn(given)) ?? ''}`;
}

function digestOf(text: string): string | undefined {
  return DIGEST.exec(text)?.groups!.digest;
}
