import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { ManifestStore, Orchestrator, OrchestratorModels } from '../../lib/orchestrators';
import { Prompt } from '../../lib/releases';
import { NginxReleaseRouter, Ramp, RoutedRelease } from '../../lib/routing';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { Rule } from '../../lib/rules/rule';
import { CONFIGURATION_RULES } from '../../lib/rules/rules';
import { serviceIn } from '../gateway/support/gateway-stack';
import {
  deploy,
  EMBEDDINGS,
  environmentIn,
  gatewayIn,
  GPT,
  GPT_MINI,
  releaseOf,
  stackWithModels,
  STORAGE_ID,
} from '../orchestrators/support/orchestrator-stack';
import { routerIn } from '../routing/support/router-stack';
import { fakeKnowledge } from '../support/knowledge';
import { synthesised } from '../support/synthesised';
import { contextOf } from './configuration';

const RULES = CONFIGURATION_RULES.filter(({ id }) => /^(?:release|prompt|traffic|route|model-retir|retir)/.test(id));

const knowledge = fakeKnowledge(
  [GPT, GPT_MINI, EMBEDDINGS].map(({ name, version }) => ({
    name,
    version,
    ...(name === GPT_MINI.name && { retirementDate: '2026-12-31' }),
  })),
);

const prompts = {
  system: Prompt.inline('Greet as ${shop} does, 100 %{ever}. Not gpt-5-mini-2025-08-07.', { madeFor: [GPT] }),
};

/** Two releases, one behind a gateway and one direct with its manifest in a store, and both kinds of router before them. */
function everything() {
  const { stack, account, deployments } = stackWithModels(GPT, EMBEDDINGS);
  const service = serviceIn(stack);
  const gateway = gatewayIn(stack, { service });
  deployments.forEach((deployment) => gateway.addRoute(deployment));
  const environment = environmentIn(stack);
  const first = releaseOf({ models: { chat: { model: GPT }, embeddings: { model: EMBEDDINGS } }, prompts });
  const next = releaseOf({ models: { chat: { model: GPT_MINI } } });
  const stable = new Orchestrator(stack, first.label, {
    release: first,
    environment,
    models: OrchestratorModels.throughGateway(gateway),
    external: true,
  });
  const canary = new Orchestrator(stack, next.label, {
    release: next,
    environment,
    models: OrchestratorModels.direct([deploy(account, GPT_MINI)]),
    external: true,
    manifestStore: new ManifestStore(stack, 'store', { storageAccountId: STORAGE_ID }),
  });
  const releases = () => [
    RoutedRelease.stable(stable),
    RoutedRelease.canary(canary, { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 2) }),
  ];
  routerIn(stack, { service, releases: releases() });
  new NginxReleaseRouter(stack, 'nginx', {
    environment,
    image: `docker.io/library/nginx@sha256:${'cd'.repeat(32)}`,
    salt: 'chat-2026-11',
    releases: releases(),
  });
  const json = synthesised(stack);
  return { json, first, next };
}

function judged(json: unknown, rules: readonly Rule[] = RULES) {
  const facts = readStackConfiguration(json, { literals: mayNameModel(knowledge.spellings()) });
  const context = { ...contextOf(facts.deployments, { catalog: knowledge }), facts };
  return { facts, findings: rules.flatMap((rule) => rule.check(context)) };
}

describe('what the constructs declare', () => {
  const { json, first, next } = everything();
  const { facts, findings } = judged(json);

  test('is read: releases with their manifests, and routers with the apps of their rows', () => {
    const orchestrators = facts.releases!.orchestrators;
    expect(orchestrators.map(({ manifest }) => manifest.state === 'read' && manifest.text)).toEqual([
      first.manifestText,
      next.manifestText,
    ]);
    expect(
      orchestrators.flatMap(({ wiring }) =>
        wiring.map(({ variablePart, gateway, target }) => [
          variablePart,
          gateway?.api.replace(/\.[^.]*$/, ''),
          target?.serves?.origin.type,
        ]),
      ),
    ).toEqual([
      ['CHAT', 'azurerm_api_management_api', undefined],
      ['EMBEDDINGS', 'azurerm_api_management_api', undefined],
      ['CHAT', undefined, 'azurerm_cognitive_deployment'],
    ]);
    const rows = [
      { label: first.label, stage: 'stable', from: 500, to: 10_000, app: orchestrators[0]!.origin.address },
      { label: next.label, stage: 'canary', from: 0, to: 500, app: orchestrators[1]!.origin.address },
    ].map((row) => expect.objectContaining({ ...row, target: 'declared' }) as unknown);
    expect(facts.traffic!.routers.map(({ kind }) => kind)).toEqual(['api-management', 'nginx']);
    for (const router of facts.traffic!.routers) {
      expect(router.rows).toHaveLength(2);
      expect(router.rows).toEqual(expect.arrayContaining(rows));
    }
  });

  test('is found right but for the model that retires: once at its deployment, once for the traffic of each router', () => {
    expect(findings.map(({ rule, resource }) => [rule, resource.type])).toEqual([
      ['model-retiring', 'azurerm_cognitive_deployment'],
      ['traffic-to-retiring', 'azurerm_api_management_api_policy'],
      ['traffic-to-retiring', 'azurerm_container_app'],
    ]);
  });

  test.each<[string, RegExp, string, string]>([
    ['a prompt by hand', /You answer briefly/, 'You answer at length', 'release-not-immutable'],
    ['the model of a deployment', /"version":"2025-08-07"\}/, '"version":"2026-01-01"}', 'release-model-mismatch'],
    ['a share of a router', /\|stable\|500\|/, '|stable|600|', 'traffic-incomplete'],
    ['a percentage of nginx', /\* assistant/, '80% assistant', 'traffic-incomplete'],
    [
      'the digest of an image',
      /"image":"contoso\.azurecr\.io\/assistant@sha256:(?:ab){32}"/,
      `"image":"contoso.azurecr.io/assistant@sha256:${'ef'.repeat(32)}"`,
      'release-not-immutable',
    ],
  ])('is found wrong when somebody changes %s in the JSON', (_what, from, to, rule) => {
    const text = JSON.stringify(json);
    const changed = text.replace(from, to);
    expect(changed === text).toBe(false);
    const found = judged(JSON.parse(changed)).findings.filter(({ severity }) => severity === 'error');
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });
});
