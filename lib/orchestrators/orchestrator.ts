import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { Construct } from 'constructs';
import { ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { ORCHESTRATOR_TAGS } from '../contracts/orchestrator-tags';
import { terraformTemplate } from '../contracts/terraform-template';
import { enrol } from '../guard/enrol';
import { OrchestratorRelease } from '../releases/orchestrator-release';
import { AppDraft } from './container-app/app-draft';
import { bytesOf } from './container-app/app-variables';
import type { EnvironmentVariable } from './container-app/environment-variable';
import { ImportedOrchestrator } from './imported-orchestrator';
import { requireKnowledge } from './knowledge-api/knowledge-binding';
import { keepManifest } from './manifest-store/kept-manifest';
import type { IOrchestrator } from './orchestrator-interface';
import type { OrchestratorAttributes, OrchestratorProps } from './orchestrator-props';
import { manifestTooLarge, releaseNotMade, variablesTooLarge } from './release-errors';

/** One variable may have 128 KiB on Linux and no limit of Azure's is documented; so much is read in a review and far from any. */
const MOST_BYTES = 32 * 1024;

/**
 * The running app of one release: a Container App of its own, named by the release's label.
 *
 * It is told its release in environment variables, verifies the manifest's hash when it starts, and reaches models, index and
 * image with a managed identity that nothing else has.
 *
 * @example
 *
 * new Orchestrator(this, release.label, {
 *   release,
 *   environment,
 *   registry,
 *   models: OrchestratorModels.throughGateway(gateway),
 * });
 */
export class Orchestrator extends Construct implements IOrchestrator {
  /**
   * Refers to an orchestrator that is declared elsewhere, so that a router can send users to it.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - where it is and which release it runs
   * @throws if the URL, the name or the id cannot be one, or the release is told twice or not at all
   */
  public static fromUrl(scope: Construct, id: string, attributes: OrchestratorAttributes): IOrchestrator {
    return new ImportedOrchestrator(scope, id, attributes);
  }

  /** The release that runs. */
  public readonly release?: OrchestratorRelease;

  /** SHA-256 of the release's manifest. */
  public readonly releaseId: string;

  /** `<name>-<first 12 digits of the release's id>`, which is the app's name too. */
  public readonly label: string;

  /** Whether the app is reached from outside of its environment. */
  public readonly external?: boolean;

  /** Object id of the app's identity, to which further roles can be given. */
  public readonly principalId: string;

  /** The Terraform resource. */
  public readonly resource: ContainerApp;

  /**
   * @throws if a model version that the release is bound to is not offered, its index is not the knowledge API's, the environment runs the
   * release already, its manifest does not fit, or an option cannot be used
   */
  constructor(scope: Construct, id: string, props: OrchestratorProps) {
    super(scope, id);
    enrol(this);
    const { release } = props;
    // A copy with another model would have the label and the manifest of the release that it was copied from.
    if (!(release instanceof OrchestratorRelease)) {
      throw releaseNotMade(this.node.path);
    }
    const { label, releaseId, evidence } = release;
    this.release = release;
    this.releaseId = releaseId;
    this.label = label;
    this.external = props.external ?? false;
    requireKnowledge(this.node.path, release, props.knowledge);

    const draft = new AppDraft(this, {
      name: label,
      title: `release ${label}`,
      image: release.image,
      bindings: Object.entries(release.models).map(([role, { model }]) => ({ role, model })),
      options: props,
      telemetry: { 'service.name': release.name, 'service.version': label, 'release.id': releaseId },
      tags: {
        [ORCHESTRATOR_TAGS.release]: label,
        [ORCHESTRATOR_TAGS.releaseId]: releaseId,
        ...(evidence !== undefined && { [ORCHESTRATOR_TAGS.evidence]: terraformTemplate(evidence) }),
      },
    });
    this.addReleaseTo(draft, props);
    this.principalId = draft.identity.principalId;
    this.resource = draft.declare();
  }

  /** Base URL of the app, without a slash at the end. */
  public get url(): string {
    return `https://${this.resource.ingress.fqdn}`;
  }

  private addReleaseTo(draft: AppDraft, props: OrchestratorProps): void {
    const { variables } = draft;
    const { release, knowledge, manifestStore } = props;
    variables.unshift(
      { name: ORCHESTRATOR_ENVIRONMENT.releaseId, value: release.releaseId },
      { name: ORCHESTRATOR_ENVIRONMENT.releaseLabel, value: release.label },
    );
    if (knowledge !== undefined) {
      variables.push({ name: ORCHESTRATOR_ENVIRONMENT.knowledgeUrl, value: knowledge.url });
    }
    const withoutManifest = bytesOf(variables);
    if (withoutManifest > MOST_BYTES) {
      throw variablesTooLarge(this.node.path, withoutManifest, MOST_BYTES);
    }
    const manifest: EnvironmentVariable = {
      name: ORCHESTRATOR_ENVIRONMENT.manifest,
      value: terraformTemplate(release.manifestText),
    };
    const bytes = withoutManifest + bytesOf([manifest]);
    if (bytes <= MOST_BYTES) {
      variables.push(manifest);
      return;
    }
    if (manifestStore === undefined) {
      throw manifestTooLarge(this.node.path, bytes, MOST_BYTES);
    }
    const kept = keepManifest(manifestStore, release, draft.identity);
    variables.push({ name: ORCHESTRATOR_ENVIRONMENT.manifestUrl, value: kept.url });
    draft.waitFor(...kept.waitFor);
  }
}
