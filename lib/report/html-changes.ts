import { inputName } from '../contracts/input-name';
import {
  ChangeReport,
  DeploymentReview,
  ReleaseReview,
  ReviewedInput,
  ReviewedModel,
  UpdateReview,
} from '../review/change-report';
import { ReviewedSubject, subjectOf } from '../review/reviewed-subject';
import { accountText } from './account-text';
import {
  actionText,
  breadthWord,
  dateText,
  deploymentName,
  evidenceText,
  groupedBreadths,
  inputStates,
  lifeText,
  modelName,
  modelOnSku,
  modelsOf,
  modelTexts,
  relatedDeployment,
  releaseText,
  scopeText,
  STAGE_WORDS,
  TICKS,
} from './change-wording';
import { evidencePieces } from './evaluation-wording';
import { badge, code, joined, MOST_ENTRIES, prose, section, STAGE_TONES } from './html-parts';
import { Html, html, HtmlValue } from './html-template';
import { hasUpdates, LEGEND } from './legend';
import { UpdateTeller, updateTeller } from './told-updates';

const DESTRUCTIVE: ReadonlySet<DeploymentReview['outcome']> = new Set([
  'destroyed',
  'replaced',
  'recreated',
  'superseded',
]);

/** What changes: plans that do not show everything, deployments and releases. */
export function changeSections(changes: ChangeReport): HtmlValue[] {
  const { inputs, deployments, releases } = changes;
  const subject = subjectOf(changes);
  const toldBy = updateTeller(changes, MOST_ENTRIES);
  const doubtful = inputs.filter(({ isComplete, isErrored }) => !isComplete || isErrored);
  return [
    section('Plans that do not show everything', doubtful.map(inputCard)),
    section(
      'Changes',
      deployments.map((deployment) => deploymentCard(deployment, subject, toldBy)),
    ),
    section(
      'Releases',
      releases.map((release) => releaseCard(release, subject)),
    ),
    hasUpdates(changes) ? legend() : undefined,
  ];
}

function legend(): Html {
  return html`<details>
    <summary>What the words mean</summary>
    ${LEGEND.map(({ term, meaning }) => html`<p><b>${term}:</b> ${meaning}</p> `)}
  </details> `;
}

function inputCard(input: ReviewedInput): Html {
  return html`<article class="card">
    <h3>${code(inputName(input.input))}</h3>
    <div class="badges">${badge('look', inputStates(input))}</div>
  </article>`;
}

function deploymentCard(deployment: DeploymentReview, subject: ReviewedSubject, toldBy: UpdateTeller): Html {
  const { address, previousAddress, constructPath, account, input, outcome, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  const teller = update && toldBy(update);
  return html`<article class="card">
    <h3>${code(deploymentName(deployment))}</h3>
    ${modelChange(from, to)}
    <div class="badges">
      ${badge(DESTRUCTIVE.has(outcome) ? 'look' : 'plain', actionText(deployment))}${updateBadges(update)}
    </div>
    ${related && html`<p>${related.word} ${code(related.name)}</p>`}${lifeLines(from, to)}${teller === undefined ? updateDetail(update, subject) : html`<p>Why, and what changes along with it: see release ${code(teller)}</p>`}${remarkList(remarks)}
    <p class="quiet">
      ${joined(
        [
          code(address),
          constructPath === undefined ? undefined : html`construct ${code(constructPath)}`,
          previousAddress === undefined ? undefined : html`before at ${code(previousAddress)}`,
          account === undefined ? undefined : html`account ${code(accountText(account))}`,
          html`in ${code(inputName(input))}`,
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

function updateDetail(update: UpdateReview | undefined, subject: ReviewedSubject): Html | undefined {
  if (update === undefined) {
    return undefined;
  }
  const { scope, reason, driver, driverReason } = update;
  return html`<p><b>${scopeText(update)}:</b> ${prose(reason)}</p>
    <p><b>${driver}:</b> ${prose(driverReason)}</p>
    <ul class="breadths" aria-label="What changes along with the model">
      ${groupedBreadths(update).map((breadths) => {
        const { evidence, detail } = breadths[0]!;
        const named = breadths.map(({ breadth, need }) => html`<b>${breadthWord(breadth, scope)}</b> (${need})`);
        return html`<li>
          <span class="tick" aria-hidden="true">${TICKS[evidence]}</span>${joined(named, ', ')},
          ${evidenceText(evidence, subject)}: ${prose(detail)}
        </li>`;
      })}
    </ul> `;
}

function releaseCard(release: ReleaseReview, subject: ReviewedSubject): Html {
  const { label, address, predecessor, models, differences } = release;
  const evidence = evidencePieces(release, code);
  return html`<article class="card">
    <h3>${code(label)}</h3>
    <div class="badges">${badge('plain', releaseText(release))}</div>
    ${predecessor === undefined ? undefined : html`<p>after ${code(predecessor)}</p>`}${models.map(
      ({ role, from, to, update }) =>
        html`<p>role ${code(role)}</p>
          ${modelChange(from, to)}
          <div class="badges">${updateBadges(update)}</div>
          ${updateDetail(update, subject)}`,
    )}${differences.length === 0 ? undefined : html`<p>differs in ${joined(differences.map(prose), ', ')}</p>`}${evidence.length === 0 ? undefined : html`<p>${evidence}</p>`}
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
