import { onlyWhen, read, setVariable } from '../../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../../policy/policy-document';
import { cookie, giveCookie, ROUTER_COOKIES } from './router-cookies';
import { RouterPolicyOptions, UserAccess } from './router-policy-options';

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;
const LONGEST_ID = 255;

/** C#: whether `id` can stand in a header as it is. */
const IS_ID = `id.Length>0&&id.Length<=${LONGEST_ID}&&id.All(c=>c>32&&c<127)`;

/**
 * `oid` is the same in all applications of a tenant, `sub` is the user's in one application
 * (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference). More than one value is no id.
 */
const CLAIMED =
  'var claims=((Jwt)context.Variables["caller"]).Claims;foreach(var name in new[]{"oid","sub"}){' +
  `if(claims.ContainsKey(name)&&claims[name].Length==1){var id=claims[name][0];if(${IS_ID}){return id;}}}return "";`;

const SUBSCRIBED = `var id=context.Subscription==null?"":context.Subscription.Id;return ${IS_ID}?id:"";`;

/** Whoever brings no id of the router's own making is given one. */
const VISITOR =
  `var id=${cookie(ROUTER_COOKIES.user)};` +
  "return id.Length==32&&id.All(c=>(c>='0'&&c<='9')||(c>='a'&&c<='f'))?id:Guid.NewGuid().ToString(\"N\");";

/** C# that gives the id of whoever calls, or the empty text. */
const STATEMENTS: Readonly<Record<UserAccess['kind'], string>> = {
  entra: CLAIMED,
  keys: SUBSCRIBED,
  anonymous: VISITOR,
};

/** Sets `user`; for visitors also `newcomer`. */
export function identifyUser({ access }: RouterPolicyOptions): PolicyNode[] {
  const user = setVariable('user', statements(STATEMENTS[access.kind]));
  return access.kind === 'anonymous'
    ? [user, setVariable('newcomer', expression(`${cookie(ROUTER_COOKIES.user)}!=${read('user')}`))]
    : [user];
}

/** Lets a newcomer be the same user next time. */
export function rememberVisitor(options: RouterPolicyOptions): PolicyNode[] {
  return options.access.kind === 'anonymous'
    ? [
        onlyWhen('(bool)context.Variables["newcomer"]', [
          giveCookie(options, ROUTER_COOKIES.user, read('user'), YEAR_IN_SECONDS),
        ]),
      ]
    : [];
}
