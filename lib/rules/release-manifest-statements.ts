import { canonicalTextOf } from '../contracts/canonical-json';
import { ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { releaseIdOf } from '../contracts/release-manifest';
import { Attribute, valueOf } from '../facts/attribute';
import { ManifestFact, OrchestratorFact } from '../facts/release-facts';
import { expressionIn, RELEASE_ID, RELEASE_MANIFEST } from './release-text';
import { Statement, UNKNOWN } from './statement';

/** What keeps the manifest of a container from saying for good what its release consists of. */
export function manifestStatements(orchestrator: OrchestratorFact): Statement[] {
  const { manifest: source, releaseId, hasUnreadVariables } = orchestrator;
  switch (source.state) {
    case 'absent':
      return [
        {
          ...(hasUnreadVariables && UNKNOWN),
          message: hasUnreadVariables
            ? 'no manifest can be read: an expression makes the environment of the container'
            : `the container is told ${releaseId.value.state === 'absent' ? '' : `${RELEASE_ID} and `}no manifest: nothing says what the release consists of`,
          fix: `give the container the manifest in ${RELEASE_MANIFEST}, or its URL in ${ORCHESTRATOR_ENVIRONMENT.manifestUrl}`,
        },
      ];
    case 'secret':
      return [
        {
          path: source.path,
          message: 'the manifest stands in a secret of the app: a secret can be changed without a new revision',
          fix: `write the manifest into ${RELEASE_MANIFEST} of the template; what is secret does not belong into it`,
        },
      ];
    case 'malformed':
      return [
        {
          path: source.path,
          message: abridged(source.problem),
          fix: 'let OrchestratorRelease write the manifest, or write it by schemas/release-manifest.schema.json',
        },
      ];
    case 'unknown':
      return [
        {
          ...UNKNOWN,
          path: source.path,
          message: `the manifest cannot be read before Terraform runs (${abridged(source.expression)})`,
          fix: 'write the manifest as literal text, `${` in it as `$${`',
        },
      ];
    case 'elsewhere':
      return elsewhere(source.url, valueOf(releaseId.value), source.path);
    case 'read':
      return canonicalTextOf(source.manifest) === source.text
        ? []
        : [
            {
              path: source.path,
              message:
                'the manifest is not canonical JSON: the same contents have another id when they are written again',
              fix: 'write it as RFC 8785 demands: keys sorted, no blanks',
            },
          ];
  }
}

/** What is kept under its own hash cannot become something else. */
function elsewhere(url: Attribute, releaseId: string | undefined, path: string): Statement[] {
  if (releaseId === undefined || textIn(url).includes(releaseId)) {
    return [];
  }
  return url.state === 'unknown'
    ? [unread('where the manifest stands', url, path)]
    : [
        {
          path,
          message: `the manifest stands at '${abridged(textIn(url))}', whose name does not hold the release's id: what stands there can be changed`,
          fix: 'keep the manifest under its SHA-256, as ManifestStore does',
        },
      ];
}

/** Blanks in the manifest are one mistake, and the rule names it once. */
export function isOfCanonicalText(releaseId: string, source: ManifestFact): boolean {
  const text = source.state === 'read' ? canonicalTextOf(source.manifest) : undefined;
  return text !== undefined && releaseIdOf(text) === releaseId;
}

/** Says that a value cannot be read. */
export function unread(what: string, value: Attribute, path: string): Statement {
  return {
    ...UNKNOWN,
    path,
    message: `${what} cannot be read before Terraform runs${expressionIn({ value })}`,
    fix: `write ${what} as a literal`,
  };
}

/** The text of a value, with what only Terraform can read left in it. */
export function textIn(value: Attribute): string {
  return value.state === 'known' ? value.value : value.state === 'unknown' ? value.expression : '';
}
