import {
  BreadthReview,
  ChangeReport,
  DeploymentReview,
  ReleaseReview,
  ReviewedInput,
  ReviewedModel,
  UpdateReview,
} from '../review/change-report';
import {
  actionText,
  BREADTH_WORDS,
  dateText,
  deploymentName,
  EVIDENCE_WORDS,
  lifeText,
  modelName,
  modelOnSku,
  modelsOf,
  modelTexts,
  relatedDeployment,
  releaseText,
  scopeText,
  STAGE_WORDS,
} from './change-wording';
import { badge, code, joined, prose, section, STAGE_TONES } from './html-parts';
import { Html, html, HtmlValue } from './html-template';

const TICKS: Readonly<Record<BreadthReview['evidence'], string>> = { changed: '✓', unchanged: '○', 'not-visible': '?' };

const DESTRUCTIVE: ReadonlySet<DeploymentReview['outcome']> = new Set([
  'destroyed',
  'replaced',
  'recreated',
  'succeeded',
]);

/** What changes: plans that do not show everything, deployments and releases. */
export function changeSections({ inputs, deployments, releases }: ChangeReport): HtmlValue[] {
  const doubtful = inputs.filter(({ isComplete, isErrored }) => !isComplete || isErrored);
  return [
    section('Plans that do not show everything', doubtful.map(inputCard)),
    section('Changes', deployments.map(deploymentCard)),
    section('Releases', releases.map(releaseCard)),
  ];
}

function inputCard({ input, isComplete, isErrored }: ReviewedInput): Html {
  return html`<article class="card">
    <h3>${code(input)}</h3>
    <div class="badges">
      ${
        isErrored ? badge('look', 'planning failed half-way') : undefined
      }${isComplete ? undefined : badge('look', 'leaves changes to a later run')}
    </div>
  </article>`;
}

function deploymentCard(deployment: DeploymentReview): Html {
  const { address, previousAddress, constructPath, account, input, outcome, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  return html`<article class="card">
    <h3>${code(deploymentName(deployment))}</h3>
    ${modelChange(from, to)}
    <div class="badges">
      ${badge(DESTRUCTIVE.has(outcome) ? 'look' : 'plain', actionText(deployment))}${updateBadges(update)}
    </div>
    ${related && html`<p>${related.word} ${code(related.name)}</p>`}${lifeLines(from, to)}${updateDetail(update)}${remarkList(remarks)}
    <p class="quiet">
      ${joined(
        [
          code(address),
          constructPath === undefined ? undefined : html`construct ${code(constructPath)}`,
          previousAddress === undefined ? undefined : html`before at ${code(previousAddress)}`,
          account === undefined ? undefined : html`account ${code(account)}`,
          html`in ${code(input)}`,
        ].filter((part) => part !== undefined),
        ' · ',
      )}
    </p>
  </article>`;
}

function modelChange(from: ReviewedModel | undefined, to: ReviewedModel | undefined): Html | undefined {
  const models = modelTexts(from, to);
  return models.length === 0 ? undefined : html`<p class="models">${joined(models.map(code), ' → ')}</p> `;
}

function lifeLines(from: ReviewedModel | undefined, to: ReviewedModel | undefined): HtmlValue {
  if (from !== undefined && to !== undefined && modelOnSku(from) === modelOnSku(to)) {
    return lifeLine('Model', to);
  }
  return [lifeLine('Before', from), lifeLine('After', to)];
}

function lifeLine(word: string, model: ReviewedModel | undefined): Html | undefined {
  if (model === undefined) {
    return undefined;
  }
  const life =
    model.stage === undefined
      ? lifeText(model)
      : html`${badge(STAGE_TONES[model.stage], STAGE_WORDS[model.stage])} ${dateText(model)}`;
  return html`<p>${word}: ${code(modelName(model))} ${life}</p> `;
}

function updateBadges(update: UpdateReview | undefined): HtmlValue {
  return (
    update && [badge('plain', scopeText(update)), badge(update.driver === 'required' ? 'look' : 'plain', update.driver)]
  );
}

function updateDetail(update: UpdateReview | undefined): Html | undefined {
  if (update === undefined) {
    return undefined;
  }
  const { reason, driver, driverReason, breadths } = update;
  return html`<p><b>${scopeText(update)}:</b> ${prose(reason)}</p>
    <p><b>${driver}:</b> ${prose(driverReason)}</p>
    <ul class="breadths" aria-label="What changes along with the model">
      ${breadths.map(
        ({ breadth, need, evidence, detail }) =>
          html`<li>
            <span class="tick" aria-hidden="true">${TICKS[evidence]}</span><b>${BREADTH_WORDS[breadth]}</b> (${need}),
            ${EVIDENCE_WORDS[evidence]}: ${prose(detail)}
          </li>`,
      )}
    </ul> `;
}

function releaseCard(release: ReleaseReview): Html {
  const { label, address, predecessor, models, differences, isEvaluated } = release;
  return html`<article class="card">
    <h3>${code(label)}</h3>
    <div class="badges">${badge(isEvaluated === false ? 'look' : 'plain', releaseText(release))}</div>
    ${predecessor === undefined ? undefined : html`<p>after ${code(predecessor)}</p>`}${models.map(
      ({ role, from, to, update }) =>
        html`<p>role ${code(role)}</p>
          ${modelChange(from, to)}
          <div class="badges">${updateBadges(update)}</div>
          ${updateDetail(update)}`,
    )}${differences.length === 0 ? undefined : html`<p>differs in ${joined(differences.map(prose), ', ')}</p>`}
    <p class="quiet">${code(address)}</p>
  </article>`;
}

function remarkList(remarks: readonly string[]): Html | undefined {
  return remarks.length === 0
    ? undefined
    : html`<ul class="remarks">
        ${remarks.map((remark) => html`<li>${prose(remark)}</li>`)}
      </ul>`;
}
