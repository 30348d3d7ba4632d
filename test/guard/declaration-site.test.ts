import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { declarationSiteOf, rememberDeclarationSite } from '../../lib/guard/declaration-site';
import { testApp } from '../support/guarded-app';

function remembered(app: App): Construct {
  const construct = new Construct(new TerraformStack(app, 'stack'), 'construct');
  rememberDeclarationSite(construct);
  return construct;
}

describe('the declaration site', () => {
  test('is file and line of the code outside this package that constructs', () => {
    expect(declarationSiteOf(remembered(testApp()))).toMatch(/^test\/guard\/declaration-site\.test\.ts:8$/);
  });

  test('of a construct inside is that of the nearest one above that is known', () => {
    const inner = new Construct(new Construct(remembered(testApp()), 'a'), 'b');
    expect(declarationSiteOf(inner)).toBe('test/guard/declaration-site.test.ts:8');
  });

  test('is unknown where none was remembered', () => {
    expect(declarationSiteOf(new TerraformStack(testApp(), 'stack'))).toBeUndefined();
  });

  test('leaves the length of stack traces as it was', () => {
    const before = Error.stackTraceLimit;
    remembered(testApp());
    expect(Error.stackTraceLimit).toBe(before);
  });
});
