import { csharpString } from './csharp-string';
import { ChooseNode, expression, PolicyNode, PolicyValue, SetHeaderNode, SetVariableNode } from './policy-document';

/** C# that reads a variable of the request. */
export function read(name: string, type: 'string' | 'int' = 'string'): string {
  return `(${type})context.Variables["${name}"]`;
}

/** C# that reads a request header, or the empty text. */
export function requestHeader(name: string): string {
  return `context.Request.Headers.GetValueOrDefault(${csharpString(name)},"")`;
}

export function setVariable(name: string, value: PolicyValue): SetVariableNode {
  return { kind: 'set-variable', name, value };
}

export function setHeader(name: string, value: PolicyValue): SetHeaderNode {
  return { kind: 'set-header', name, existsAction: 'override', values: [value] };
}

export function deleteHeader(name: string): SetHeaderNode {
  return { kind: 'set-header', name, existsAction: 'delete', values: [] };
}

export function when(condition: string, children: readonly PolicyNode[]): ChooseNode['whens'][number] {
  return { kind: 'when', condition: expression(condition), children };
}

export function choose(whens: ChooseNode['whens'], otherwise?: readonly PolicyNode[]): ChooseNode {
  return { kind: 'choose', whens, ...(otherwise && { otherwise: { kind: 'otherwise', children: otherwise } }) };
}

/** Runs the children where the condition holds. */
export function onlyWhen(condition: string, children: readonly PolicyNode[]): ChooseNode {
  return choose([when(condition, children)]);
}
