import { validateHeaderName, validateHeaderValue } from 'node:http';
import {
  RewriteUriNode,
  SetBodyNode,
  SetHeaderNode,
  SetQueryParameterNode,
  SetStatusNode,
} from '../policy/message-nodes';
import { PolicySection } from '../policy/policy-document';
import { PolicyValue } from '../policy/policy-value';
import { attributeInvalid, headerInvalid } from './errors';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { RequestValues } from './policy-runtime';
import { ResponseMessage } from './request-state';

/** Sections whose `set-header` and `set-body` change the response. */
export function changesResponse(section: PolicySection): boolean {
  return section === 'outbound' || section === 'on-error';
}

async function valueList(values: RequestValues, source: string, list: readonly PolicyValue[]): Promise<string[]> {
  const texts: string[] = [];
  for (const value of list) {
    const text = await values.text(source, value);
    if (text !== null) {
      texts.push(text);
    }
  }
  return texts;
}

async function existsAction(values: RequestValues, source: string, given: PolicyValue | undefined): Promise<string> {
  const action = given === undefined ? 'override' : ((await values.text(source, given)) ?? '');
  if (!['override', 'skip', 'append', 'delete'].includes(action)) {
    throw attributeInvalid(source, 'exists-action', action, 'override, skip, append or delete');
  }
  return action;
}

export async function setHeader(values: RequestValues, node: SetHeaderNode, headers: HeaderBag): Promise<string> {
  const name = await values.requiredText('set-header', 'name', node.name);
  const action = await existsAction(values, 'set-header', node.existsAction);
  if (action === 'delete') {
    headers.delete(name);
    return `${name} deleted`;
  }
  if (action === 'skip' && headers.has(name)) {
    return `${name} kept`;
  }
  const list = await valueList(values, 'set-header', node.values);
  try {
    validateHeaderName(name);
    list.forEach((value) => validateHeaderValue(name, value));
  } catch {
    throw headerInvalid(name);
  }
  if (action === 'append') {
    headers.append(name, list);
  } else {
    headers.set(name, list);
  }
  return `${name}: ${list.join(', ')}`;
}

export async function setQueryParameter(values: RequestValues, node: SetQueryParameterNode): Promise<string> {
  const { query } = values.state.request;
  const name = await values.requiredText('set-query-parameter', 'name', node.name);
  const action = await existsAction(values, 'set-query-parameter', node.existsAction);
  if (action === 'skip' && query.has(name)) {
    return `${name} kept`;
  }
  if (action !== 'append') {
    query.delete(name);
  }
  const list = action === 'delete' ? [] : await valueList(values, 'set-query-parameter', node.values);
  list.forEach((value) => query.append(name, value));
  return `${name}=${list.join(', ')}`;
}

export async function setBody(
  values: RequestValues,
  node: SetBodyNode,
  response: ResponseMessage | undefined,
): Promise<string> {
  const owner = response ? 'response' : 'request';
  const text = (await values.text('set-body', node.body)) ?? '';
  const body = MessageBody.ofText(text, owner);
  if (response) {
    response.body.discard();
    response.body = body;
    response.headers.delete('content-length');
    response.headers.delete('content-encoding');
  } else {
    values.state.request.body?.discard();
    values.state.request.body = body;
  }
  return `${Buffer.byteLength(text)} bytes`;
}

export async function setStatus(
  values: RequestValues,
  node: SetStatusNode,
  response: ResponseMessage,
): Promise<string> {
  const code = await values.number('set-status', 'code', node.code, 200);
  if (!Number.isInteger(code) || code < 100 || code > 999) {
    throw attributeInvalid('set-status', 'code', String(code), '100 to 999');
  }
  response.status = code;
  response.reason = node.reason === undefined ? '' : ((await values.text('set-status', node.reason)) ?? '');
  return `${response.status} ${response.reason}`;
}

export async function rewriteUri(values: RequestValues, node: RewriteUriNode): Promise<string> {
  const { request, matched } = values.state;
  const template = await values.requiredText('rewrite-uri', 'template', node.template);
  const copies = await values.boolean('rewrite-uri', 'copy-unmatched-params', node.copyUnmatchedParams, true);
  const used = new Set<string>();
  const filled = template.replace(/\{\*?([^{}]+)\}/g, (whole, name: string) => {
    const value = matched.parameters.get(name) ?? request.query.get(name) ?? undefined;
    if (value === undefined) {
      return whole;
    }
    used.add(name);
    return encodeURIComponent(value).replaceAll('%2F', '/');
  });
  const question = filled.indexOf('?');
  const path = question < 0 ? filled : filled.slice(0, question);
  const query = new URLSearchParams(question < 0 ? '' : filled.slice(question + 1));
  if (copies) {
    request.query.forEach((value, name) => {
      if (!used.has(name) && !(query.has(name) && question >= 0 && filled.slice(question).includes(`${name}=`))) {
        query.append(name, value);
      }
    });
  }
  request.path = path.startsWith('/') ? path : `/${path}`;
  request.query = query;
  return filled;
}
