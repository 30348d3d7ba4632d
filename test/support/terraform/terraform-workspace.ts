import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTerraform, TerraformRun } from './terraform-command';
import { TerraformPlan } from './terraform-plan';

/** What `terraform validate -json` says. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail: string }[];
}

/** A directory with one configuration and its state, like the directory of a stack under `cdktf.out`. */
export class TerraformWorkspace {
  private readonly directory = mkdtempSync(join(tmpdir(), 'terraform-workspace-'));

  constructor(private readonly settings: Readonly<Record<string, string>>) {}

  /**
   * Replaces the configuration, keeps the state.
   * @param stack a synthesised stack; its backend is replaced, so that the state stays in this directory
   */
  write(stack: object): void {
    const { terraform = {}, ...rest } = structuredClone(stack) as { terraform?: Record<string, unknown> };
    const configuration = { ...rest, terraform: { ...terraform, backend: { local: { path: 'terraform.tfstate' } } } };
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(configuration, null, 2));
  }

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
    await this.succeed(['plan', '-no-color', '-out=tfplan']);
    return new TerraformPlan(JSON.parse(await this.succeed(['show', '-json', 'tfplan'])));
  }

  /** Plans and applies. @throws Error with terraform's own words */
  async apply(): Promise<void> {
    await this.succeed(['apply', '-no-color', '-auto-approve']);
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
