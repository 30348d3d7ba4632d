import {
  contextMembers,
  instanceMembers,
  restrictedTypes,
  wholeTypes,
} from '../../../lib/policy/expressions/allowed-members';
import { CalledMember, membersInCompiledCode } from './mono-command';

/** The stubs of API Management's context. */
const CONTEXT = 'PolicyContext Request Response LastError MessageBody Url Jwt Named ContextExtensions'.split(' ');

/** What the compiler writes for the words and signs of C#, which nobody calls by name. */
const COMPILER_GENERATED: readonly RegExp[] = [
  // Lambdas: a delegate, the class of what they capture, a field in which they are kept.
  /^System\.Func`\d \.ctor$/,
  /^Program(\/<E\d+>\S*)? (<\S+|\.ctor|[A-Za-z_]\w*)$/,
  /^System\.Object \.ctor$/,
  // foreach
  /^System\.Collections\.IEnumerator MoveNext$/,
  /^System\.IDisposable Dispose$/,
  /^System\.Collections\.Generic\.IEnumerator`1 get_Current$/,
  // new[] { 1, 2 }
  /^System\.Runtime\.CompilerServices\.RuntimeHelpers InitializeArray$/,
  /^<PrivateImplementationDetails>\S* \S+$/,
];

/** Name of a type as the allow-list has it: without namespace, the types around it and the count of its arguments. */
function simpleName(type: string): string {
  return type
    .replace(/^.*[./]/, '')
    .replace(/`\d+$/, '')
    .replace(/\[\]$/, '');
}

/** Name of a member as C# writes it. */
function sourceName(member: string): string {
  return member === '.ctor' ? 'new' : member.replace(/^(?:get|set)_/, '');
}

function objection(called: CalledMember): string | undefined {
  const line = `${called.type} ${called.member}`;
  const [type, member] = [simpleName(called.type), sourceName(called.member)];
  const restricted = restrictedTypes.get(type);
  const allowed =
    COMPILER_GENERATED.some((pattern) => pattern.test(line)) ||
    wholeTypes.has(type) ||
    (type === 'Object' && instanceMembers.has(member)) ||
    (CONTEXT.includes(called.type) && contextMembers.has(member)) ||
    (restricted?.has(member) ?? false);
  return allowed ? undefined : line;
}

/** A call that the list of what API Management allows does not have. */
export interface CompiledObjection {
  readonly expression: string;
  /** Type and member, as the assembly names them. */
  readonly calls: string;
}

/**
 * What the compiled code of expressions calls beyond the list; empty if API Management may compile them all. Call it within
 * `describeWithCecil`.
 *
 * @throws if an expression does not compile, with the compiler's words
 */
export function compiledObjections(expressions: readonly string[]): CompiledObjection[] {
  return membersInCompiledCode(expressions).flatMap((called) => {
    const calls = objection(called);
    return calls === undefined ? [] : [{ expression: called.expression, calls }];
  });
}
