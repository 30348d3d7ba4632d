/** Formats (publishers) of the models that Azure deploys: https://learn.microsoft.com/azure/ai-foundry/concepts/models-overview */
const MODEL_FORMATS = [
  'AI21 Labs',
  'Alibaba',
  'Anthropic',
  'Black Forest Labs',
  'Bria',
  'Cohere',
  'Core42',
  'Deci AI',
  'DeepSeek',
  'Fireworks',
  'Gretel',
  'Meta',
  'Microsoft',
  'Mistral AI',
  'MoonshotAI',
  'NTT Data',
  'Nixtla',
  'OpenAI',
  'OpenAI-OSS',
  'StabilityAI',
  'xAI',
];

const KNOWN: ReadonlySet<string> = new Set(MODEL_FORMATS.map(keyOf));

/** Whether the text is the format of models on Azure; case, blanks, dots and dashes do not matter. */
export function isModelFormat(text: string): boolean {
  return KNOWN.has(keyOf(text));
}

function keyOf(format: string): string {
  return format.toLowerCase().replace(/[\s._-]+/g, '');
}
