import { csharpString } from '../../../policy/csharp-string';
import { read, setHeader } from '../../../policy/node-builders';
import { expression, PolicyNode, PolicyValue, ReturnResponseNode, statements } from '../../../policy/policy-document';

/** C# that returns a fault for the variable `fault`: status, code and message. No part but the last holds a `|`. */
export function returnFault(status: number, code: string, message: string): string {
  return `return ${csharpString(`${status}|${code}|${message}`)};`;
}

const status: PolicyValue = expression(`int.Parse((${read('fault')}).Split('|')[0])`);

const body: PolicyValue = statements(
  `var f=(${read('fault')}).Split(new[]{'|'},3);` +
    'return new JObject(new JProperty("error",new JObject(new JProperty("code",f[1]),new JProperty("message",f[2])))).ToString();',
);

/** Ends the request with the fault in `fault`. */
export function errorAnswer(more: readonly PolicyNode[] = []): ReturnResponseNode {
  return {
    kind: 'return-response',
    children: [
      { kind: 'set-status', code: status },
      setHeader('Content-Type', 'application/json'),
      ...more,
      { kind: 'set-body', body },
    ],
  };
}
