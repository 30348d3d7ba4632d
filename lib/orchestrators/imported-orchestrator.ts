import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../accounts/refused';
import { isReleaseId, releaseLabel } from '../contracts/release-manifest';
import { isReleaseWord, RELEASE_NAME } from '../contracts/release-words';
import { enrol } from '../guard/enrol';
import { OrchestratorRelease } from '../releases/orchestrator-release';
import type { IOrchestrator } from './orchestrator-interface';
import type { OrchestratorAttributes } from './orchestrator-props';
import { importNotClear, releaseIdInvalid, releaseNameInvalid, releaseNotMade, urlInvalid } from './release-errors';
import { isUrlWithoutPath } from './resource-names';

/** An orchestrator that is declared elsewhere; see `Orchestrator.fromUrl`. */
export class ImportedOrchestrator extends Construct implements IOrchestrator {
  public readonly releaseId: string;
  public readonly label: string;
  public readonly release?: OrchestratorRelease;
  public readonly url: string;

  constructor(scope: Construct, id: string, attributes: OrchestratorAttributes) {
    super(scope, id);
    enrol(this);
    const { url, release } = attributes;
    if (refused(url, isUrlWithoutPath)) {
      throw urlInvalid(this.node.path, url);
    }
    this.url = url;
    const { name, releaseId } = this.identify(attributes);
    this.releaseId = releaseId;
    this.label = releaseLabel(name, releaseId);
    if (release !== undefined) {
      this.release = release;
    }
  }

  private identify({ release, name, releaseId }: OrchestratorAttributes): { name: string; releaseId: string } {
    const path = this.node.path;
    if (release !== undefined) {
      if (name !== undefined || releaseId !== undefined) {
        throw importNotClear(path);
      }
      if (!(release instanceof OrchestratorRelease)) {
        throw releaseNotMade(path);
      }
      return release;
    }
    if (name === undefined || releaseId === undefined) {
      throw importNotClear(path);
    }
    if (Token.isUnresolved(name) || !isReleaseWord(RELEASE_NAME, name)) {
      throw releaseNameInvalid(path, name);
    }
    if (!isReleaseId(releaseId)) {
      throw releaseIdInvalid(path, releaseId);
    }
    return { name, releaseId };
  }
}
