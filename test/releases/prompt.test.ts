import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ModelVersion } from '../../lib/accounts';
import { Prompt, PromptOptions, PromptTemplate } from '../../lib/releases';
import { GPT_4O, GPT_51, messageOf, temporaryFiles } from './support';

const files = temporaryFiles();
const options: PromptOptions = { madeFor: [GPT_51] };

describe('a prompt written in the program', () => {
  test('is one message for the chat model, without placeholders', () => {
    expect({ ...Prompt.inline('Answer.\r\n', options) }).toEqual({
      text: 'Answer.\r\n',
      madeFor: [GPT_51],
      model: 'chat',
      template: 'none',
      inputs: [],
      cutIntoMessages: false,
    });
  });

  test('names its role, its template and its inputs', () => {
    const given = Prompt.inline('Hello {{name}}', {
      madeFor: [GPT_51, GPT_4O],
      model: 'reasoning',
      template: PromptTemplate.MUSTACHE,
      inputs: ['name'],
    });
    expect(given).toMatchObject({
      model: 'reasoning',
      template: 'mustache',
      inputs: ['name'],
      madeFor: [GPT_51, GPT_4O],
    });
  });

  test.each<[string, unknown, unknown, string]>([
    ['an empty text', ' \n', options, 'the prompt is empty; write what the model is to be told'],
    ['no text', undefined, options, 'the prompt is empty; write what the model is to be told'],
    [
      'a NUL character',
      'a\0b',
      options,
      'the prompt holds a NUL character, which no environment variable can carry; remove it',
    ],
    [
      'half a character',
      'a\ud800b',
      options,
      'the prompt is no Unicode text: it holds half of a surrogate pair; remove it',
    ],
    [
      'no model version',
      'a',
      { madeFor: [] },
      "the prompt does not say which model versions it is made for; list them as madeFor, for instance [ModelVersion.openAi('gpt-5.1', '2025-11-13')]",
    ],
    [
      'no options',
      'a',
      undefined,
      "the prompt does not say which model versions it is made for; list them as madeFor, for instance [ModelVersion.openAi('gpt-5.1', '2025-11-13')]",
    ],
    [
      'one text for a list of inputs',
      'a',
      { ...options, template: 'jinja2', inputs: 'abc' },
      "the prompt, inputs is 'abc'; write a list of names, for instance ['question']",
    ],
    [
      'a hole for a model version',
      'a',
      { madeFor: new Array(1) },
      "the prompt, madeFor[0] is undefined; write ModelVersion.openAi('gpt-5.1', '2025-11-13')",
    ],
    [
      'a route key for a model version',
      'a',
      { madeFor: ['gpt-5.1@2025-11-13'] },
      "the prompt, madeFor[0] is 'gpt-5.1@2025-11-13'; write ModelVersion.openAi('gpt-5.1', '2025-11-13')",
    ],
    [
      'a role that is no word',
      'a',
      { ...options, model: 'My model' },
      "the prompt, model 'My model' is not valid: write 1 to 31 lower-case letters, digits and dashes, starting with a letter, for instance 'chat'",
    ],
    [
      'an unknown template',
      'a',
      { ...options, template: 'erb' },
      "template 'erb' of the prompt is not known; write 'none' or 'mustache' or 'jinja2'",
    ],
    [
      'inputs without template',
      'a',
      { ...options, inputs: ['b'] },
      'the prompt names inputs and has no template, so nothing would fill them in; pass template: PromptTemplate.MUSTACHE or PromptTemplate.JINJA2, or leave inputs out',
    ],
    [
      'an input that templates could take for something else',
      'a',
      { ...options, template: 'jinja2', inputs: ['__proto__'] },
      "the prompt, input '__proto__' is not valid: write 1 to 128 letters, digits, '.', '_' and '-', starting with a letter, for instance 'question'",
    ],
    [
      'an input twice',
      'a',
      { ...options, template: 'jinja2', inputs: ['b', 'b'] },
      "the prompt lists the input 'b' twice; remove one",
    ],
  ])('is refused with %s', (_, text, given, message) => {
    expect(messageOf(() => Prompt.inline(text as string, given as PromptOptions))).toBe(message);
  });

  test('does not change with the lists that it was made of', () => {
    const madeFor = [GPT_51];
    const inputs = ['a'];
    const given = Prompt.inline('{{a}}', { madeFor, inputs, template: PromptTemplate.JINJA2 });
    madeFor.push(GPT_4O);
    inputs.push('b');
    expect(given).toMatchObject({ madeFor: [GPT_51], inputs: ['a'] });
    expect(() => given.madeFor.push(ModelVersion.openAi('a', '1'))).toThrow(TypeError);
  });
});

describe('a prompt from a file', () => {
  test.each([
    ['as it is', 'Answer.\n\tBriefly: ä €\u{1F600}\n'],
    ['with line ends of Windows', 'Answer.\r\n\tBriefly: ä €\u{1F600}\r\n'],
    ['with a byte order mark', '\uFEFFAnswer.\n\tBriefly: ä €\u{1F600}\n'],
  ])('is the same text %s', (name, content) => {
    expect(Prompt.fromFile(files.write(`${name}.md`, content), options).text).toBe(
      'Answer.\n\tBriefly: ä €\u{1F600}\n',
    );
  });

  test('is found from the working directory', () => {
    const path = files.write('relative.md', 'Answer.');
    expect(Prompt.fromFile(relative(process.cwd(), path), options).text).toBe('Answer.');
  });

  test('is refused with the absolute path of what is not there', () => {
    expect(messageOf(() => Prompt.fromFile('no/such.md', options))).toBe(
      `prompt file '${join(process.cwd(), 'no/such.md')}' does not exist; give the path of a text file, absolute or from the working directory`,
    );
  });

  test.each([undefined, 7, {}])('is refused with %j for a path', (path) => {
    expect(messageOf(() => Prompt.fromFile(path as string, options))).toContain('the path of a prompt file is ');
  });

  test('is refused if it is a directory or a device', () => {
    mkdirSync(join(files.directory, 'directory'));
    for (const path of [join(files.directory, 'directory'), '/dev/null', '']) {
      expect(messageOf(() => Prompt.fromFile(path, options))).toMatch(
        /^prompt file '.*' is not a file but a directory or a device; give the path of a text file/,
      );
    }
  });

  test.each<[string, Buffer]>([
    ['Latin-1', Buffer.from('caf\xe9', 'latin1')],
    ['UTF-16', Buffer.from('\uFEFFAnswer', 'utf16le')],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])],
  ])('is refused in %s', (name, bytes) => {
    const path = files.write(`${name}.md`, bytes);
    expect(messageOf(() => Prompt.fromFile(path, options))).toBe(
      `prompt file '${path}' is not UTF-8 text; save it as UTF-8`,
    );
  });

  test.each([
    ['empty', '\r\n', 'is empty; write what the model is to be told'],
    ['NUL', 'a\0', 'holds a NUL character, which no environment variable can carry; remove it'],
  ])('is refused if its text is refused: %s', (name, content, problem) => {
    const path = files.write(`${name}.txt`, content);
    expect(messageOf(() => Prompt.fromFile(path, options))).toBe(`prompt file '${path}' ${problem}`);
  });
});
