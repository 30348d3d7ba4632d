import { membersCalled, MemberUse } from '../policy/expressions/members-called';
import { ExpressionSyntax } from '../policy/expressions/syntax';
import { elementName, valuesOf } from '../policy/node-values';
import { FragmentDocument, PolicyDocument, PolicyNode } from '../policy/policy-document';
import { isExpression, PolicyValue } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { contextMemberNames } from './context-value';
import { hasStatics, instanceMemberNames, staticsOf } from './csharp/members/registry';
import { typeImplemented } from './csharp/type-tests';
import {
  attributeNotImplemented,
  backendNotDeclared,
  backendUrlInvalid,
  baseMisplaced,
  expressionNotRunnable,
  fragmentRecursion,
  fragmentUnknown,
  memberNotImplemented,
  mixedText,
  namedValueUnknown,
  policyNotImplemented,
  retryCountInvalid,
} from './errors';
import { GatewayDefinition } from './gateway-definition';
import { IN_ONE_WAY_REQUEST } from './one-way-request';
import { PolicyValues } from './policy-values';

const IMPLEMENTED: ReadonlySet<string> = new Set([
  'base',
  'choose',
  'retry',
  'return-response',
  'include-fragment',
  'set-variable',
  'set-header',
  'set-query-parameter',
  'set-body',
  'set-method',
  'set-status',
  'rewrite-uri',
  'set-backend-service',
  'forward-request',
  'send-one-way-request',
  'set-url',
  'cache-lookup-value',
  'cache-store-value',
  'cache-remove-value',
  'authentication-managed-identity',
  'validate-azure-ad-token',
  'cors',
  'llm-token-limit',
  'azure-openai-token-limit',
  'trace',
  'emit-metric',
  'llm-emit-token-metric',
  'azure-openai-emit-token-metric',
]);
/** Policies that make a message of their own, and what is read in them. */
const IN_MESSAGE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['return-response', new Set(['set-status', 'set-header', 'set-body'])],
  ['send-one-way-request', IN_ONE_WAY_REQUEST],
]);

/** What a gateway uses that the emulator does not do, or that does not exist: one sentence each, empty if it can be run. */
export function gatewayProblems(
  gateway: GatewayDefinition,
  values: PolicyValues,
  ignoredPolicies: ReadonlySet<string>,
): string[] {
  const check = new GatewayCheck(gateway, values, ignoredPolicies);
  gateway.backends?.forEach(({ url }, id) => check.backendUrl(id, url));
  if (gateway.policy) {
    check.document(gateway.policy, 'global');
  }
  gateway.apis.forEach((api) => {
    if (api.policy) {
      check.document(api.policy, `API ${api.id}`);
    }
    api.operations.forEach((operation) => {
      if (operation.policy) {
        check.document(operation.policy, `operation ${api.id}/${operation.id}`);
      }
    });
  });
  gateway.fragments?.forEach((fragment, id) => check.document(fragment, `fragment ${id}`));
  return check.problems;
}

class GatewayCheck {
  readonly problems: string[] = [];
  private readonly checked = new Set<string>();

  constructor(
    private readonly gateway: GatewayDefinition,
    private readonly values: PolicyValues,
    private readonly ignored: ReadonlySet<string>,
  ) {}

  backendUrl(id: string, url: string): void {
    if (!URL.canParse(url) || !/^https?:/i.test(url)) {
      this.problems.push(backendUrlInvalid(id, url));
    }
  }

  document(document: PolicyDocument | FragmentDocument, origin: string): void {
    for (const { node, place, ancestors } of allNodes(document)) {
      const skipped = [...ancestors, node].some((candidate) => this.ignored.has(elementName(candidate)));
      if (!skipped) {
        this.node(node, `${origin}, ${place}`, document.kind === 'fragment', ancestors[ancestors.length - 1]);
      }
    }
  }

  private node(node: PolicyNode, place: string, inFragment: boolean, parent: PolicyNode | undefined): void {
    const inMessage = parent && IN_MESSAGE.get(parent.kind);
    if (!IMPLEMENTED.has(node.kind) || (inMessage && !inMessage.has(node.kind))) {
      this.problems.push(policyNotImplemented(place, elementName(node)));
      return;
    }
    if (inFragment && node.kind === 'base') {
      this.problems.push(baseMisplaced(place));
    }
    this.references(node, place, inFragment);
    this.unsupportedAttributes(node, place);
    const own = valuesOf(node).map(({ value }) => value);
    const conditions = node.kind === 'choose' ? node.whens.map((when) => when.condition) : [];
    [...own, ...conditions].forEach((value) => this.value(value, place));
  }

  private references(node: PolicyNode, place: string, inFragment: boolean): void {
    if (node.kind === 'include-fragment') {
      const id = typeof node.fragmentId === 'string' ? node.fragmentId : '(an expression)';
      if (inFragment) {
        this.problems.push(fragmentRecursion(place));
      } else if (!this.gateway.fragments?.has(id)) {
        this.problems.push(fragmentUnknown(place, id));
      }
    }
    if (
      node.kind === 'set-backend-service' &&
      typeof node.backendId === 'string' &&
      !this.gateway.backends?.has(node.backendId)
    ) {
      this.problems.push(backendNotDeclared(place, node.backendId));
    }
    if (
      node.kind === 'retry' &&
      typeof node.count === 'string' &&
      !(Number(node.count) >= 1 && Number(node.count) <= 50)
    ) {
      this.problems.push(retryCountInvalid(place, node.count));
    }
  }

  private unsupportedAttributes(node: PolicyNode, place: string): void {
    const refused: [string, PolicyValue | undefined, readonly string[]][] =
      node.kind === 'set-body'
        ? [['template', node.template, ['none']]]
        : node.kind === 'forward-request'
          ? [['follow-redirects', node.followRedirects, ['false']]]
          : node.kind === 'validate-azure-ad-token'
            ? [
                ['allow-protected-forwarded-tokens', node.allowProtectedForwardedTokens, ['false']],
                ['allow-proof-of-possession-tokens', node.allowProofOfPossessionTokens, ['false']],
              ]
            : node.kind === 'return-response'
              ? [['response-variable-name', node.responseVariableName, []]]
              : [];
    refused.forEach(([attribute, value, allowed]) => {
      if (value !== undefined && !(typeof value === 'string' && allowed.includes(value))) {
        this.problems.push(attributeNotImplemented(place, elementName(node), attribute));
      }
    });
  }

  private value(value: PolicyValue, place: string): void {
    this.values.unknownNames(value).forEach((name) => this.problems.push(namedValueUnknown(place, name)));
    if (!isExpression(value)) {
      if (/@[({]/.test(value)) {
        this.problems.push(mixedText(place));
      }
      return;
    }
    if (this.checked.has(value.expression)) {
      return;
    }
    this.checked.add(value.expression);
    this.expression(value, place);
  }

  private expression(value: PolicyValue, place: string): void {
    try {
      const compiled = this.values.compile(value);
      if ('syntax' in compiled) {
        missingMembers(compiled.syntax).forEach((name) =>
          this.problems.push(expressionNotRunnable(place, memberNotImplemented(name))),
        );
      }
    } catch (error) {
      this.problems.push(expressionNotRunnable(place, (error as Error).message));
    }
  }
}

const missingBefore = new WeakMap<ExpressionSyntax, ReadonlySet<string>>();

/** What the expression calls and the emulator does not have. Found once, however often its gateway is updated. */
function missingMembers(syntax: ExpressionSyntax): ReadonlySet<string> {
  const known = missingBefore.get(syntax);
  if (known !== undefined) {
    return known;
  }
  const missing = new Set(
    membersCalled(syntax)
      .map(missingMember)
      .filter((name) => name !== undefined),
  );
  missingBefore.set(syntax, missing);
  return missing;
}

function missingMember(use: MemberUse): string | undefined {
  const { kind, type, member } = use;
  if (kind === 'instance') {
    return instanceMemberNames.has(member!) || contextMemberNames.has(member!)
      ? undefined
      : `a member '${member}' of any type`;
  }
  if (kind === 'type') {
    return typeImplemented(type!) ? undefined : `the type '${type}'`;
  }
  if (!hasStatics(type!)) {
    return `the type '${type}'`;
  }
  const members = staticsOf(type!);
  if (kind === 'constructor') {
    return members.construct ? undefined : `the constructor of '${type}'`;
  }
  return members.methods.has(member!) || members.properties.has(member!) ? undefined : `'${type}.${member}'`;
}
