import { csharpString } from '../../policy/csharp-string';
import { onlyWhen, read, setHeader, setVariable } from '../../policy/node-builders';
import { expression, PolicyDocument, PolicyNode, statements } from '../../policy/policy-document';
import { callerChecks } from './caller-checks';
import { doNotRetry, errorAnswer, fault } from './error-answer';
import { GatewayPolicyOptions } from './policy-options';
import { LiveRoute, RoutingTable } from './routing-table';

/** The object `model` of OpenAI's API, with what the catalogue knew when the policy was written. */
interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly lifecycle: {
    readonly stage?: string;
    readonly deprecated_on?: string;
    readonly retires_on?: string;
    readonly successor?: string;
  };
  /** For an alias: the route that it stands for. */
  readonly alias_of?: string;
}

const JSON_TYPE = setHeader('Content-Type', 'application/json');

/** The policy of `GET /models`. */
export function modelsPolicy(table: RoutingTable, options: GatewayPolicyOptions): PolicyDocument {
  return answering(options, [
    {
      kind: 'return-response',
      children: [
        { kind: 'set-status', code: '200' },
        JSON_TYPE,
        { kind: 'set-body', body: written(listOf(table), '\n') },
      ],
    },
  ]);
}

/** The policy of `GET /models/{model}`. */
export function modelPolicy(table: RoutingTable, options: GatewayPolicyOptions): PolicyDocument {
  const unknown = csharpString(
    fault(404, 'model_not_found', 'model', 'the gateway has no such model; GET /models lists those that it has'),
  );
  return answering(options, [
    setVariable('models', written(listOf(table), '')),
    setVariable(
      'model',
      statements(
        'var id=Uri.UnescapeDataString(context.Request.MatchedParameters["model"]);' +
          `var found=JObject.Parse(${read('models')})["data"].FirstOrDefault(m=>(string)m["id"]==id);` +
          'return found==null?"":found.ToString();',
      ),
    ),
    setVariable('fault', expression(unknown)),
    onlyWhen(`${read('model')}==""`, [errorAnswer(options.headers, [doNotRetry])]),
    {
      kind: 'return-response',
      children: [{ kind: 'set-status', code: '200' }, JSON_TYPE, { kind: 'set-body', body: expression(read('model')) }],
    },
  ]);
}

/** The policy of every path that the gateway does not serve. */
export function unknownPathPolicy({ headers }: GatewayPolicyOptions): PolicyDocument {
  return {
    kind: 'policies',
    inbound: [
      setVariable('fault', fault(404, 'unknown_url', '', 'the gateway does not serve this path')),
      errorAnswer(headers, [doNotRetry]),
    ],
    backend: [{ kind: 'base' }],
    outbound: [{ kind: 'base' }],
    onError: [{ kind: 'base' }],
  };
}

function answering(options: GatewayPolicyOptions, nodes: readonly PolicyNode[]): PolicyDocument {
  return {
    kind: 'policies',
    inbound: [...callerChecks(options), ...nodes],
    backend: [{ kind: 'base' }],
    outbound: [{ kind: 'base' }],
    onError: [{ kind: 'base' }],
  };
}

function listOf({ routes, aliases }: RoutingTable): ListedModel[] {
  const models = routes.map((route) => listed(route.key, route));
  const named = aliases.flatMap(({ name, key }) => {
    const route = routes.find((candidate) => candidate.key === key);
    return route === undefined ? [] : [{ ...listed(name, route), alias_of: key }];
  });
  return [...models, ...named];
}

/** One line a model where lines may be, so that a plan shows which one changes; API Management reads `{{` as a named value. */
function written(models: readonly ListedModel[], separator: '\n' | ''): string {
  const entries = models.map((model) => separator + JSON.stringify(model)).join(',');
  return `{"object":"list","data":[${entries}${separator}]}`.replaceAll('{{', '{ {');
}

/** Many versions are named after their day; of the others nothing says when they were made. */
function listed(id: string, { key, stage, deprecatedOn, retiresOn, successor }: LiveRoute): ListedModel {
  const made = Date.parse(`${key.slice(key.indexOf('@') + 1)}T00:00:00Z`);
  return {
    id,
    object: 'model',
    created: Number.isNaN(made) ? 0 : made / 1000,
    owned_by: 'azure',
    lifecycle: {
      ...(stage !== undefined && { stage }),
      ...(deprecatedOn !== undefined && { deprecated_on: deprecatedOn }),
      ...(retiresOn !== undefined && { retires_on: retiresOn }),
      ...(successor !== undefined && { successor }),
    },
  };
}
