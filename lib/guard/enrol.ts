import { IConstruct } from 'constructs';
import { AppGuard } from './app-guard';
import { rememberDeclarationSite } from './declaration-site';
import { stackOf } from './host';
import { install, installOnStack } from './install';

/** Called by every construct of this package: records where the user declared it and has its whole app guarded. */
export function enrol(construct: IConstruct): void {
  rememberDeclarationSite(construct);
  const guard = AppGuard.of(construct);
  if (guard.protectByDefault()) {
    install(guard);
  }
  const stack = stackOf(construct);
  if (stack) {
    installOnStack(stack, guard);
  }
}
