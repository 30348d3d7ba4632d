import { killSwitchName } from '../../../contracts/kill-switch';
import { BUCKETS } from '../../../contracts/traffic-bucket';
import { formatTrafficRows, ROUTER_VARIABLES } from '../../../contracts/traffic-row';
import { csharpString } from '../../../policy/csharp-string';
import { onlyWhen, read, requestHeader, setVariable } from '../../../policy/node-builders';
import { expression, PolicyNode, PolicyValue, statements } from '../../../policy/policy-document';
import { ROUTER_HEADERS } from '../../router-headers';
import { followPin, readPin } from './conversation-pin';
import { errorAnswer, returnFault } from './error-answer';
import { RouterPolicyOptions } from './router-policy-options';
import { identifyUser } from './user-identity';

/** `trafficBucket` in C#. The bytes are joined by hand, because `BitConverter` goes by the byte order of the host. */
export const bucket: PolicyValue = statements(
  'var hash=System.Security.Cryptography.SHA256.Create().ComputeHash(' +
    `System.Text.Encoding.UTF8.GetBytes(${read('salt')}+":"+${read('user')}));` +
    `return (int)(((long)hash[0]*16777216+(long)hash[1]*65536+(long)hash[2]*256+(long)hash[3])%${BUCKETS});`,
);

/** Sets `release`, the label of the release that serves, and `choice`, why it does; whoever asks for what is not his is answered. */
export function chooseRelease(options: RouterPolicyOptions): PolicyNode[] {
  const { rows, salt, name, overrideApps } = options;
  return [
    setVariable(ROUTER_VARIABLES.rows, formatTrafficRows(rows)),
    setVariable(ROUTER_VARIABLES.salt, salt),
    setVariable(ROUTER_VARIABLES.killSwitch, `{{${killSwitchName(name)}}}`),
    ...(overrideApps === '' ? [] : [setVariable('override-apps', overrideApps)]),
    setVariable('asked', expression(requestHeader(ROUTER_HEADERS.override))),
    ...readPin(options),
    ...identifyUser(options),
    setVariable('bucket', bucket),
    setVariable('fault', statements(faults(options))),
    onlyWhen(`${read('fault')}!=""`, [errorAnswer()]),
    setVariable('choice', statements(choice(options))),
    setVariable(ROUTER_VARIABLES.chosen, expression(`(${read('choice')}).Split('|')[1]`)),
  ];
}

const NOT_IDENTIFIED = 'the caller brings no id of a user';
const NOT_ALLOWED = `the caller may not choose a release: leave out ${ROUTER_HEADERS.override}`;

function faults({ access, override, overrideApps }: RouterPolicyOptions): string {
  const refused = returnFault(403, 'override_not_allowed', NOT_ALLOWED);
  const asking =
    override && access.kind === 'entra'
      ? `${CLAIMS}if(!(${[hasRole(access.overrideRole), ...(overrideApps === '' ? [] : [isGranted])].join('||')})){${refused}}${EXISTS}`
      : refused;
  return (
    `if(${read('user')}==""){${returnFault(401, 'user_not_identified', NOT_IDENTIFIED)}}${OWN_HEADERS}` +
    `var asked=${read('asked')};if(asked!=""){${asking}}return "";`
  );
}

/** What `Connection` names is taken off on the way (https://www.rfc-editor.org/rfc/rfc9110#name-connection). */
const OWN_HEADERS =
  `var hop=${requestHeader('Connection')}.ToLowerInvariant();` +
  `if(hop.Contains("${ROUTER_HEADERS.user}")||hop.Contains("${ROUTER_HEADERS.release}"))` +
  `{${returnFault(400, 'invalid_connection_header', 'the header Connection may not name headers of the router')}}`;

const EXISTS =
  `var row=(${read('releases')}).Split(';').FirstOrDefault(r=>r.Split('|')[0]==asked);` +
  `if(row==null){${returnFault(404, 'release_not_found', 'the router has no release of that label')}}` +
  `if(row.Split('|')[1]=="retired"){${returnFault(410, 'release_retired', 'the release is retired and not served any more')}}`;

/** `appid` in tokens of version 1, `azp` in those of version 2: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
const CLAIMS =
  'var claims=((Jwt)context.Variables["caller"]).Claims;' +
  'var app=claims.GetValueOrDefault("appid","");if(app==""){app=claims.GetValueOrDefault("azp","");}';

const isGranted = `(app!=""&&(${read('override-apps')}).Split(',').Contains(app))`;

function hasRole(role: string): string {
  return `(claims.ContainsKey("roles")&&claims["roles"].Contains(${csharpString(role)}))`;
}

/** Anything but `off` stops the experiment: whoever reaches for the switch in a hurry is understood. */
function choice({ pin }: RouterPolicyOptions): string {
  return (
    `var rows=(${read('releases')}).Split(';');var asked=${read('asked')};if(asked!=""){return "override|"+asked;}` +
    `if((${read(ROUTER_VARIABLES.killSwitch)}).Trim().ToLowerInvariant()!="off"){` +
    'return "kill-switch|"+rows.First(r=>r.Split(\'|\')[1]=="stable").Split(\'|\')[0];}' +
    (pin === undefined ? '' : followPin) +
    `var bucket=${read('bucket', 'int')};return "bucket|"+` +
    "rows.First(r=>bucket>=int.Parse(r.Split('|')[2])&&bucket<int.Parse(r.Split('|')[3])).Split('|')[0];"
  );
}
