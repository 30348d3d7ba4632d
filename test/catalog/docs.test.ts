import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breadthsOf, UpdateScope } from '../../lib/catalog/breadths';
import { OverlayDocument } from '../../lib/catalog/catalog-document';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { classifyUpdate } from '../../lib/catalog/update-scope';

function page(name: string): string {
  return readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');
}

function overlayOn(name: string): OverlayDocument {
  const [, json] = /```json\n([\s\S]*?)```/.exec(page(name))!;
  return JSON.parse(json!) as OverlayDocument;
}

describe('the overlay on the page about the catalogue', () => {
  const catalog = ModelCatalog.bundled().withOverlay(overlayOn('catalogue.md'));

  test.each([
    [{ name: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard' }, '2027-06-30'],
    [{ name: 'gpt-4o', version: '2024-08-06', sku: 'ProvisionedManaged' }, '2027-03-31'],
    [{ name: 'gpt-4o', version: '2024-08-06', sku: 'Standard' }, '2026-03-31'],
    [{ name: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard', scope: 'fine-tune' as const }, '2028-06-30'],
    [{ name: 'gpt-7', version: '2026-11-15' }, '2027-02-15'],
    [{ name: 'claims-chat', version: '1' }, '2028-04-13'],
    [{ name: 'acme-lm-2', version: '1' }, undefined],
  ])('%j retires on %s', (query, retirementDate) => {
    const found = catalog.lookup(query, '2026-11-21');
    expect(found.kind === 'known' && found.answer.retirementDate).toBe(retirementDate);
  });

  test('places its new models', () => {
    expect(classifyUpdate({ name: 'gpt-6-sol' }, { name: 'gpt-7' }, catalog).scope).toBe('major-version');
    expect(classifyUpdate({ name: 'gpt-5' }, { name: 'acme-lm-2' }, catalog).scope).toBe('model-change-specialised');
  });
});

test('the overlay on the page about update scopes can be used', () => {
  const catalog = ModelCatalog.bundled().withOverlay(overlayOn('update-scope.md'));
  expect(classifyUpdate({ name: 'gpt-4' }, { name: 'Prizedata' }, catalog).scope).toBe('model-change-specialised');
});

test('the example on the page about update scopes prints what the page says', () => {
  const classified = classifyUpdate(
    { name: 'gpt-4.1', version: '2025-04-14' },
    { name: 'gpt-5.1', version: '2025-11-13' },
  );
  const written = page('update-scope.md');
  expect(written).toContain(`scope: '${classified.scope}', direction: '${classified.direction}'`);
  expect(written).toContain(`reason: '${classified.reason}'`);
  expect(written).toContain(
    Object.entries(classified.breadths)
      .map(([breadth, need]) => `${breadth}: '${need}'`)
      .join(', '),
  );
});

test('the table of breadths is the one that is used', () => {
  const rows = page('update-scope.md').matchAll(/^\| (`[a-z`, -]+`) \| ((?:(?:must|likely|check) \| ?){5})$/gm);
  const written = [...rows].flatMap(([, scopes, needs]) =>
    scopes!
      .split(', ')
      .map((scope) => [scope.replaceAll('`', ''), needs!.split(' | ').map((need) => need.replace(' |', ''))]),
  ) as [UpdateScope, string[]][];
  expect(written).toHaveLength(8);
  for (const [scope, needs] of written) {
    expect(Object.values(breadthsOf(scope))).toEqual(needs);
  }
});
