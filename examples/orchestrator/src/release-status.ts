import type { TokenSource } from './identity';
import { knowledgeSearch } from './knowledge';
import { modelClient } from './model-client';
import { Orchestration } from './orchestration';
import { ReleaseProblem, ReleaseState, unverified } from './release';
import type { Settings } from './settings';

/** What the service can do now. */
export type CurrentRelease =
  { readonly label: string; readonly orchestration: Orchestration } | { readonly problem: ReleaseProblem };

/** Whether the release is verified, and with it whether anybody is answered. */
export class ReleaseStatus {
  private state: CurrentRelease = unverified('the release is not verified yet');

  constructor(
    private readonly settings: Settings,
    private readonly tokenFor: TokenSource,
  ) {}

  current(): CurrentRelease {
    return this.state;
  }

  update(state: ReleaseState): void {
    if ('problem' in state) {
      this.state = state;
      return;
    }
    const { verified } = state;
    const { knowledgeUrl } = this.settings;
    const search = knowledgeUrl === undefined ? undefined : knowledgeSearch(knowledgeUrl, verified.label);
    const model = modelClient(this.settings, verified, this.tokenFor);
    this.state = { label: verified.label, orchestration: new Orchestration(verified, model, search) };
  }
}
