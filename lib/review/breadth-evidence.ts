import { andMore } from '../contracts/and-more';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { JudgedModel } from './judged-model';
import { Evidence, Sighting } from './model-update';
import { compareReleases, Difference, digestOf, promptsOf, ReleaseDifferences } from './release-comparison';
import { Binding, PlacedRelease, ReleaseIndex } from './release-index';
import { ReleaseSuccession } from './release-succession';
import { ReviewedStack } from './reviewed-stack';

/** A role before and after the plan. */
interface ComparedRole {
  readonly role: string;
  readonly before: PlacedRelease;
  readonly after: PlacedRelease;
}

/** Where the new model of an update stands, if it is a deployment's. */
export interface DeployedAt {
  readonly stack: ReviewedStack;
  readonly fact: DeploymentFact;
}

const MOST_NAMED = 4;

const NO_RELEASE: Sighting = { evidence: 'not-visible', detail: 'no release under review binds it' };

/**
 * Looks for what changes along with a model: in the releases of the same plans that bind it, each compared with the
 * release whose place it takes. Capacity, SKU and content filter of a deployment are no evidence of a changed model
 * config: they alter how much is answered and where, not what is asked of the model.
 */
export class BreadthEvidence {
  private readonly byModels = new Map<string, Evidence>();

  constructor(
    private readonly before: ReleaseIndex,
    private readonly after: ReleaseIndex,
    private readonly succession: ReleaseSuccession,
  ) {}

  /** For the model of one role of a release. */
  ofRole(before: PlacedRelease, after: PlacedRelease, role: string): Evidence {
    return evidenceOf([{ role, before, after }]);
  }

  /** For a deployment. */
  ofDeployment(from: JudgedModel, to: JudgedModel, at: DeployedAt): Evidence {
    const callers = this.after.callersOf(at.stack, at.fact);
    if (callers.length > 0) {
      return this.ofBindings(callers, from, to);
    }
    const key = JSON.stringify([at.stack.input, from.identity, to.identity]);
    const known = this.byModels.get(key) ?? this.ofBindings(this.bindingsOf(from, to, at.stack), from, to);
    this.byModels.set(key, known);
    return known;
  }

  /** Releases that are new with the model; without any, those that stay with the old one. */
  private bindingsOf(
    { identity: from }: JudgedModel,
    { identity: to }: JudgedModel,
    { input }: ReviewedStack,
  ): readonly Binding[] {
    // Another stack may have releases of the same model on an account of its own.
    const isNear = ({ release: { stack } }: Binding) => stack.input === input;
    const isNew = ({ release: { stack, label } }: Binding) => this.before.inStack(stack, label) === undefined;
    const binding =
      to === undefined ? [] : this.after.bindingTo(to).filter((binding) => isNear(binding) && isNew(binding));
    return binding.length > 0 || from === undefined ? binding : this.after.bindingTo(from).filter(isNear);
  }

  private ofBindings(bindings: readonly Binding[], from: JudgedModel, to: JudgedModel): Evidence {
    const compared = bindings.flatMap(({ release, role }) => {
      const before = this.succession.counterpartOf(release);
      return before === undefined ? [] : [{ role, before, after: release }];
    });
    if (compared.length === 0 && bindings.length > 0) {
      const detail = `release ${bindings[0]!.release.label} is new and no earlier one is there to compare it with`;
      return sameForAll({ evidence: 'not-visible', detail });
    }
    const identities = ({ role, before, after }: ComparedRole) => [
      this.before.modelsOf(before).get(role)?.identity,
      this.after.modelsOf(after).get(role)?.identity,
    ];
    const going = (old: JudgedModel, current: JudgedModel) =>
      compared.filter((one) => {
        const [before, after] = identities(one);
        return before === old.identity && after === current.identity;
      });
    // A release that had the new model before, or goes elsewhere, says nothing of this update.
    const exact = going(from, to);
    return evidenceOf(exact.length > 0 ? exact : going(from, from));
  }
}

function evidenceOf(compared: readonly ComparedRole[]): Evidence {
  if (compared.length === 0) {
    return sameForAll(NO_RELEASE);
  }
  const each = compared.map((one) => ({ label: one.after.label, evidence: compare(one) }));
  const merged = (breadth: keyof Evidence) =>
    merge(each.map(({ label, evidence }) => ({ label, ...evidence[breadth] })));
  return {
    modelConfig: merged('modelConfig'),
    prompt: merged('prompt'),
    orchestrationLogic: merged('orchestrationLogic'),
    groundingData: merged('groundingData'),
  };
}

function compare({ role, before, after }: ComparedRole): Evidence {
  if (before.manifest === undefined || after.manifest === undefined) {
    const label = after.manifest === undefined ? after.label : before.label;
    const unread: Sighting = { evidence: 'not-visible', detail: `the manifest of release ${label} cannot be read` };
    return { ...sameForAll(unread), orchestrationLogic: imageSighting(before, after) ?? unread };
  }
  const differences = compareReleases(before.manifest, after.manifest, role);
  const { knowledge } = after.manifest;
  return {
    modelConfig: sighting(differences.config, `the config of role '${role}' stays as it is`),
    prompt: sighting(differences.prompts, promptsStay(differences, promptsOf(after.manifest, role).size, role)),
    orchestrationLogic: sighting(
      differences.logic,
      `the image stays, and so does orchestration ${after.manifest.orchestration}`,
    ),
    groundingData:
      differences.grounding.length === 0 && knowledge === undefined
        ? { evidence: 'not-visible', detail: `release ${after.label} names no index` }
        : sighting(
            differences.grounding,
            `index '${knowledge?.index}' stays, embedded by ${knowledge?.embeddingModel}`,
          ),
  };
}

function promptsStay({ reassigned }: ReleaseDifferences, count: number, role: string): string {
  if (count === 0) {
    return `no prompt goes to role '${role}'`;
  }
  const stay = `the prompts of role '${role}' keep their texts`;
  return reassigned.length === 0 ? stay : `${stay}; made for other versions now: ${listed(reassigned)}`;
}

/** The image alone tells of a change of the code where no manifest can be read. */
function imageSighting(before: PlacedRelease, after: PlacedRelease): Sighting | undefined {
  const [old, current] = [valueOf(before.orchestrator.image), valueOf(after.orchestrator.image)];
  if (old === undefined || current === undefined) {
    return undefined;
  }
  return sighting(
    digestOf(old) === digestOf(current) ? [] : [{ detail: 'another image', subject: 'image' }],
    'the image stays',
  );
}

function sighting(differences: readonly Difference[], unchanged: string): Sighting {
  return differences.length > 0
    ? { evidence: 'changed', detail: listed(differences.map(({ detail }) => detail)) }
    : { evidence: 'unchanged', detail: unchanged };
}

/** What any release shows changed is changed; who shows it is said where there are several. */
function merge(sightings: readonly (Sighting & { readonly label: string })[]): Sighting {
  for (const evidence of ['changed', 'unchanged', 'not-visible'] as const) {
    const seen = sightings.filter((one) => one.evidence === evidence);
    if (seen.length > 0) {
      const details =
        sightings.length === 1 ? [seen[0]!.detail] : seen.map(({ label, detail }) => `${label}: ${detail}`);
      return { evidence, detail: listed([...new Set(details)], '; ') };
    }
  }
  return NO_RELEASE;
}

function listed(texts: readonly string[], separator = ', '): string {
  const rest = texts.length - MOST_NAMED;
  return [...texts.slice(0, MOST_NAMED), ...(rest > 0 ? [andMore(rest)] : [])].join(separator);
}

function sameForAll(one: Sighting): Evidence {
  return { modelConfig: one, prompt: one, orchestrationLogic: one, groundingData: one };
}
