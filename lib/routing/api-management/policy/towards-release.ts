import { csharpString } from '../../../policy/csharp-string';
import { choose, deleteHeader, onlyWhen, read, setHeader, setVariable, when } from '../../../policy/node-builders';
import { expression, PolicyNode } from '../../../policy/policy-document';
import { ROUTER_HEADERS } from '../../router-headers';
import { withoutRouterCookies } from './router-cookies';
import { backendIdOf, RouterPolicyOptions } from './router-policy-options';

/** What the caller told the router, and no orchestrator. */
const FOR_THE_ROUTER = [
  ROUTER_HEADERS.override,
  ROUTER_HEADERS.pin,
  ROUTER_HEADERS.mirror,
  'Ocp-Apim-Subscription-Key',
  'api-key',
];

/** What a release believes. Servers after the manner of CGI take `_` for `-` in names of headers (https://www.rfc-editor.org/rfc/rfc3875#section-4.1.18). */
const MISTAKABLE = [ROUTER_HEADERS.user, ROUTER_HEADERS.release, ROUTER_HEADERS.mirror].flatMap(otherSpellings);

/** Sends the request to its release, as a request of its user. */
export function towardsRelease(options: RouterPolicyOptions): PolicyNode[] {
  const { name, rows, forwardsAuthorization } = options;
  const served = rows.filter(({ stage }) => stage !== 'retired');
  return [
    ...[...FOR_THE_ROUTER, ...MISTAKABLE].map(deleteHeader),
    ...(forwardsAuthorization ? [] : [deleteHeader('Authorization')]),
    ...withoutRouterCookies(options),
    { kind: 'set-query-parameter', name: 'subscription-key', existsAction: 'delete', values: [] },
    setHeader(ROUTER_HEADERS.user, expression(read('user'))),
    setHeader(ROUTER_HEADERS.release, expression(read('release'))),
    // With the ids written out, API Management refuses a policy whose backend does not exist.
    choose(
      served.map(({ label }) =>
        when(`${read('release')}==${csharpString(label)}`, [
          { kind: 'set-backend-service', backendId: backendIdOf(name, label) },
        ]),
      ),
    ),
    ...mirror(options),
  ];
}

/** Copies a turn, which is what is posted, of users whose bucket is among the mirrored ones. */
function mirror({ mirror: to, timeoutSeconds, forwardsAuthorization }: RouterPolicyOptions): PolicyNode[] {
  if (to === undefined) {
    return [];
  }
  const why = `(${read('choice')}).Split('|')[0]`;
  const below = 'context.Request.OriginalUrl.Path.Substring(context.Api.Path.Length+1)';
  // With more slashes in front of the API's path, what is cut off is too short, and the rest would go on the host's name.
  const isCopied =
    `${read('bucket', 'int')}<${to.buckets}&&context.Request.Method=="POST"&&` +
    `${why}!="override"&&${why}!="kill-switch"&&(${below}+"/")[0]=='/'`;
  return [
    onlyWhen(isCopied, [
      setVariable('mirror-url', to.url),
      {
        kind: 'send-one-way-request',
        mode: 'copy',
        timeout: String(timeoutSeconds),
        children: [
          { kind: 'set-url', url: expression(`${read('mirror-url')}+${below}+context.Request.Url.QueryString`) },
          setHeader(ROUTER_HEADERS.release, to.label),
          setHeader(ROUTER_HEADERS.mirror, 'true'),
          // A release that is still being tried does nothing in the user's name.
          ...(forwardsAuthorization ? [deleteHeader('Authorization')] : []),
        ],
      },
    ]),
  ];
}

/** The name with any of its hyphens as underscores. */
function otherSpellings(name: string): string[] {
  const [first, ...words] = name.split('-');
  const spellings = words.reduce(
    (starts, word) => starts.flatMap((start) => ['-', '_'].map((divider) => `${start}${divider}${word}`)),
    [first!],
  );
  return spellings.filter((spelling) => spelling !== name);
}
