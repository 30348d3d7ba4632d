import { listOf, row } from './rows';

const on = (day: string) => `${day}T00:00:00Z`;
const tuned = (name: string, day?: string) => ({
  name,
  scope: 'Finetune',
  deprecationDate: day === undefined ? null : on(day),
});

function fineTuneOf(fields: object) {
  const { document } = listOf([row({ name: 'ft-9', ...fields })]);
  return document.models.find(({ name }) => name === 'ft-9')?.fineTune;
}

test('a SKU for fine-tuned models says that the model can be tuned, so that the end of training counts', () => {
  const fields = { deprecation: { fineTune: on('2027-05-01') }, skus: [tuned('Standard', '2028-05-01')] };
  expect(fineTuneOf(fields)).toMatchObject({ trainingRetirementDate: '2027-05-01' });
});

test('the end of training of a model that cannot be tuned is none', () => {
  expect(fineTuneOf({ deprecation: { fineTune: on('2027-05-01') } })).toBeUndefined();
});
