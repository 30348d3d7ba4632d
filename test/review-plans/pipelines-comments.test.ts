import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobOf, pipelineFile, scriptOf } from './support/pipeline-files';

const REVIEWS = [pipelineFile('github-plan-review.yml'), pipelineFile('github-terraform-review.yml')];
const AZURE_REVIEW = pipelineFile('azure-pipelines-plan-review.yml');
const MARK = '<!-- a line that tells this comment from others -->';
const REPORT = '<!-- the first line of the report -->\nLook.';

describe.each(REVIEWS)('the comment of $name', (file) => {
  const step = jobOf(file, 'report').steps.find(({ name }) => name === 'Comment')!;
  const script = String(step.with!.script);
  const bot = { login: 'github-actions[bot]' };

  async function comment(comments: readonly object[]) {
    const done: object[] = [];
    const record = (what: string) => (request: object) => Promise.resolve(done.push({ what, ...request }));
    const issues = { listComments: {}, updateComment: record('update'), createComment: record('create') };
    const client = { paginate: () => Promise.resolve(comments), rest: { issues } };
    const context = { repo: { owner: 'contoso', repo: 'chat' }, payload: { pull_request: { number: 7 } } };
    const files = { 'node:fs': { readFileSync: () => REPORT } };
    const load = (name: keyof typeof files) => files[name];
    const run = new Function('github', 'context', 'require', 'process', `return (async () => {${script}})()`) as (
      ...given: unknown[]
    ) => Promise<void>;
    await run(client, context, load, { env: { MARK } });
    return done;
  }

  test.each<[string, readonly object[], object]>([
    ['is created where there is none', [], { what: 'create', issue_number: 7 }],
    [
      'is written anew where there is one',
      [
        { id: 1, user: bot, body: 'Something else' },
        { id: 2, user: bot, body: `${MARK}\r\nGo.` },
      ],
      { what: 'update', comment_id: 2 },
    ],
    [
      'leaves a comment alone that somebody else wrote with its marker',
      [{ id: 3, user: { login: 'mallory' }, body: MARK }],
      { what: 'create', issue_number: 7 },
    ],
    ['leaves a comment alone that quotes it', [{ id: 4, user: bot, body: `> ${MARK}` }], { what: 'create' }],
    [
      'leaves a comment of another workflow alone, even one that the report names',
      [
        { id: 6, user: bot, body: REPORT },
        { id: 7, user: bot, body: `${MARK} and more` },
      ],
      { what: 'create' },
    ],
    ['outlives comments of deleted users', [{ id: 5, user: null, body: null }], { what: 'create' }],
  ])('%s', async (_, comments, expected) => {
    const done = await comment(comments);
    expect(done).toHaveLength(1);
    expect(done[0]).toMatchObject({
      owner: 'contoso',
      repo: 'chat',
      body: `${MARK}\n${REPORT}`,
      ...expected,
    });
  });
});

describe('the comment on Azure DevOps', () => {
  let folder: string;
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
    folder = mkdtempSync(join(tmpdir(), 'pipelines-'));
    mkdirSync(join(folder, 'model-review'));
    writeFileSync(join(folder, 'model-review/review.md'), REPORT);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await new Promise((resolve) => server.close(resolve));
  });

  async function comment(token = 'the-token') {
    const { port } = server.address() as AddressInfo;
    const { execFile } = await import('node:child_process');
    const env = {
      PATH: process.env.PATH,
      SYSTEM_ACCESSTOKEN: token,
      MARK,
      PIPELINE_WORKSPACE: folder,
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
    const thread = { comments: [{ parentCommentId: 0, content: `${MARK}\n${REPORT}`, commentType: 1 }], status: 4 };
    expect(asked).toEqual([`GET ${path}?api-version=7.1`, `POST ${path}?api-version=7.1 ${JSON.stringify(thread)}`]);
  });

  test('is written anew where there is one that nobody deleted', async () => {
    threads = [
      { id: 1, isDeleted: true, comments: [{ id: 1, content: MARK }] },
      { id: 2, comments: [] },
      { id: 4, comments: [{ id: 2, content: REPORT }] },
      { id: 3, comments: [{ id: 9, content: `${MARK}\nGo.` }] },
    ];
    expect(await comment()).toEqual({ code: 0, said: '' });
    expect(asked[1]).toBe(
      `PATCH ${path}/3/comments/9?api-version=7.1 ${JSON.stringify({ content: `${MARK}\n${REPORT}` })}`,
    );
  });

  test('fails where it may not, and says nothing of the token', async () => {
    const { code, said } = await comment('another-token');
    expect(code).toBe(1);
    expect(said).toContain('answered with 403: may the build service contribute to pull requests?');
    expect(said).not.toContain('another-token');
  });
});
