import { read, setHeader } from '../../policy/node-builders';
import { expression, PolicyNode, PolicyValue, ReturnResponseNode, statements } from '../../policy/policy-document';
import { GatewayHeaders } from './policy-options';

/** A fault in the variable `fault`: status, code, parameter and message. No part but the last holds a `|`. */
export function fault(status: number, code: string, parameter: string, message: string): string {
  return `${status}|${code}|${parameter}|${message}`;
}

const part = (index: number): string => `(${read('fault')}).Split(new[]{'|'},4)[${index}]`;

/** The status that the variable `fault` holds. */
export const faultStatus: PolicyValue = expression(`int.Parse(${part(0)})`);

/**
 * The body of an answer for the fault in `fault`, as OpenAI's clients read it
 * (https://platform.openai.com/docs/guides/error-codes).
 */
export const faultBody: PolicyValue = statements(
  `var f=(${read('fault')}).Split(new[]{'|'},4);var s=int.Parse(f[0]);var e=new JObject();e["message"]=f[3];` +
    'e["type"]=s==401?"authentication_error":s==403?"permission_error":s==429?"rate_limit_error":s<500?"invalid_request_error":"server_error";' +
    'e["param"]=f[2]==""?null:f[2];e["code"]=f[1];return new JObject(new JProperty("error",e)).ToString();',
);

export const requestId: PolicyValue = expression('context.RequestId.ToString()');

/** Ends the request with the fault in `fault`. */
export function errorAnswer(headers: GatewayHeaders, more: readonly PolicyNode[]): ReturnResponseNode {
  return {
    kind: 'return-response',
    children: [
      { kind: 'set-status', code: faultStatus },
      setHeader('Content-Type', 'application/json'),
      setHeader(headers.requestId, requestId),
      ...more,
      { kind: 'set-body', body: faultBody },
    ],
  };
}

/**
 * The client of OpenAI tries again after 408, 409, 429 and 5xx unless this header says otherwise
 * (https://github.com/openai/openai-node, `shouldRetry`).
 */
export const doNotRetry: PolicyNode = setHeader('x-should-retry', 'false');
