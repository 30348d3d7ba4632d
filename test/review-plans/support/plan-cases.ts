import { resolve } from 'node:path';
import { ModelVersion } from '../../../lib/accounts';
import { TerraformBench } from '../../support/terraform/terraform-bench';
import { ChatCommit, chatRelease, chatStack } from './chat-app';
import { settledPlan } from './settled-plan';

/** Where each case has its folder. */
export const EXAMPLES = resolve(__dirname, '../../../examples/plan-review');

/** Kept plans by file name. */
export type Plans = Readonly<Record<string, string>>;

/** What one pull request does, planned by the real terraform. */
export interface PlanCase {
  readonly name: string;
  /** Files in which its plans are kept. */
  readonly files: readonly string[];
  /** Waiver file that its review is made with. @default - none */
  readonly waivers?: string;
  readonly make: (bench: TerraformBench) => Promise<Plans>;
}

const HEALTHY = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
const OLD = ModelVersion.openAi('gpt-4o', '2024-08-06');
const NEWER = ModelVersion.openAi('gpt-4o', '2024-11-20');
const SUCCESSOR = ModelVersion.openAi('gpt-5.6-sol', '2026-07-09');
const RETIRED = ModelVersion.openAi('o4-mini', '2025-04-16');
const BEFORE_IT_RETIRED = '2026-06-01';
const REPLACEMENT = ModelVersion.openAi('gpt-5.6-terra', '2026-07-09');
const SHORT = 'You answer in one sentence.';
const LONGER = 'You answer in at most two sentences and name your source.';

const stable = (model: ModelVersion, prompt: string) => ({
  models: [model],
  routed: [{ release: chatRelease(model, prompt), stage: 'stable' as const }],
});

const withCanary = (from: ModelVersion, to: ModelVersion, prompt: string, percent: number): ChatCommit => ({
  models: [from, to],
  routed: [
    { release: chatRelease(from, SHORT), stage: 'stable' },
    { release: chatRelease(to, prompt), stage: percent },
  ],
});

/** The same commit, whose releases of a model name where their evaluation is kept. */
const evaluated = (commit: ChatCommit, ...models: readonly ModelVersion[]): ChatCommit => ({
  ...commit,
  routed: commit.routed.map(({ release, stage }) => {
    const isEvaluated = models.some(({ key }) => key === release.models.chat!.model.key);
    const address = `https://evaluations.contoso.com/chat/${release.label}.json`;
    return { release: isEvaluated ? release.withEvidence(address) : release, stage };
  }),
});

/** Two releases of models that stay, with 75 % and 25 % of the users. */
const SHARED = evaluated(withCanary(SUCCESSOR, HEALTHY, LONGER, 25), SUCCESSOR, HEALTHY);

/** An application of this library, applied as one commit declares it and planned as the next one does. */
function ofOurs(name: string, before: ChatCommit, after: ChatCommit): PlanCase {
  return {
    name,
    files: ['plan.json'],
    make: async (bench) => {
      const workspace = bench.workspace();
      workspace.write(chatStack(before));
      await workspace.apply();
      workspace.write(chatStack(after));
      // It says once more what `resource_changes` says.
      return { 'plan.json': settledPlan(await workspace.planText(), ['planned_values']) };
    },
  };
}

/** What else a case does, besides applying `before` and planning `after`. */
interface Course {
  readonly meanwhile?: (azure: TerraformBench['azure']) => void;
  readonly options?: readonly string[];
  readonly waivers?: string;
}

/** Terraform's own language, in the folders `before` and `after` of the case. */
function ofOthers(name: string, { meanwhile, options, waivers }: Course = {}): PlanCase {
  return {
    name,
    files: ['plan.json'],
    ...(waivers !== undefined && { waivers }),
    make: async (bench) => {
      const workspace = bench.workspace();
      workspace.copy(resolve(EXAMPLES, name, 'before'));
      await workspace.init();
      await workspace.apply();
      meanwhile?.(bench.azure);
      workspace.copy(resolve(EXAMPLES, name, 'after'));
      await workspace.init();
      return { 'plan.json': settledPlan(await workspace.planText(options)) };
    },
  };
}

/** Two roots that write to one account; `first` is applied, and then both are planned. */
function ofTwo(name: string, [first, second]: readonly [string, string]): PlanCase {
  const file = (root: string) => `${root}.plan.json`;
  return {
    name,
    files: [file(first), file(second)],
    make: async (bench) => {
      const [owner, guest] = [bench.workspace(), bench.workspace()];
      owner.copy(resolve(EXAMPLES, name, 'before'));
      await owner.apply();
      owner.copy(resolve(EXAMPLES, name, first));
      guest.copy(resolve(EXAMPLES, name, second));
      return {
        [file(first)]: settledPlan(await owner.planText()),
        [file(second)]: settledPlan(await guest.planText()),
      };
    },
  };
}

const DEPLOYMENT = 'azurerm_cognitive_deployment';

export const PLAN_CASES: readonly PlanCase[] = [
  ofOurs('clean', stable(HEALTHY, SHORT), stable(HEALTHY, SHORT)),
  ofOurs('minor-version', evaluated(stable(OLD, SHORT), OLD), evaluated(withCanary(OLD, NEWER, LONGER, 5), OLD, NEWER)),
  ofOurs(
    'minor-version-same-prompt',
    evaluated(stable(OLD, SHORT), OLD),
    evaluated(withCanary(OLD, NEWER, SHORT, 5), OLD),
  ),
  ofOurs(
    'model-change',
    { ...withCanary(OLD, SUCCESSOR, LONGER, 5), extraction: RETIRED, day: BEFORE_IT_RETIRED },
    { ...withCanary(OLD, SUCCESSOR, LONGER, 25), extraction: REPLACEMENT },
  ),
  ofOurs('destroyed-while-live', withCanary(OLD, SUCCESSOR, LONGER, 5), {
    ...stable(SUCCESSOR, LONGER),
    retired: [chatRelease(OLD, SHORT).label],
  }),
  ofOurs('another-salt', SHARED, { ...SHARED, salt: 'chat-2026-12' }),
  ofOurs('kill-switch-on', SHARED, { ...SHARED, killSwitch: true }),
  ofOthers('auto-upgrade-drift', {
    // What Azure does on the days when a new default version comes, and when the old one ends.
    meanwhile: (azure) =>
      azure.all(DEPLOYMENT).forEach(({ id, name }) => {
        const upgraded = name === 'chat' ? NEWER : ModelVersion.openAi('gpt-5.1', '2025-11-13');
        azure.amend(DEPLOYMENT, String(id), {
          model: [{ format: 'OpenAI', name: upgraded.name, version: upgraded.version }],
        });
      }),
  }),
  ofOthers('azapi-module'),
  ofOthers('unknowns'),
  ofOthers('retired'),
  ofOthers('waived', { waivers: 'waivers.json' }),
  ofOthers('targeted', { options: ['-target=azurerm_cognitive_deployment.chat'] }),
  ofOthers('moved'),
  ofOthers('imported', {
    meanwhile: (azure) => {
      const [account] = azure.all('azurerm_cognitive_account');
      azure.seed(DEPLOYMENT, {
        name: 'chat',
        cognitive_account_id: String(account!.id),
        model: [{ format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' }],
        sku: [{ name: 'GlobalStandard', capacity: 50 }],
        version_upgrade_option: 'NoAutoUpgrade',
      });
    },
  }),
  ofTwo('two-stacks', ['platform', 'search']),
];
