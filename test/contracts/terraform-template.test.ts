import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, array, constantFrom, oneof, property, string } from 'fast-check';
import { terraformTemplate } from '../../lib/contracts/terraform-template';
import { terraformAvailable } from '../support/terraform/terraform-command';

const PIECES = ['$', '%', '{', '}', '$$', '%%', '${', '%{', '$${', '%%{', 'a', '\\', '"', '\n', '~', ' '];
const hostile = array(oneof(constantFrom(...PIECES), string({ unit: 'binary' })), { maxLength: 12 }).map((parts) =>
  parts.join(''),
);

const PAIRS: [string, string][] = [
  ['', ''],
  ['plain', 'plain'],
  ['$', '$'],
  ['$$', '$$'],
  ['{{name}}', '{{name}}'],
  ['{% if x %}', '{% if x %}'],
  ['$ {', '$ {'],
  ['${name}', '$${name}'],
  ['%{ if x }', '%%{ if x }'],
  ['$${name}', '$$${name}'],
  ['$$${', '$$$${'],
  ['%${', '%$${'],
  ['$%{', '$%%{'],
  ['\\${', '\\$${'],
  ['${${%{', '$${$${%%{'],
  ['<{%{name}%}>', '<{%%{name}%}>'],
];

describe('text in Terraform templates', () => {
  test.each(PAIRS)('%j is written %j', (text, template) => {
    expect(terraformTemplate(text)).toBe(template);
  });

  test('nothing of any text is evaluated, and what is doubled means itself', () => {
    assert(
      property(hostile, (text) => {
        const template = terraformTemplate(text);
        const isEvaluated = /(?<!\$)\$\{|(?<!%)%\{/.test(template);
        return !isEvaluated && template.replace(/([$%])\1(?=\{)/g, '$1') === text;
      }),
    );
  });
});

const withTerraform = terraformAvailable() ? describe : describe.skip;
if (!terraformAvailable()) {
  console.warn('NOT RUN: terraform is not installed, so nothing was evaluated: text in Terraform templates');
}

withTerraform('the real terraform', () => {
  const directory = mkdtempSync(join(tmpdir(), 'terraform-template-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('gives every escaped text back', () => {
    const texts = [...PAIRS.map(([text]) => text), ...PIECES.flatMap((a) => PIECES.map((b) => `${a}${b}{x}`))];
    const output = Object.fromEntries(texts.map((text, index) => [`o${index}`, { value: terraformTemplate(text) }]));
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ output }));
    const run = (...parameters: string[]) => spawnSync('terraform', parameters, { cwd: directory, encoding: 'utf8' });
    run('init', '-no-color');
    const applied = run('apply', '-auto-approve', '-no-color');
    expect(applied.status === 0 ? '' : applied.stderr).toBe('');
    const values = JSON.parse(run('output', '-json').stdout) as Record<string, { value: string }>;
    expect(texts.map((_, index) => values[`o${index}`]?.value)).toEqual(texts);
  }, 60_000);
});
