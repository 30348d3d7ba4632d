import { ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { isReleaseId } from '../contracts/release-manifest';
import { ABSENT, Attribute, known, unknown, valueOf } from './attribute';
import { textAttribute } from './block';
import { resolveValue } from './expression';
import { Instance } from './instances';
import { Container, ContainerApp } from './release-container';
import { OrchestratorFact, VariableFact, WiringFact } from './release-facts';
import { ManifestFinder } from './release-manifests';
import { evidenceOf, isTagged } from './release-tags';
import { uncoveredBy } from './release-uncovered';
import { WiringFinder } from './release-wiring';
import { StackReferences } from './stack-references';

const { releaseId, releaseLabel, manifest, manifestUrl, routeHeader } = ORCHESTRATOR_ENVIRONMENT;

const WIRING = /^MODEL_(?<part>[A-Z0-9_]+)_(?:URL|DEPLOYMENT)$/;

/** Makes facts of the containers that are told a release. */
export class OrchestratorReader {
  private readonly manifests: ManifestFinder;

  constructor(
    private readonly references: StackReferences,
    private readonly wiring: WiringFinder,
  ) {
    this.manifests = new ManifestFinder(references);
  }

  read(app: ContainerApp): OrchestratorFact[] {
    const told = app.containers.filter((container) => this.isOrchestrator(container, app.instance));
    const tagged = isTagged(app);
    const uncovered = uncoveredBy(app, told, tagged && told.length > 0);
    // What concerns the app is said once, however many containers are told a release.
    return (told.length === 0 && tagged ? [mostUnread(app)] : told).map((container, index) => ({
      ...this.orchestrator(app, container),
      ...(index === 0 && uncovered.length > 0 && { uncovered }),
    }));
  }

  /** Others call a number of their build `RELEASE_ID`: only with a manifest, a label or a hash is it a release's. */
  private isOrchestrator(container: Container, instance: Instance): boolean {
    const { variables } = container;
    const isTold = [manifest, manifestUrl].some((name) => variables.has(name));
    return (
      isTold ||
      (variables.has(releaseId) &&
        (variables.has(releaseLabel) || isReleaseId(valueOf(this.variable(container, releaseId, instance).value))))
    );
  }

  private orchestrator(app: ContainerApp, container: Container): OrchestratorFact {
    const { origin, instance, revisionMode } = app;
    const variable = (name: string) => this.variable(container, name, instance);
    const repeated = [...container.variables].filter(([, { isRepeated }]) => isRepeated).map(([name]) => name);
    return {
      origin,
      path: container.path,
      revisionMode: textAttribute(resolveValue(revisionMode.value, instance.scope)),
      revisionModePath: revisionMode.path,
      image: this.attribute(container.image, instance),
      releaseId: variable(releaseId),
      label: variable(releaseLabel),
      manifest: this.manifests.find(
        variable(manifest),
        variable(manifestUrl),
        container.variables.get(manifestUrl)?.value,
        instance,
      ),
      evidence: evidenceOf(app),
      routeHeader: variable(routeHeader),
      wiring: this.wiringOf(container, instance),
      hasUnreadVariables: container.hasUnread,
      ...(repeated.length > 0 && { repeatedVariables: repeated }),
    };
  }

  private wiringOf(container: Container, instance: Instance): WiringFact[] {
    const parts = [...container.variables.keys()].flatMap((name) => WIRING.exec(name)?.groups!.part ?? []);
    return [...new Set(parts)].map((variablePart) =>
      this.wiring.find(
        variablePart,
        this.variable(container, `MODEL_${variablePart}_URL`, instance),
        this.variable(container, `MODEL_${variablePart}_DEPLOYMENT`, instance),
      ),
    );
  }

  private variable(container: Container, name: string, instance: Instance): VariableFact {
    const found = container.variables.get(name);
    if (found === undefined) {
      return { path: container.path, value: ABSENT, isSecret: false };
    }
    return found.isSecret
      ? { path: found.path, value: unknown('a secret of the app'), isSecret: true }
      : { path: found.path, value: this.attribute(found.value, instance), isSecret: false };
  }

  /** What is text without following references may hold `${`, which Terraform gives to the container as it is. */
  private attribute(value: unknown, instance: Instance): Attribute {
    const resolved = resolveValue(value, instance.scope);
    if (typeof resolved !== 'object' || resolved === null) {
      return textAttribute(resolved);
    }
    const text = this.references.textOf(value, instance);
    return text === undefined || text.includes('${') ? unknown(text ?? 'a list or an object') : known(text);
  }
}

const NO_CONTAINER: Container = {
  path: 'template',
  name: undefined,
  image: undefined,
  commands: [],
  variables: new Map(),
  hasUnread: false,
};

function mostUnread({ containers, hasUnreadContainers }: ContainerApp): Container {
  const container = containers.find(({ hasUnread }) => hasUnread) ?? containers[0] ?? NO_CONTAINER;
  return { ...container, hasUnread: container.hasUnread || hasUnreadContainers };
}
