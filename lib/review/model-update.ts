import { UpdateBreadths } from '../catalog/breadths';
import { ModelKind } from '../catalog/catalog-document';
import { ModelCatalog } from '../catalog/model-catalog';
import { sameText } from '../catalog/model-key';
import { placementOf, UpdateSubject } from '../catalog/placement';
import { classifyUpdate, UpdateClassification } from '../catalog/update-scope';
import { CalendarDate } from '../contracts/calendar-date';
import { retiredSince, retiresOn } from '../rules/lifecycle-wording';
import { RuleSettings } from '../rules/rule';
import { BreadthReview, UpdateReview } from './change-report';
import { JudgedModel, modelText } from './judged-model';

/** What a plan shows of one breadth. */
export type Sighting = Pick<BreadthReview, 'evidence' | 'detail'>;

/** What it shows of everything but the model, of which the update itself is the evidence. */
export type Evidence = Readonly<Record<Exclude<keyof UpdateBreadths, 'model'>, Sighting>>;

/** Models of these kinds answer prompts with text, as one of which nothing is known is assumed to. */
const TEXT_KINDS: ReadonlySet<ModelKind> = new Set<ModelKind>(['chat', 'reasoning', 'completion']);

/** Says what updates amount to; each pair of models is classified once. */
export class ModelUpdates {
  private readonly classified = new Map<string, UpdateClassification>();
  private readonly works = new Map<string, string>();

  constructor(
    private readonly catalog: ModelCatalog,
    private readonly asOf: CalendarDate,
    private readonly settings: RuleSettings,
  ) {}

  /** Scope and direction; nothing where one of the models cannot be read. */
  classify({ subject: from }: JudgedModel, { subject: to }: JudgedModel): UpdateClassification | undefined {
    if (from === undefined || to === undefined) {
      return undefined;
    }
    const key = JSON.stringify([from, to]);
    const known = this.classified.get(key) ?? classifyUpdate(from, to, this.catalog);
    this.classified.set(key, known);
    return known;
  }

  /** Whether both models do work of one kind, so that one can take the place of the other. */
  isSameWork({ subject: from }: JudgedModel, { subject: to }: JudgedModel): boolean {
    return from !== undefined && to !== undefined && this.workOf(from) === this.workOf(to);
  }

  /**
   * The update from one model to another; nothing where they are the same, or one cannot be read. Where it only takes back
   * what something other than Terraform did, that is why it happens.
   */
  review(from: JudgedModel, to: JudgedModel, evidence: () => Evidence, takenBack?: string): UpdateReview | undefined {
    const classification = isUpdate(from, to) ? this.classify(from, to) : undefined;
    if (classification === undefined || classification.scope === 'none') {
      return undefined;
    }
    const { scope, direction, reason, unknown } = classification;
    return {
      scope,
      direction,
      reason: unknown === undefined ? reason : `${reason} (assumed: ${unknown})`,
      ...this.driver(from, takenBack),
      breadths: breadthsOf(classification, from, to, evidence()),
    };
  }

  private workOf(subject: UpdateSubject): string {
    const key = JSON.stringify([subject.format, subject.name]);
    let work = this.works.get(key);
    if (work === undefined) {
      const { kind } = placementOf(subject, this.catalog);
      work = kind === undefined || TEXT_KINDS.has(kind) ? 'text' : kind;
      this.works.set(key, work);
    }
    return work;
  }

  private driver(from: JudgedModel, takenBack: string | undefined): Pick<UpdateReview, 'driver' | 'driverReason'> {
    const ofModel = this.driverOf(from);
    if (takenBack === undefined) {
      return ofModel;
    }
    return ofModel.driver === 'voluntary'
      ? { driver: 'voluntary', driverReason: takenBack }
      : { driver: 'required', driverReason: `${ofModel.driverReason}; ${takenBack}` };
  }

  private driverOf({ model, answer, ending }: JudgedModel): Pick<UpdateReview, 'driver' | 'driverReason'> {
    const named = modelText(model);
    if (answer === undefined) {
      return { driver: 'voluntary', driverReason: `the catalogue does not know when ${named} retires` };
    }
    if (ending === 'retired') {
      return { driver: 'required', driverReason: `${named} ${retiredSince(answer, this.asOf)}` };
    }
    const when = retiresOn(answer, this.asOf);
    if (ending === 'retiring') {
      return { driver: 'required', driverReason: `${named} ${when}` };
    }
    const { warnDays } = this.settings;
    return answer.retirementDate === undefined
      ? { driver: 'voluntary', driverReason: `no retirement date of ${named} is known` }
      : { driver: 'voluntary', driverReason: `${named} ${when}, more than the ${warnDays} days of the warning` };
  }
}

/** Whether another model, version or SKU takes the place of the old one, as far as both can be read. */
export function isUpdate(from: JudgedModel, to: JudgedModel): boolean {
  const isReadable = from.identity !== undefined && to.identity !== undefined;
  return isReadable && (from.identity !== to.identity || hasOtherSku(from, to));
}

function hasOtherSku({ model: from }: JudgedModel, { model: to }: JudgedModel): boolean {
  return from.sku !== undefined && to.sku !== undefined && !sameText(from.sku, to.sku);
}

function breadthsOf(
  { breadths, retraining }: UpdateClassification,
  from: JudgedModel,
  to: JudgedModel,
  evidence: Evidence,
): BreadthReview[] {
  const sightings: Readonly<Record<keyof UpdateBreadths, Sighting>> = {
    model: { evidence: 'changed', detail: `${changeText(from, to)}${retrainingText(retraining)}` },
    modelConfig: evidence.modelConfig,
    prompt: evidence.prompt,
    orchestrationLogic: evidence.orchestrationLogic,
    groundingData: evidence.groundingData,
  };
  return (Object.keys(sightings) as (keyof UpdateBreadths)[]).map((breadth) => ({
    breadth,
    need: breadths[breadth],
    ...sightings[breadth],
  }));
}

function changeText(from: JudgedModel, to: JudgedModel): string {
  return from.identity === to.identity
    ? `${modelText(to.model)} goes from ${from.model.sku} to ${to.model.sku}`
    : `${modelText(from.model)} gives way to ${modelText(to.model)}`;
}

function retrainingText(retraining: UpdateClassification['retraining']): string {
  return retraining === 'must'
    ? '; the old one was fine-tuned, so the new one has to be'
    : retraining === 'check'
      ? '; check whether the new one has to be fine-tuned'
      : '';
}
