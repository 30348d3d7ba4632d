import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTerraform, TerraformRun } from './terraform-command';
import { TerraformPlan } from './terraform-plan';

/** What `terraform validate -json` says. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail: string }[];
}

/** A line of https://developer.hashicorp.com/terraform/internals/machine-readable-ui, as far as it is read. */
interface UiMessage {
  readonly type: string;
  readonly change?: UiChange;
  readonly hook?: UiChange;
}

interface UiChange {
  readonly resource: { readonly addr: string };
  readonly action: string;
}

/** What an apply did. */
export interface AppliedChanges {
  /** Address and action of what was planned: `azurerm_cognitive_deployment.chat: replace`. */
  readonly planned: readonly string[];
  /** In order: `begin create terraform_data.v1`, `end create terraform_data.v1`. */
  readonly steps: readonly string[];
}

function appliedChanges(messages: readonly UiMessage[]): AppliedChanges {
  const words: Readonly<Record<string, string>> = { apply_start: 'begin', apply_complete: 'end' };
  return {
    planned: messages.flatMap(({ type, change }) =>
      type === 'planned_change' ? [`${change!.resource.addr}: ${change!.action}`] : [],
    ),
    steps: messages.flatMap(({ type, hook }) =>
      words[type] === undefined ? [] : [`${words[type]} ${hook!.action} ${hook!.resource.addr}`],
    ),
  };
}

/** A directory with one configuration and its state, like the directory of a stack under `cdktf.out`. */
export class TerraformWorkspace {
  private readonly directory = mkdtempSync(join(tmpdir(), 'terraform-workspace-'));

  constructor(private readonly settings: Readonly<Record<string, string>>) {}

  /**
   * Replaces the configuration, keeps the state.
   * @param stack a synthesised stack; its backend is left out, so that the state stays in this directory
   */
  write(stack: object): void {
    const { terraform = {}, ...rest } = structuredClone(stack) as { terraform?: Record<string, unknown> };
    const configuration = { ...rest, terraform: { ...terraform, backend: undefined } };
    // Terraform shows the line that it refuses.
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(configuration, null, 2));
  }

  /**
   * Replaces the configuration, keeps the state; needs `init` where the configuration calls modules.
   * @param folder a root module in Terraform's language, its child modules in folders within it
   */
  copy(folder: string): void {
    readdirSync(this.directory)
      .filter((name) => !name.startsWith('.') && !name.startsWith('terraform.tfstate'))
      .forEach((name) => rmSync(join(this.directory, name), { recursive: true }));
    cpSync(folder, this.directory, { recursive: true });
  }

  /** Not needed before the others: there is no backend to prepare and no provider to install. */
  async init(): Promise<void> {
    await this.succeed(['init', '-no-color']);
  }

  /** Never throws for a configuration that terraform refuses: that is the answer. */
  async validate(): Promise<Validation> {
    const { stdout } = await this.run(['validate', '-json', '-no-color']);
    return JSON.parse(stdout) as Validation;
  }

  /** @throws Error with terraform's own words */
  async plan(): Promise<TerraformPlan> {
    return new TerraformPlan(JSON.parse(await this.planText()));
  }

  /**
   * A plan as `terraform show -json` writes it.
   * @param options of `terraform plan`, such as `-target`
   * @throws Error with terraform's own words
   */
  async planText(options: readonly string[] = []): Promise<string> {
    await this.succeed(['plan', '-no-color', '-out=tfplan', ...options]);
    return this.succeed(['show', '-json', 'tfplan']);
  }

  /** Plans and applies. @throws Error with terraform's own words */
  async apply(): Promise<void> {
    await this.succeed(['apply', '-no-color', '-auto-approve']);
  }

  /** Plans and applies, and answers what terraform says of it. @throws Error with terraform's own words */
  async applyTelling(): Promise<AppliedChanges> {
    const lines = (await this.succeed(['apply', '-json', '-auto-approve'])).split('\n').filter((line) => line !== '');
    return appliedChanges(lines.map((line) => JSON.parse(line) as UiMessage));
  }

  /** @throws Error with terraform's own words */
  async destroy(): Promise<void> {
    await this.succeed(['destroy', '-no-color', '-auto-approve']);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private run(commandLine: readonly string[]): Promise<TerraformRun> {
    return runTerraform(this.directory, commandLine, this.settings);
  }

  private async succeed(commandLine: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(commandLine);
    if (exitCode !== 0) {
      throw new Error(`terraform ${commandLine.join(' ')} ended with ${exitCode}:\n${stderr || stdout}`);
    }
    return stdout;
  }
}
