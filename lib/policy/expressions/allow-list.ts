import { contextMembers, contextTypes, instanceMembers, restrictedTypes, wholeTypes } from './allowed-members';
import { placeOf } from './errors';
import { membersCalled, MemberUse } from './members-called';
import { ExpressionSyntax } from './syntax';

/** `var`, `dynamic` and the like are words, and a type argument may be `Object`. */
function typeAllowed(name: string): boolean {
  return wholeTypes.has(name) || restrictedTypes.has(name) || contextTypes.has(name);
}

/**
 * What an expression uses that API Management does not allow, as sentences; empty if it may be saved.
 * Types, constructors and static members are judged exactly; an instance member is refused only if no allowed type has it.
 */
export function disallowedUses(syntax: ExpressionSyntax): string[] {
  return membersCalled(syntax)
    .map((use) => objectionTo(use, syntax.text))
    .filter((objection) => objection !== undefined);
}

function objectionTo(use: MemberUse, text: string): string | undefined {
  const place = `expression, ${placeOf(text, use.at)}`;
  if (use.kind === 'instance') {
    return instanceMembers.has(use.member!) || contextMembers.has(use.member!)
      ? undefined
      : `${place}: no type that API Management allows has a member '${use.member}'; see its list of allowed types`;
  }
  const type = use.type!;
  if (!typeAllowed(type)) {
    return `${place}: API Management does not allow the type '${type}'; see its list of allowed types`;
  }
  const allowed = restrictedTypes.get(type);
  const member = use.kind === 'constructor' ? 'new' : use.member;
  if (allowed === undefined || member === undefined || allowed.has(member)) {
    return undefined;
  }
  const named = use.kind === 'constructor' ? `the constructor of '${type}'` : `'${type}.${member}'`;
  return `${place}: API Management does not allow ${named}; allowed of this type: ${[...allowed].join(', ')}`;
}
