import { csharpString } from '../../policy/csharp-string';
import { choose, read, setVariable, when } from '../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../policy/policy-document';
import { routeIs } from './route-condition';
import { rowPart } from './route-lookup';
import { LiveRoute, RouteMember, RoutingTable, Surface } from './routing-table';

/** C#: whether the answer says that another deployment may do better. */
export const attemptFailed =
  '(context.Response.StatusCode==401||context.Response.StatusCode==403||context.Response.StatusCode==408||' +
  'context.Response.StatusCode==429||context.Response.StatusCode==500||' +
  '(context.Response.StatusCode>=502&&context.Response.StatusCode<=504)||' +
  '(context.Response.StatusCode==409&&context.Response.Headers.GetValueOrDefault("Retry-After","")!=""))';

/**
 * Sets `order`: the positions of the members to try, those of the first tier first, drawn by weight within a tier. Calls
 * that make or need a stored response have one member, because one account keeps it.
 */
export function chooseMembers(maxAttempts: number, surface: Surface): PolicyNode[] {
  const draw =
    `var order=new List<string>();var random=new Random();foreach(var tier in ${rowPart('weights')}.Split(';')){` +
    "var left=tier.Split(',').ToList();while(left.Count>0){" +
    "var pick=random.Next(left.Sum(m=>int.Parse(m.Split(':')[1])));var at=0;" +
    "while(pick>=int.Parse(left[at].Split(':')[1])){pick-=int.Parse(left[at].Split(':')[1]);at++;}" +
    "order.Add(left[at].Split(':')[0]);left.RemoveAt(at);}}" +
    `return string.Join(",",order.Take(${maxAttempts}));`;
  return [
    setVariable('order', statements((surface === 'v1' ? PINNED : '') + draw)),
    setVariable('attempt', expression('-1')),
    setVariable('throttled', expression('0')),
    setVariable('wait', expression('-1')),
  ];
}

/**
 * Any member can serve a response only if it is not stored, refers to no stored one and holds no reasoning, which an
 * account encrypts for itself (https://github.com/BerriAI/litellm, `encrypted_content_affinity`).
 */
const PINNED =
  'var template=context.Operation.UrlTemplate;if(template.StartsWith("/responses",StringComparison.Ordinal)){' +
  `var text=${read('text')};var json=text==""?new JObject():JObject.Parse(text);var store=json["store"];` +
  'if(template!="/responses"||store==null||store.Type!=JTokenType.Boolean||(bool)store||json["previous_response_id"]!=null||' +
  'json["conversation"]!=null||json["include"]!=null||text.Contains("encrypted")){return "0";}}';

/** What one call tries: attempts at deployments of its route, and nothing else. */
export function attempts(maxAttempts: number, steps: readonly PolicyNode[]): PolicyNode {
  const remaining = `${read('attempt', 'int')}+1<(${read('order')}).Split(',').Length`;
  return {
    kind: 'retry',
    condition: expression(`${remaining}&&(context.Response==null||${attemptFailed})`),
    count: String(Math.max(1, maxAttempts - 1)),
    interval: '0',
    firstFastRetry: 'true',
    children: steps,
  };
}

/** Sets `attempt`, counted from 0, the `member` whose turn it is and the `deployment` that it is. */
export function nextMember(): PolicyNode[] {
  const deployment = `${rowPart('deployments')}.Split(',')[int.Parse(${read('member')})]`;
  return [
    setVariable('attempt', expression(`${read('attempt', 'int')}+1`)),
    setVariable('member', expression(`(${read('order')}).Split(',')[${read('attempt', 'int')}]`)),
    setVariable('deployment', expression(deployment)),
  ];
}

/** One `when` a route, with the ids written out: API Management then refuses a policy whose backend does not exist. */
export function dispatch(table: RoutingTable, backendOf: (member: RouteMember) => string): PolicyNode[] {
  const setBackend = (member: RouteMember): PolicyNode => ({
    kind: 'set-backend-service',
    backendId: backendOf(member),
  });
  const toMember = ({ members }: LiveRoute): PolicyNode[] =>
    members.length === 1
      ? [setBackend(members[0]!)]
      : [
          choose(
            members.map((member, position) =>
              when(`${read('member')}==${csharpString(String(position))}`, [setBackend(member)]),
            ),
          ),
        ];
  const whens = table.routes.map((route) => when(routeIs(route.key), toMember(route)));
  return whens.length === 0 ? [] : [choose(whens)];
}
