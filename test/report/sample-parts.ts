import { RunReport } from '../../lib/report/run-report';
import {
  BreadthReview,
  ChangeReport,
  DeploymentReview,
  EvaluationReview,
  ReleaseReview,
  ReviewedModel,
  TrafficReview,
  UpcomingRetirement,
  UpdateReview,
} from '../../lib/review/change-report';
import { summarise } from '../../lib/rules/evaluate';
import { Finding } from '../../lib/rules/finding';

/** Parts of reports, made by hand. */

export const AS_OF = '2026-11-21';

export const ACCOUNT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/chat/providers/Microsoft.CognitiveServices/accounts/chat-eu';

export const GPT_4O_AUGUST: ReviewedModel = {
  format: 'OpenAI',
  name: 'gpt-4o',
  version: '2024-08-06',
  sku: 'Standard',
  capacity: 50,
  stage: 'deprecated',
  retirementDate: '2026-12-09',
  daysLeft: 18,
  unread: [],
};

export const GPT_4O_NOVEMBER: ReviewedModel = {
  ...GPT_4O_AUGUST,
  version: '2024-11-20',
  stage: 'legacy',
  retirementDate: '2027-03-31',
  daysLeft: 130,
};

export const GPT_51: ReviewedModel = {
  format: 'OpenAI',
  name: 'gpt-5.1',
  version: '2025-11-13',
  sku: 'GlobalStandard',
  capacity: 100,
  stage: 'generally-available',
  retirementDate: '2027-05-15',
  retirementIsEarliest: true,
  daysLeft: 175,
  unread: [],
};

export const EMBEDDINGS: ReviewedModel = {
  format: 'OpenAI',
  name: 'text-embedding-3-large',
  version: '1',
  sku: 'Standard',
  capacity: 120,
  stage: 'generally-available',
  retirementDate: '2027-04-14',
  retirementIsEarliest: true,
  daysLeft: 144,
  unread: [],
};

/** The model taken as retired, whatever the stage was. */
export const GPT_35: ReviewedModel = {
  format: 'OpenAI',
  name: 'gpt-35-turbo',
  version: '0613',
  sku: 'Standard',
  capacity: 30,
  stage: 'retired',
  retirementDate: '2025-02-13',
  daysLeft: -646,
  unread: [],
};

export function sampleReport(overrides: Partial<RunReport> = {}): RunReport {
  const findings = overrides.findings ?? [];
  return {
    asOf: AS_OF,
    catalog: {
      asOf: '2026-10-05',
      sources: [
        {
          name: 'Azure OpenAI in Foundry Models: retirement schedule',
          asOf: '2026-10-05',
          url: 'https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirement-schedule',
        },
      ],
    },
    inputs: ['plan.json'],
    summary: summarise(findings),
    findings,
    toolVersion: '0.1.0',
    command: 'review',
    failOn: 'error',
    models: [],
    ...overrides,
  };
}

export function sampleFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'model-retiring',
    severity: 'warning',
    status: 'violation',
    resource: {
      address: 'azurerm_cognitive_deployment.chat',
      type: 'azurerm_cognitive_deployment',
      stack: 'production',
      constructPath: 'production/chat',
      account: ACCOUNT,
      deployment: 'chat',
      path: 'model.version',
      declaredAt: 'bin/app.ts:42',
    },
    message: 'gpt-4o@2024-11-20 on Standard retires on 2027-03-31, in 130 days',
    fix: 'deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one',
    model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20', sku: 'Standard' },
    retirementDate: '2027-03-31',
    ...overrides,
  };
}

export function sampleChanges(parts: Partial<ChangeReport>): ChangeReport {
  return {
    inputs: [
      {
        kind: 'plan',
        input: 'plan.json',
        stack: 'production',
        terraformVersion: '1.11.4',
        resourceCount: 42,
        isComplete: true,
        isErrored: false,
        outcomes: { kept: 3 },
      },
    ],
    deployments: [],
    releases: [],
    traffic: [],
    upcoming: UPCOMING,
    ...parts,
  };
}

export const UPCOMING: readonly UpcomingRetirement[] = [
  {
    model: GPT_4O_NOVEMBER,
    replacement: 'gpt-5.1@2025-11-13 or a pinned version of gpt-5.2',
    usedBy: ['azurerm_cognitive_deployment.chat', 'azurerm_cognitive_deployment.summary["eu"]'],
  },
  {
    model: EMBEDDINGS,
    usedBy: ['module.search.azapi_resource.embeddings'],
  },
];

export function sampleBreadths(
  evidence: Partial<Record<BreadthReview['breadth'], Partial<BreadthReview>>>,
): BreadthReview[] {
  const needs = {
    model: 'must',
    modelConfig: 'check',
    prompt: 'check',
    orchestrationLogic: 'check',
    groundingData: 'check',
  } as const;
  return (Object.keys(needs) as BreadthReview['breadth'][]).map((breadth) => ({
    breadth,
    need: needs[breadth],
    evidence: 'not-visible',
    detail: 'no release under review binds it',
    ...evidence[breadth],
  }));
}

export const MINOR_UPDATE: UpdateReview = {
  scope: 'minor-version',
  direction: 'forward',
  reason: 'the same model in another version',
  driver: 'required',
  driverReason: 'gpt-4o@2024-08-06 retires on 2026-12-09, in 18 days',
  breadths: sampleBreadths({ model: { evidence: 'changed', detail: 'gpt-4o@2024-08-06 becomes gpt-4o@2024-11-20' } }),
};

export const MINOR_CHANGE: DeploymentReview = {
  input: 'plan.json',
  address: 'azurerm_cognitive_deployment.chat',
  constructPath: 'production/chat',
  account: ACCOUNT,
  deployment: 'chat',
  outcome: 'changed-in-place',
  from: GPT_4O_AUGUST,
  to: GPT_4O_NOVEMBER,
  update: MINOR_UPDATE,
  remarks: ['Every caller gets the new version at once, and there is nothing to go back to'],
};

export const RETIRING = sampleFinding();

export const CHANGED_IN_PLACE = sampleFinding({
  rule: 'model-changed-in-place',
  severity: 'error',
  message: 'gpt-4o@2024-08-06 becomes gpt-4o@2024-11-20 under the same deployment: every caller changes at once',
  fix: 'add a deployment for gpt-4o@2024-11-20, move traffic to it, then remove this one',
});

const EVIDENCE = 'https://evaluations.contoso.com/assistant/4be1c0ffee12.json';

export const RELEASE: ReleaseReview = {
  input: 'plan.json',
  address: 'azurerm_container_app.assistant-4be1c0ffee12',
  constructPath: 'production/assistant/release',
  label: 'assistant-4be1c0ffee12',
  releaseId: '4be1c0ffee12',
  outcome: 'added',
  predecessor: 'assistant-0dd5ee1f0042',
  models: [{ role: 'chat', from: GPT_4O_AUGUST, to: GPT_4O_NOVEMBER, update: MINOR_UPDATE }],
  differences: ["prompt 'system'"],
  evaluation: { evidence: 'named', reference: EVIDENCE },
};

/** What was copied along with the rest of a release. */
export const COPIED: EvaluationReview = {
  evidence: 'of-another-release',
  evidenceBefore: 'none',
  reference: 'sha256:0dd5ee1f0042',
  owner: 'assistant-0dd5ee1f0042',
};

export const ROUTER: TrafficReview = {
  input: 'plan.json',
  kind: 'router',
  address: 'azurerm_api_management_api_policy.router',
  name: 'assistant',
  rows: [
    {
      target: 'assistant-0dd5ee1f0042',
      stageBefore: 'stable',
      stageAfter: 'stable',
      models: ['gpt-4o@2024-08-06'],
      before: 1,
      after: 0.9,
      marks: ['retiring'],
      evaluation: { evidence: 'none' },
    },
    {
      target: 'assistant-4be1c0ffee12',
      stageAfter: 'canary',
      models: ['gpt-4o@2024-11-20'],
      after: 0.1,
      marks: ['new'],
      evaluation: { evidence: 'named', reference: EVIDENCE },
    },
  ],
  moved: 0.1,
  landing: { changed: 0.1, retiring: 0.9, unevaluated: 0.9, evaluationUnknown: 0 },
};
