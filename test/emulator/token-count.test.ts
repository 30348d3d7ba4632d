import {
  CompletionCounter,
  estimateTokens,
  jsonObject,
  promptText,
  reportedTokens,
} from '../../lib/emulator/token-count';

describe('tokens that are estimated', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['abcd', 1],
    ['abcde', 2],
    ['💥💥💥💥', 1],
  ])('%j are %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  test.each([
    [
      {
        messages: [
          { role: 'system', content: 'ab' },
          { role: 'user', content: 'cd' },
        ],
      },
      'abcd',
    ],
    [
      {
        messages: [
          {
            content: [
              { type: 'text', text: 'ab' },
              { type: 'image_url', image_url: { url: 'data:' } },
            ],
          },
        ],
      },
      'ab',
    ],
    [{ prompt: ['ab', 'cd'] }, 'abcd'],
    [{ input: 'ab', instructions: 'cd' }, 'abcd'],
    [{ input: [{ role: 'user', content: [{ type: 'input_text', text: 'ab' }] }] }, 'ab'],
    [{ messages: [null, 3, { content: null }], prompt: 5 }, ''],
    [{}, ''],
  ])('the prompt of %j is %j', (request, text) => {
    expect(promptText(request)).toBe(text);
  });
});

describe('tokens that a response reports', () => {
  test.each([
    [{ usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }, false, 7],
    [{ usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }, true, 4],
    [{ usage: { prompt_tokens: 3, total_tokens: 3 } }, true, 0],
    [{ usage: { input_tokens: 3, output_tokens: 4 } }, false, 7],
    [{ usage: { total_tokens: '7' } }, false, undefined],
    [{ usage: { total_tokens: -7 } }, false, undefined],
    [{ usage: null }, false, undefined],
    [{}, false, undefined],
  ])('%j, ignoring the prompt: %j', (response, ignorePrompt, tokens) => {
    expect(reportedTokens(response, ignorePrompt)).toBe(tokens);
  });

  test.each(['', '[]', 'null', '{', '"a"'])('%j holds no object', (text) => {
    expect(jsonObject(text)).toBeUndefined();
  });
});

describe('tokens that pass in events', () => {
  const events =
    'data: {"choices":[{"delta":{"content":"héllo wörld"}}]}\r\n\r\ndata: {"choices":[{"text":"ab"}]}\n\n' +
    'data: {"type":"response.output_text.delta","delta":"cde"}\ndata: [DONE]\n: comment\ndata: {"choices":[{"delta":{}},7]}\n';

  test('are those of the text, wherever the chunks are cut', () => {
    const bytes = Buffer.from(events);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const counter = new CompletionCounter();
      expect(counter.add(bytes.subarray(0, cut)) + counter.add(bytes.subarray(cut))).toBe(4);
    }
  });

  test('a line without end is not kept', () => {
    const counter = new CompletionCounter();
    expect(counter.add(Buffer.from(`data: {"delta":"${'a'.repeat(2 ** 20)}`))).toBe(0);
    expect(counter.add(Buffer.from('"}\ndata: {"delta":"abcd"}\n'))).toBe(1);
  });
});
