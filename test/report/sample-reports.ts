import { RunReport } from '../../lib/report/run-report';
import {
  ACCOUNT,
  CHANGED_IN_PLACE,
  COPIED,
  EMBEDDINGS,
  GPT_35,
  GPT_4O_AUGUST,
  GPT_4O_NOVEMBER,
  GPT_51,
  MINOR_CHANGE,
  MINOR_UPDATE,
  RELEASE,
  RETIRING,
  ROUTER,
  UPCOMING,
  sampleBreadths,
  sampleChanges,
  sampleFinding,
  sampleReport,
} from './sample-parts';

export { HOSTILE_TEXTS } from './hostile-texts';
export { AS_OF, sampleChanges, sampleFinding, sampleReport } from './sample-parts';

/** Reports as a run makes them, made by hand: what the writers are tested with. */

/** Nothing about models changes and nothing is wrong. */
export const CLEAN: RunReport = sampleReport({ changes: sampleChanges({}) });

/** A minor version, changed in place, and no release in the plan that would show a prompt. */
export const MINOR_WITHOUT_PROMPT: RunReport = sampleReport({
  findings: [CHANGED_IN_PLACE, RETIRING],
  changes: sampleChanges({ deployments: [MINOR_CHANGE] }),
});

/** The same minor version beside the old one, in a release whose prompt changes along, at a tenth of the traffic. */
export const MINOR_WITH_PROMPT: RunReport = sampleReport({
  findings: [RETIRING],
  changes: sampleChanges({
    deployments: [
      {
        ...MINOR_CHANGE,
        address: 'azurerm_cognitive_deployment.chat-20241120',
        deployment: 'chat-20241120',
        outcome: 'created',
        from: undefined,
        predecessor: {
          address: 'azurerm_cognitive_deployment.chat',
          deployment: 'chat',
          model: GPT_4O_AUGUST,
          isKept: true,
        },
        remarks: [],
      },
    ],
    releases: [
      {
        ...RELEASE,
        models: [
          {
            ...RELEASE.models[0]!,
            update: {
              ...MINOR_UPDATE,
              breadths: sampleBreadths({
                model: { evidence: 'changed', detail: 'gpt-4o@2024-08-06 becomes gpt-4o@2024-11-20' },
                modelConfig: { evidence: 'unchanged', detail: 'temperature and token limits are the same' },
                prompt: { evidence: 'changed', detail: "prompt 'system' has another text" },
                orchestrationLogic: { evidence: 'unchanged', detail: 'the image is the same' },
                groundingData: { evidence: 'unchanged', detail: 'no index changes' },
              }),
            },
          },
        ],
      },
    ],
    traffic: [ROUTER],
  }),
});

/** Another model takes the place of one that has retired; findings of every weight, one carried over and one waived. */
export const MODEL_CHANGE: RunReport = sampleReport({
  inputs: ['network.json', 'plan.json'],
  findings: [
    sampleFinding({
      rule: 'route-to-destroyed',
      severity: 'error',
      resource: {
        address: 'azurerm_api_management_api_policy.gateway',
        type: 'azurerm_api_management_api_policy',
        path: 'xml_content',
      },
      message: 'the route gpt-4o@2024-08-06 leads to the deployment chat, which this plan destroys',
      fix: 'take the deployment out of the route first and apply that, then destroy it',
      model: undefined,
      retirementDate: undefined,
    }),
    RETIRING,
    sampleFinding({
      rule: 'model-deprecated',
      message: 'gpt-4o@2024-08-06 on Standard is deprecated',
      carriedOver: { from: 'baseline', since: '2026-09-01' },
    }),
    sampleFinding({
      rule: 'model-auto-upgrade',
      message: 'the deployment upgrades itself',
      waived: { reason: 'a demonstration that nobody depends on', owner: 'team-assistants', expires: '2026-12-01' },
    }),
    sampleFinding({ rule: 'traffic-jumps', severity: 'note', message: '10 % of the traffic moves at once' }),
  ],
  models: [
    {
      resource: { address: 'azurerm_cognitive_deployment.chat51', type: 'azurerm_cognitive_deployment' },
      model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', sku: 'GlobalStandard' },
      stage: 'generally-available',
      retirementDate: '2027-05-15',
      sources: [{ name: 'retirement schedule', asOf: '2026-10-05' }],
    },
  ],
  changes: sampleChanges({
    inputs: [
      {
        kind: 'plan',
        input: 'network.json',
        terraformVersion: '1.11.4',
        resourceCount: 7,
        isComplete: true,
        isErrored: false,
        outcomes: {},
      },
      {
        kind: 'plan',
        input: 'plan.json',
        stack: 'production',
        terraformVersion: '1.11.4',
        resourceCount: 42,
        isComplete: true,
        isErrored: false,
        outcomes: { kept: 1, created: 1, destroyed: 1, moved: 1 },
      },
    ],
    deployments: [
      {
        input: 'plan.json',
        address: 'azurerm_cognitive_deployment.chat',
        account: ACCOUNT,
        deployment: 'chat',
        outcome: 'superseded',
        from: GPT_4O_AUGUST,
        successor: { address: 'azurerm_cognitive_deployment.chat51', deployment: 'chat51' },
        remarks: [],
      },
      {
        input: 'plan.json',
        address: 'azurerm_cognitive_deployment.chat51',
        account: ACCOUNT,
        deployment: 'chat51',
        outcome: 'created',
        to: GPT_51,
        predecessor: {
          address: 'azurerm_cognitive_deployment.chat',
          deployment: 'chat',
          model: GPT_4O_AUGUST,
          isKept: false,
        },
        update: {
          scope: 'generation',
          direction: 'forward',
          reason: 'gpt-5 continues gpt-4',
          driver: 'voluntary',
          driverReason: 'gpt-4o@2024-08-06 is not near its end',
          breadths: sampleBreadths({
            model: { evidence: 'changed', detail: 'gpt-4o@2024-08-06 becomes gpt-5.1@2025-11-13' },
            modelConfig: { need: 'must', evidence: 'changed', detail: 'max_tokens is max_completion_tokens' },
            prompt: { need: 'likely', evidence: 'unchanged', detail: "prompt 'system' is the same" },
            orchestrationLogic: { need: 'likely', evidence: 'not-visible', detail: 'no image in the plan' },
          }),
        },
        remarks: ['Calls fail between the destruction of the old deployment and the creation of the new one'],
      },
      {
        input: 'plan.json',
        address: 'module.search.azapi_resource.embeddings',
        previousAddress: 'azurerm_cognitive_deployment.embeddings',
        account: ACCOUNT,
        deployment: 'embeddings',
        outcome: 'moved',
        from: EMBEDDINGS,
        to: EMBEDDINGS,
        remarks: [],
      },
    ],
    releases: [{ ...RELEASE, evaluation: COPIED }],
    traffic: [
      {
        ...ROUTER,
        rows: [ROUTER.rows[0]!, { ...ROUTER.rows[1]!, evaluation: COPIED }],
        landing: { changed: 0.1, retiring: 0.9, unevaluated: 1, evaluationUnknown: 0 },
      },
      {
        input: 'plan.json',
        kind: 'route',
        address: 'azurerm_api_management_api_policy.gateway',
        name: 'gpt-4o@2024-08-06',
        rows: [
          { target: 'chat', models: ['gpt-4o@2024-08-06'], before: 1, marks: ['destroyed'] },
          {
            target: 'chat51',
            models: ['gpt-5.1@2025-11-13'],
            after: 1,
            marks: ['new', 'changed'],
            evaluation: { evidence: 'unknown' },
          },
        ],
        moved: 1,
        landing: { changed: 1, retiring: 0, unevaluated: 0, evaluationUnknown: 1 },
      },
    ],
    upcoming: [
      {
        model: GPT_35,
        replacement: 'gpt-4.1-mini@2025-04-14 (legacy itself, retires on 2027-04-14)',
        usedBy: ['azurerm_cognitive_deployment.legacy'],
      },
      ...UPCOMING,
    ],
  }),
});

/** Azure upgraded a deployment by itself: the configuration still says the old version, and applying would destroy the new one. */
export const DRIFT: RunReport = sampleReport({
  findings: [
    sampleFinding({
      rule: 'model-drifted',
      severity: 'error',
      message:
        'Azure runs gpt-4o@2024-11-20 and the configuration says gpt-4o@2024-08-06: applying destroys what runs and creates the old version again',
      fix: 'write gpt-4o@2024-11-20 to keep what runs',
    }),
  ],
  changes: sampleChanges({
    deployments: [
      {
        ...MINOR_CHANGE,
        outcome: 'replaced',
        actionReason: 'replace_because_cannot_update',
        replacePaths: ['model.name', 'tags.cost center'],
        from: GPT_4O_NOVEMBER,
        to: GPT_4O_AUGUST,
        update: { ...MINOR_UPDATE, direction: 'backward', driver: 'voluntary', driverReason: 'nothing asks for it' },
        remarks: ['What runs is newer than the configuration: something other than Terraform changed it'],
      },
    ],
  }),
});

/** A plan that leaves most things open, and says so. */
export const UNKNOWNS: RunReport = sampleReport({
  findings: [
    sampleFinding({
      rule: 'model-unresolved',
      severity: 'warning',
      status: 'unknown',
      message: 'the version is known only after the apply: ${random_pet.version.id}',
      fix: 'write the version as a literal',
      model: { format: 'OpenAI', name: 'gpt-4o' },
      retirementDate: undefined,
    }),
    sampleFinding({
      rule: 'plan-incomplete',
      severity: 'warning',
      status: 'unknown',
      resource: { address: 'plan.json', type: 'configuration' },
      message: 'the plan leaves resources to a later run',
      fix: 'plan without -target',
      model: undefined,
      retirementDate: undefined,
    }),
  ],
  changes: sampleChanges({
    inputs: [
      {
        kind: 'plan',
        input: '-',
        terraformVersion: '1.14.0',
        resourceCount: 1,
        isComplete: false,
        isErrored: true,
        outcomes: { created: 1 },
      },
    ],
    deployments: [
      {
        input: '-',
        address: 'azurerm_cognitive_deployment.chat',
        outcome: 'created',
        to: { name: 'gpt-4o', unread: ['version', 'sku'] },
        remarks: [],
      },
      { input: '-', address: 'azapi_resource.deployment', outcome: 'created', to: { unread: ['body'] }, remarks: [] },
    ],
    traffic: [
      {
        input: '-',
        kind: 'revisions',
        address: 'azurerm_container_app.assistant',
        name: 'assistant',
        rows: [],
        moved: 0,
        landing: { changed: 0, retiring: 0, unevaluated: 0, evaluationUnknown: 0 },
        unread: 'the weights are known only after the apply',
      },
    ],
    upcoming: [],
  }),
});

/** As many findings, changes, releases, routes and retirements as asked for, with names of the length asked for. */
export function manyFindings(count: number, nameLength = 20): RunReport {
  const name = (index: number) => `n${index}_`.padEnd(nameLength, 'x');
  const each = <Item>(make: (index: number) => Item) => Array.from({ length: count }, (_none, index) => make(index));
  return sampleReport({
    findings: each((index) =>
      sampleFinding({
        severity: index % 3 === 0 ? 'error' : index % 3 === 1 ? 'warning' : 'note',
        resource: { address: name(index), type: 'azurerm_cognitive_deployment', constructPath: name(index) },
        message: `message of ${name(index)}`,
        fix: `fix of ${name(index)}`,
        ...(index % 10 === 9 ? { carriedOver: { from: 'base' as const } } : {}),
        ...(index % 10 === 8
          ? { waived: { reason: `reason of ${name(index)}`, owner: name(index), expires: '2026-12-01' } }
          : {}),
      }),
    ),
    changes: sampleChanges({
      deployments: each((index) => ({
        ...MINOR_CHANGE,
        address: name(index),
        deployment: name(index),
        remarks: [name(index), name(index)],
      })),
      releases: each((index) => ({ ...RELEASE, label: name(index), address: name(index) })),
      traffic: each((index) => ({
        ...ROUTER,
        name: name(index),
        address: name(index),
        rows: [...ROUTER.rows, ...ROUTER.rows].map((row, place) => ({ ...row, target: `${place}${name(index)}` })),
      })),
      upcoming: each((index) => ({
        model: { ...GPT_4O_NOVEMBER, name: name(index) },
        replacement: `${name(index)}@1`,
        usedBy: [name(index), name(index)],
      })),
    }),
  });
}

/** The same findings without a comparison, as `check` reports them. */
export const CHECKED: RunReport = sampleReport({
  command: 'check',
  inputs: ['cdk.tf.json'],
  findings: MODEL_CHANGE.findings,
  models: MODEL_CHANGE.models,
});

/** Keys whose values come from fixed lists or are days: nobody who writes a plan chooses them. */
const FIXED: ReadonlySet<string> = new Set(
  [
    'rule severity status asOf retirementDate expires since stage outcome scope direction driver breadth need',
    'evidence kind marks command failOn toolVersion summary outcomes',
  ].flatMap((keys) => keys.split(' ')),
);

/** A rich report in which everything that somebody else writes is the text given. */
export function hostileReport(text: string): RunReport {
  const report = replaced(MODEL_CHANGE, text) as RunReport;
  // What is carried over is counted and not listed; here all of it is.
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, carriedOver: undefined })) };
}

function replaced(value: unknown, text: string, key?: string): unknown {
  if (key !== undefined && FIXED.has(key)) {
    return value;
  }
  if (typeof value === 'string') {
    return text;
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, text, key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, text, name)]));
  }
  return value;
}
