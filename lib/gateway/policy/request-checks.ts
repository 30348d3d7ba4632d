import { csharpString } from '../../policy/csharp-string';
import { read, setVariable } from '../../policy/node-builders';
import { PolicyNode, statements } from '../../policy/policy-document';
import { fault } from './error-answer';
import { CallerAccess, GatewayPolicyOptions } from './policy-options';
import { ELSEWHERE, RETIRED, rowPart } from './route-lookup';
import { Surface } from './routing-table';

/** Longer than any name and version of a model; keeps what is echoed short. */
const LONGEST_KEY = 128;
const KEY_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]*(@[A-Za-z0-9][A-Za-z0-9._-]*)?$';

const CALL = `var asked=${read('asked')};var route=${read('route')};var row=${read('row')};`;

/** Sets `fault` to what is wrong with the header, the route or the caller's right to it; empty where nothing is. */
export function routeChecks({ headers, access, maxRequestBytes }: GatewayPolicyOptions): PolicyNode {
  const checks = [
    CALL,
    headerChecks(headers.model),
    rowChecks(headers.model),
    entitlement(access),
    maxRequestBytes === undefined ? '' : sizeCheck(maxRequestBytes),
    'return "";',
  ];
  return setVariable('fault', statements(checks.join('')));
}

/** Sets `fault` to what is wrong with path and body. On `/v1`, `text` and `span` were set before. */
export function contentChecks(surface: Surface, storedResponses: boolean): PolicyNode {
  const names = `var names=(asked+","+route+","+route.Split('@')[0]+","+${rowPart('deployments')}).Split(',');`;
  return setVariable(
    'fault',
    statements(
      `${CALL}${names}${surface === 'dated' ? DATED : V1 + (storedResponses ? '' : NOTHING_STORED)}return "";`,
    ),
  );
}

/** C# that returns a fault; the message is C# too, so that it can name what was asked for. */
function refuse(status: number, code: string, parameter: string, message: string): string {
  return `return ${csharpString(fault(status, code, parameter, ''))}+${message};`;
}

function headerChecks(header: string): string {
  const missing = csharpString(`send the header ${header}: name@version; GET /models lists what there is`);
  const malformed = csharpString(
    `the header ${header} has to be one name@version or one alias, of at most ${LONGEST_KEY} characters`,
  );
  return (
    `if(asked==""||asked[0]=='@'){${refuse(400, 'missing_model_header', header, missing)}}` +
    `if(asked.Length>${LONGEST_KEY}||!Regex.IsMatch(asked,${csharpString(KEY_PATTERN)}))` +
    `{${refuse(400, 'invalid_model_header', header, malformed)}}`
  );
}

function rowChecks(header: string): string {
  const noVersion = `asked+${csharpString(' names no version and is no alias; write name@version')}`;
  const noModel = `route.Split('@')[0]+${csharpString(' is no model of this gateway; GET /models lists them')}`;
  const noSuchVersion = `route+${csharpString(' is no version of this gateway; it has ')}+string.Join(", ",live)`;
  const retired =
    `route+${csharpString(' is retired and not served any more')}+` +
    `(row.Split('|')[2]==""?"":${csharpString('; its successor is ')}+row.Split('|')[2])`;
  const elsewhere = `route+${csharpString(' is served under /v1 only')}`;
  return (
    `if(row==""){if(!route.Contains("@")){${refuse(400, 'invalid_model_header', header, noVersion)}}` +
    `var live=(${read('routes')}).Split(' ').Where(k=>k.Split('@')[0]==route.Split('@')[0]).Select(k=>k.Split('@')[1]).ToArray();` +
    `if(live.Length==0){${refuse(404, 'model_not_found', header, noModel)}}` +
    `${refuse(404, 'model_version_not_found', header, noSuchVersion)}}` +
    `if(row.Split('|')[0]==${csharpString(RETIRED)}){${refuse(410, 'model_version_retired', header, retired)}}` +
    `if(row==${csharpString(ELSEWHERE)}){${refuse(404, 'model_not_found', header, elsewhere)}}`
  );
}

/**
 * With Microsoft Entra: the route's app role, or a grant to the client application (`appid` in tokens of version 1,
 * `azp` in those of version 2, https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 * With keys: a grant to the product of the subscription. A grant is `caller=key,key` or `caller=*`.
 */
function entitlement(access: CallerAccess): string {
  const caller =
    access.kind === 'entra'
      ? 'var claims=((Jwt)context.Variables["caller"]).Claims;' +
        `var allowed=claims.ContainsKey("roles")&&claims["roles"].Contains(${rowPart('role')});` +
        'var app=claims.GetValueOrDefault("appid","");if(app==""){app=claims.GetValueOrDefault("azp","");}'
      : 'var allowed=false;var app=context.Product==null?"":context.Product.Id;';
  const needed =
    access.kind === 'entra'
      ? `${csharpString('the app role ')}+${rowPart('role')}+${csharpString(' or a grant')}`
      : csharpString('a product that has the route');
  return (
    caller +
    `if(!allowed&&(app==""||!(${read('grants')}).Split(';').Any(g=>g.Split('=')[0]==app&&` +
    "(g.Split('=')[1]==\"*\"||g.Split('=')[1].Split(',').Contains(route)))))" +
    `{${refuse(403, 'model_not_allowed', '', `${csharpString('the caller may not use ')}+route+${csharpString('; it needs ')}+${needed}`)}}`
  );
}

function sizeCheck(largest: number): string {
  const message = csharpString(`the body is larger than ${largest} bytes`);
  return (
    'var size=context.Request.Body==null?0:context.Request.Body.As<byte[]>(preserveContent:true).Length;' +
    `if(size>${largest}){${refuse(413, 'request_too_large', '', message)}}`
  );
}

const otherModel = (place: string): string =>
  refuse(
    400,
    'model_mismatch',
    place,
    `${csharpString(`the ${place} names another model than the header, which names `)}+route`,
  );

const invalidBody = refuse(
  400,
  'invalid_body',
  '',
  csharpString('the body is not a JSON object with at most one model'),
);

/** No `ToString()` on what a caller sends: a body that is nested deeply enough would end the process. */
const namesModelOf = (body: string): string =>
  `var model=${body}["model"];if(model!=null&&(model.Type!=JTokenType.String||!names.Contains((string)model))){${otherModel('model')}}` +
  noOtherDeployment(body);

/**
 * What names a second deployment or agent of the account in a body: data sources with their embedding model
 * (https://learn.microsoft.com/azure/ai-foundry/openai/references/on-your-data), agents, and the tool that makes images.
 */
const noOtherDeployment = (body: string): string =>
  `var tools=${body}["tools"] as JArray;if(${body}["data_sources"]!=null||${body}["agent"]!=null||` +
  `(tools!=null&&tools.OfType<JObject>().Any(t=>t["type"]!=null&&t["type"].Type==JTokenType.String&&(string)t["type"]=="image_generation")))` +
  `{${refuse(400, 'unsupported_field', '', csharpString('data_sources, agent and the tool image_generation name models of their own, which the gateway cannot route'))}}`;

/** On Azure the deployment in the path decides, and the body's model is not read: neither may contradict the header. */
const DATED =
  'var named=context.Request.MatchedParameters.ContainsKey("deployment")?Uri.UnescapeDataString(context.Request.MatchedParameters["deployment"]):"";' +
  `if(named!=""&&!names.Contains(named)){${otherModel('deployment')}}` +
  'if(context.Request.Body!=null&&context.Request.Headers.GetValueOrDefault("Content-Type","").ToLowerInvariant().Contains("json")){' +
  `JObject json=null;try{json=context.Request.Body.As<JObject>(preserveContent:true);}catch(Exception){${invalidBody}}` +
  `if(json!=null){${namesModelOf('json')}}}`;

/**
 * Whoever may use one route of an account can read what the account keeps for another, so that nothing is kept unless the
 * gateway's owner says so.
 */
const NOTHING_STORED =
  'var template=context.Operation.UrlTemplate;if(template.StartsWith("/responses",StringComparison.Ordinal)){' +
  `if(template!="/responses"||${read('text')}==""){${refuse(404, 'responses_not_stored', '', csharpString('the gateway keeps no responses'))}}` +
  `var kept=JObject.Parse(${read('text')});var store=kept["store"];` +
  'if(store==null||store.Type!=JTokenType.Boolean||(bool)store||kept["previous_response_id"]!=null||kept["conversation"]!=null)' +
  `{${refuse(400, 'responses_not_stored', 'store', csharpString('the gateway keeps no responses: send store: false, and the conversation so far instead of previous_response_id or conversation'))}}}`;

/** `span` is empty where the body could not be understood, see `model-rewrite.ts`. */
const V1 =
  `if(${read('text')}!=""){if(${read('span')}==""){${invalidBody}}` +
  `var json=JObject.Parse(${read('text')});${namesModelOf('json')}}` +
  'foreach(var p in context.Request.MatchedParameters){if(!Regex.IsMatch(p.Value,"^[A-Za-z0-9_-]+$")||p.Value.Contains("\\n"))' +
  `{${refuse(400, 'invalid_path', '', csharpString('an id in the path holds other characters than letters, digits, - and _'))}}}`;
