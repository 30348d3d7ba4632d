import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FindingSeverity, LifecycleCloud, ModelLifecycleGuard, ModelLifecycleGuardProps } from '../../lib';
import { synthesise, testApp, testStack } from '../support/guarded-app';
import { deployment } from '../support/retired-places';

const folder = mkdtempSync(join(tmpdir(), 'guard-settings-'));

function file(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const overlay = (name: string, retirementDate: string) =>
  file(name, {
    schemaVersion: 1,
    name,
    asOf: '2026-11-20',
    models: [{ format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', retirementDate }],
  });

const waivers = (resource: string) =>
  file(`waivers-${resource.replace('/', '-')}.json`, {
    waivers: [{ rule: 'model-retired', resource, reason: 'hotfix has to ship', owner: 'team', expires: '2026-12-01' }],
  });

function verdict(model: [string, string], props: ModelLifecycleGuardProps) {
  const app = testApp();
  ModelLifecycleGuard.protect(app, {
    asOf: '2026-11-21',
    ...props,
    severities: { 'as-of-shifted': FindingSeverity.OFF, ...props.severities },
  });
  testStack(app, 'production', (stack) => deployment(stack, { format: 'OpenAI', name: model[0], version: model[1] }));
  return synthesise(app).thrown ?? 'passes';
}

const GPT_5_1: [string, string] = ['gpt-5.1', '2025-11-13'];

describe('props of the guard', () => {
  test.each([
    ['an overlay moves a date into the past', GPT_5_1, { overlayFiles: [overlay('a', '2026-11-21')] }, 'model-retired'],
    [
      'the last overlay wins',
      GPT_5_1,
      { overlayFiles: [overlay('b', '2026-11-21'), overlay('c', '2029-01-01')] },
      'passes',
    ],
    [
      'a catalogue of its own knows nothing else',
      GPT_5_1,
      { catalogFile: file('d', { schemaVersion: 1, sources: [], models: [] }) },
      'model-unknown',
    ],
    [
      'a waiver file covers by construct path',
      ['gpt-35-turbo', '0613'],
      { waiverFile: waivers('production/chat') },
      'passes',
    ],
    [
      'a waiver file for something else does not',
      ['gpt-35-turbo', '0613'],
      { waiverFile: waivers('staging/chat') },
      'model-retired',
    ],
    ['a preview is a warning', ['gpt-chat-latest', '2026-08-06'], { failDays: 0 }, 'passes'],
    [
      'a preview is an error when forbidden',
      ['gpt-chat-latest', '2026-08-06'],
      { failDays: 0, forbidPreviews: true },
      'model-preview',
    ],
    ['the model router is a warning', ['model-router', '2025-11-18'], {}, 'passes'],
    [
      'the model router is an error when forbidden',
      ['model-router', '2025-11-18'],
      { forbidModelRouter: true },
      'model-router',
    ],
    ['a catalogue of 60 days is fresh', GPT_5_1, { asOf: '2026-12-04', requireFresh: true }, 'passes'],
    [
      'a catalogue of 61 days is stale when a fresh one is required',
      GPT_5_1,
      { asOf: '2026-12-05', requireFresh: true },
      'catalog-stale',
    ],
    ['a stale catalogue is a warning otherwise', GPT_5_1, { asOf: '2026-12-05' }, 'passes'],
    [
      'Azure Government does not know every model',
      ['gpt-5.6-sol', '2026-07-09'],
      { cloud: LifecycleCloud.US_GOVERNMENT },
      'model-unknown',
    ],
    ['failDays moves the error', GPT_5_1, { failDays: 175, warnDays: 200 }, 'model-retiring'],
    ['failDays below the days left does not fail', GPT_5_1, { failDays: 174, warnDays: 200 }, 'passes'],
  ] as [string, [string, string], ModelLifecycleGuardProps, string][])('%s', (_, model, given, expected) => {
    expect(verdict(model, given)).toContain(expected);
  });
});
