import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvidenceText } from '../../lib/evaluation/evidence-reader';

test('the record in docs/evidence.md is one that can be read', () => {
  const document = readFileSync(join(__dirname, '../../docs/evidence.md'), 'utf8');
  const [text] = [...document.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block]) => block);
  expect(readEvidenceText(text!, 'docs/evidence.md')).toMatchObject({ suite: 'quality', verdict: 'pass' });
});
