import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseManifest } from '../../lib/contracts/release-manifest';
import { FakeBackend } from '../emulator/support/fake-backend';
import { FakeAzureOpenAi, FakeDeployment, json, MODEL_TOKEN } from '../gateway/support/fake-azure-openai';
import { TENANT } from '../gateway/support/routes';
import { makeCertificates } from '../routing/nginx-support/certificates';
import { NameServer } from '../routing/nginx-support/name-server';
import { describeWithNginx } from '../routing/nginx-support/nginx-command';
import { RunningRouter } from '../routing/nginx-support/running-router';
import { AppIngress } from './support/app-ingress';
import { ChatClient } from './support/chat-client';
import { FakeIdentityEndpoint } from './support/fake-identity-endpoint';
import { OrchestratorProcess, stopOrchestrators } from './support/orchestrator-process';
import { Platform } from './support/platform';
import { applied, appsOf, SynthesisedApp } from './support/synthesised-apps';
import { userToken } from './support/topology';

/*
 * The three architectures as the examples have them committed: each app starts with exactly its variables, and every call that reaches
 * a model is compared with the manifest of the release that answered.
 */

const EXAMPLES = join(__dirname, '../../examples');
const USERS = Array.from({ length: 60 }, (_, index) => `employee-${index}`);
const PASSAGE = { source: 'Travel policy 2026', text: 'Hotels in Oslo: up to 190 EUR a night.' };

jest.setTimeout(120_000);

interface Stack {
  readonly resource: {
    readonly azurerm_cognitive_deployment: Record<string, { name: string; model: { name: string; version: string } }>;
  };
}

function stackOf(example: string, stack = example): Stack {
  const text = readFileSync(join(EXAMPLES, example, 'expected', `${stack}.tf.json`), 'utf8');
  return JSON.parse(text.replaceAll('${var.tenant_id}', TENANT)) as Stack;
}

function deploymentsOf({ resource }: Stack): Record<string, FakeDeployment> {
  return Object.fromEntries(
    Object.values(resource.azurerm_cognitive_deployment).map(({ name, model }) => [
      name,
      { ...model, model: model.name },
    ]),
  );
}

function releasesOf(stack: Stack): SynthesisedApp[] {
  return appsOf(stack).filter(({ environment }) => 'RELEASE_ID' in environment);
}

/** What each release may send to a model, by label: the version and the prompt that it was made for. */
function unitsOf(stack: Stack): Map<string, { readonly model: string; readonly prompt: string }> {
  return new Map(
    releasesOf(stack).map(({ name, environment }) => {
      const { models, prompts } = JSON.parse(environment.RELEASE_MANIFEST!) as ReleaseManifest;
      return [name, { model: `${models.chat!.name}@${models.chat!.version}`, prompt: prompts.system!.text }];
    }),
  );
}

/** The version that was called and the prompt that it was given, by question. */
function callsOf(models: FakeAzureOpenAi): Map<string, { readonly model: string; readonly prompt: string }> {
  return new Map(
    models.served.map(({ key, request }) => {
      const { messages } = JSON.parse(request.body) as { messages: { content: string }[] };
      return [messages[messages.length - 1]!.content, { model: key, prompt: messages[0]!.content }];
    }),
  );
}

/** The app with the accounts of Azure OpenAI where the fake one is. */
async function startDirect({ environment }: SynthesisedApp, models: FakeAzureOpenAi, identities: FakeIdentityEndpoint) {
  const url = environment.MODEL_CHAT_URL!.replace(/^https:\/\/[a-z0-9-]+\.openai\.azure\.com(?=\/)/, models.url);
  const started = await OrchestratorProcess.start({
    ...environment,
    ...identities.environment,
    MODEL_CHAT_URL: url,
  });
  return started.settled();
}

describe('direct client', () => {
  test('the app sends its prompt to the version that it is made for', async () => {
    const stack = stackOf('direct-client');
    const [[label, unit]] = [...unitsOf(stack)] as [[string, { model: string; prompt: string }]];
    const models = await FakeAzureOpenAi.start('account', deploymentsOf(stack));
    const identities = await FakeIdentityEndpoint.start(() => MODEL_TOKEN);
    const client = await startDirect(releasesOf(stack)[0]!, models, identities);
    const application = new ChatClient(client.url, () => ({}));

    const reply = await application.ask('somebody');

    expect([reply.status, reply.release]).toEqual([200, label]);
    expect([...callsOf(models).values()]).toEqual([unit]);
    application.close();
    await stopOrchestrators();
    await Promise.all([models.stop(), identities.stop()]);
  });
});

describeWithNginx('router', () => {
  test('nginx gives every user a release, whose prompt reaches its own version', async () => {
    const { trusted, authorityFile } = makeCertificates();
    const template = stackOf('router');
    const units = unitsOf(template);
    const models = await FakeAzureOpenAi.start('account', deploymentsOf(template));
    const identities = await FakeIdentityEndpoint.start(() => MODEL_TOKEN);
    const apps = new Map<string, OrchestratorProcess>();
    const ingress = await AppIngress.start(trusted, (host) => apps.get(host.split('.')[0]!)?.url);
    const stack = applied(template, {
      gatewayUrl: '',
      hostOf: (app) => `${app}.orchestrators.test:${ingress.port}`,
    }) as Stack;
    for (const app of releasesOf(stack)) {
      apps.set(app.name, await startDirect(app, models, identities));
    }
    const names = await NameServer.start(
      new Map([...apps.keys()].map((label): [string, string] => [`${label}.orchestrators.test`, '127.0.0.1'])),
    );
    const container = appsOf(stack).find(({ environment }) => 'NGINX_CONFIG' in environment)!;
    const router = await RunningRouter.start(container, { authorityFile, nameServer: names.address });
    const application = new ChatClient(router.url, (user) => ({ 'x-user-id': user }));

    const replies = await Promise.all(USERS.map((user) => application.ask(user)));

    const calls = callsOf(models);
    expect(replies.map(({ status }) => status)).toEqual(USERS.map(() => 200));
    expect(new Set(replies.map(({ release }) => release))).toEqual(new Set(units.keys()));
    USERS.forEach((user, index) => {
      expect(calls.get(`question of ${user}`)).toEqual(units.get(replies[index]!.release!));
    });
    application.close();
    await stopOrchestrators();
    await Promise.all([router.stop(), ingress.stop(), models.stop(), identities.stop()]);
    names.stop();
  });
});

describe('router and gateway', () => {
  test('API Management gives every user a release, whose prompt reaches its own version with what the knowledge API found', async () => {
    const stack = stackOf('router-and-gateway', 'chat');
    const units = unitsOf(stack);
    const knowledge = await FakeBackend.start((_, response) => json(response, 200, { passages: [PASSAGE] }));
    const platform = await Platform.start(deploymentsOf(stack));
    await platform.apply(stack, (environment) => ({ ...environment, KNOWLEDGE_URL: knowledge.url }));
    const application = new ChatClient(`${platform.url}/chat`, (user) => ({
      authorization: `Bearer ${userToken(user)}`,
    }));

    const replies = await Promise.all(USERS.map((user) => application.ask(user)));

    const calls = callsOf(platform.models);
    expect(replies.map(({ status }) => status)).toEqual(USERS.map(() => 200));
    expect(new Set(replies.map(({ release }) => release))).toEqual(new Set(units.keys()));
    USERS.forEach((user, index) => {
      const { model, prompt } = units.get(replies[index]!.release!)!;
      const filled = prompt.replace('{{context}}', `[1] ${PASSAGE.source}\n${PASSAGE.text}`);
      expect(calls.get(`question of ${user}`)).toEqual({ model, prompt: filled });
    });
    application.close();
    await Promise.all([platform.stop(), knowledge.stop()]);
  });
});
