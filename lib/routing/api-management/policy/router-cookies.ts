import { choose, deleteHeader, read, requestHeader, setHeader, setVariable, when } from '../../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../../policy/policy-document';
import { RouterPolicyOptions } from './router-policy-options';

/** Cookies of the router itself; no orchestrator sees them. */
export const ROUTER_COOKIES = { user: 'x-release-user', pin: 'x-release-pin' } as const;

const COOKIES = `${requestHeader('Cookie')}.Split(';').Select(c=>c.Trim())`;

/** C# for the value of a cookie, empty without one. Of several of one name browsers send the one of the nearest path first. */
export function cookie(name: string): string {
  return `(${COOKIES}.FirstOrDefault(c=>c.StartsWith("${name}=",StringComparison.Ordinal))??"${name}=").Substring(${name.length + 1})`;
}

/** Whether the router itself keeps anything in cookies. */
export function usesCookies({ access, pin }: RouterPolicyOptions): boolean {
  return access.kind === 'anonymous' || pin?.inCookie === true;
}

/** Takes the router's own cookies out of what goes on. */
export function withoutRouterCookies(options: RouterPolicyOptions): PolicyNode[] {
  if (!usesCookies(options)) {
    return [];
  }
  const own = Object.values(ROUTER_COOKIES)
    .map((name) => `!c.StartsWith("${name}=",StringComparison.Ordinal)`)
    .join('&&');
  return [
    setVariable('cookies', statements(`return string.Join("; ",${COOKIES}.Where(c=>c!=""&&${own}));`)),
    choose(
      [when(`${read('cookies')}==""`, [deleteHeader('Cookie')])],
      [setHeader('Cookie', expression(read('cookies')))],
    ),
  ];
}

/** Gives the caller a cookie; pages of other sites, where they may call, need `SameSite=None`. */
export function giveCookie(
  { path, corsOrigins }: RouterPolicyOptions,
  name: string,
  value: string,
  maxAge?: number,
): PolicyNode {
  const attributes = [
    `Path=/${path}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
    'HttpOnly',
    'Secure',
    `SameSite=${corsOrigins === undefined ? 'Lax' : 'None'}`,
  ];
  return {
    kind: 'set-header',
    name: 'Set-Cookie',
    existsAction: 'append',
    values: [expression(`"${name}="+${value}+"; ${attributes.join('; ')}"`)],
  };
}
