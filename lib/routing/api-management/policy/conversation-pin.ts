import {
  choose,
  deleteHeader,
  onlyWhen,
  read,
  requestHeader,
  setHeader,
  setVariable,
  when,
} from '../../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../../policy/policy-document';
import { ROUTER_HEADERS } from '../../router-headers';
import { cookie, giveCookie, ROUTER_COOKIES } from './router-cookies';
import { pinKeyName, RouterPolicyOptions } from './router-policy-options';

/** Hexadecimal digits of an HMAC-SHA256. */
const DIGITS = 64;
const SHORTEST_KEY = 32;

const utf8 = (text: string): string => `System.Text.Encoding.UTF8.GetBytes(${text})`;

/** C# for the signature of a release and the user, in lower-case hexadecimal digits. */
export function signature(label: string): string {
  const key = utf8(read('pin-key'));
  const text = utf8(`${label}+":"+${read('user')}`);
  return `BitConverter.ToString(new System.Security.Cryptography.HMACSHA256(${key}).ComputeHash(${text})).Replace("-","").ToLowerInvariant()`;
}

const hasKey = `(${read('pin-key')}).Length>=${SHORTEST_KEY}`;

/** Sets `pin-key`, and `pinned` to the pin that the caller brings. */
export function readPin({ name, pin }: RouterPolicyOptions): PolicyNode[] {
  return pin === undefined
    ? []
    : [
        setVariable('pin-key', `{{${pinKeyName(name)}}}`),
        setVariable(
          'pinned',
          expression(pin.inCookie ? cookie(ROUTER_COOKIES.pin) : requestHeader(ROUTER_HEADERS.pin)),
        ),
      ];
}

/**
 * C# statements that return the pinned release from `rows`, if the pin is the router's for this user and the release still
 * serves conversations. Signatures are compared in the same time whatever they are.
 */
export const followPin =
  `var pinned=${read('pinned')};var dot=pinned.Length-${DIGITS + 1};if(dot>0&&pinned[dot]=='.'&&${hasKey}){` +
  "var label=pinned.Substring(0,dot);var row=rows.FirstOrDefault(r=>r.Split('|')[0]==label);" +
  'if(row!=null&&new[]{"canary","stable","draining"}.Contains(row.Split(\'|\')[1])){' +
  `var expected=${signature('label')};var different=0;` +
  `for(var i=0;i<${DIGITS};i++){different|=pinned[dot+1+i]^expected[i];}if(different==0){return "pin|"+label;}}}`;

/** Signs the release that answered, unless it was asked for by name. */
export function givePin(options: RouterPolicyOptions): PolicyNode[] {
  if (options.pin === undefined) {
    return [deleteHeader(ROUTER_HEADERS.pin)];
  }
  const isSigned = `${hasKey}&&(${read('choice')}).Split('|')[0]!="override"`;
  const pin = setVariable(
    'pin',
    statements(`var release=${read('release')};return ${isSigned}?release+"."+${signature('release')}:"";`),
  );
  const isPinned = `${read('pin')}!=""`;
  return options.pin.inCookie
    ? [
        pin,
        deleteHeader(ROUTER_HEADERS.pin),
        onlyWhen(isPinned, [giveCookie(options, ROUTER_COOKIES.pin, read('pin'))]),
      ]
    : [
        pin,
        choose(
          [when(isPinned, [setHeader(ROUTER_HEADERS.pin, expression(read('pin')))])],
          [deleteHeader(ROUTER_HEADERS.pin)],
        ),
      ];
}
