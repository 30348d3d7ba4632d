import { parseRouteKey } from '../contracts/route-key';
import { valuesOf } from '../policy/node-values';
import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { stringsIn } from '../policy/references';
import { branchesOf } from './gateway-branches';
import { ReadPolicy } from './gateway-policy-text';
import { isRow } from './gateway-routes';
import { isObject, parseJsonDocument, property } from './json';

const ANSWER_STARTS = '<return-response';
const ANSWER_ENDS = '</return-response>';

/** What stands between two quotes, written as they are or as entities. */
const BETWEEN_QUOTES = /(?<=["']|&quot;)[^"'&<>]+(?=["']|&quot;)/g;

/** `caller=key,key;caller=*` */
const GRANTS = /^[^=;]*=[^=;]+(?:;[^=;]*=[^=;]+)*$/;

/**
 * A policy's text without what its route facts hold and what it only tells callers: keys of routes, the rows of their
 * table, aliases, lists of models, and answers that the policy makes itself. What is left may call a model.
 *
 * @returns nothing where all of it is left
 */
export function withoutRoutes({ source, document }: ReadPolicy<PolicyDocument | FragmentDocument>): string | undefined {
  const held = heldTexts(asPolicy(document));
  const written = withoutAnswers(source.text);
  const left = written.replace(BETWEEN_QUOTES, (quoted) => (held.has(quoted) ? '' : quoted));
  return left === source.text ? undefined : source.restore(left);
}

/** A fragment as a policy that holds nothing else. */
export function asPolicy(document: PolicyDocument | FragmentDocument): PolicyDocument {
  return document.kind === 'policies'
    ? document
    : { kind: 'policies', inbound: document.children, backend: [], outbound: [], onError: [] };
}

function heldTexts(document: PolicyDocument): Set<string> {
  const branches = branchesOf(document);
  const keys = new Set(
    branches.flatMap(({ alternatives }) => alternatives.flat().map(({ value }) => value)).filter(isKey),
  );
  const held = new Set(keys);
  for (const { alternatives, assigned, targets, answers } of branches) {
    const isAlias = assigned.some((text) => keys.has(text));
    if (isAlias || (answers && targets.length === 0)) {
      alternatives.flat().forEach(({ value }) => held.add(value));
    }
  }
  for (const { node } of allNodes(document)) {
    for (const { value } of valuesOf(node)) {
      textsHeldIn(isExpression(value) ? stringsIn(value.expression) : [value], keys).forEach((text) => held.add(text));
    }
  }
  return held;
}

function textsHeldIn(texts: readonly string[], keys: ReadonlySet<string>): string[] {
  return texts.flatMap((text) => {
    if (isRow(text) || isListOfKeys(text, keys)) {
      return [text];
    }
    return text.includes('"list"') ? namesOfModelList(parseJsonDocument(text)) : [];
  });
}

function isListOfKeys(text: string, keys: ReadonlySet<string>): boolean {
  if (!text.includes('@')) {
    return false;
  }
  const areKeys = (list: readonly string[]) => list.every((key) => keys.has(key) || key === '*');
  return (
    areKeys(text.split(' ')) ||
    (GRANTS.test(text) && text.split(';').every((grant) => areKeys(grant.slice(grant.indexOf('=') + 1).split(','))))
  );
}

/** What `GET /models` answers: https://platform.openai.com/docs/api-reference/models/list */
function namesOfModelList(document: unknown): string[] {
  const data = property(document, 'data');
  const models = property(document, 'object') === 'list' && Array.isArray(data) ? data.filter(isObject) : [];
  return models.flatMap((model) =>
    [property(model, 'id'), property(model, 'alias_of'), property(property(model, 'lifecycle'), 'successor')].filter(
      (name): name is string => typeof name === 'string' && property(model, 'object') === 'model',
    ),
  );
}

/** An answer of the gateway's own reaches the caller, never a model; comments may hold anything. */
function withoutAnswers(text: string): string {
  return without(without(text, '<!--', '-->'), ANSWER_STARTS, ANSWER_ENDS);
}

function without(text: string, opening: string, closing: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, start + opening.length)) {
    const end = text.indexOf(closing, start);
    if (end < 0) {
      break;
    }
    const isEmptyElement = text[text.indexOf('>', start) - 1] === '/';
    if (!isEmptyElement && start >= from) {
      pieces.push(text.slice(from, start), ' ');
      from = end + closing.length;
    }
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from);
}

function isKey(text: string): boolean {
  return parseRouteKey(text) !== undefined;
}
