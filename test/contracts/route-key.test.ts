import { formatRouteKey, parseRouteKey } from '../../lib/contracts/route-key';

describe('a route key', () => {
  test.each([
    ['gpt-5.1@2025-11-13', { name: 'gpt-5.1', version: '2025-11-13' }],
    ['text-embedding-ada-002@2', { name: 'text-embedding-ada-002', version: '2' }],
    ['Llama-3.3-70B-Instruct@9', { name: 'Llama-3.3-70B-Instruct', version: '9' }],
    ['gpt-4@turbo-2024-04-09', { name: 'gpt-4', version: 'turbo-2024-04-09' }],
  ])('%s is name and version', (key, parts) => {
    expect(parseRouteKey(key)).toEqual(parts);
    expect(formatRouteKey(parts)).toBe(key);
  });

  test.each([
    '',
    'gpt-5.1',
    '@2025-11-13',
    'gpt-5.1@',
    'a@b@c',
    'gpt 5@1',
    'gpt-5.1@2025/11/13',
    '-gpt@1',
    'gpt@1\n',
    'gpt-5.1 @1',
  ])('%j is none', (text) => {
    expect(parseRouteKey(text)).toBeUndefined();
  });
});
