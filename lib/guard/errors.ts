import { IConstruct } from 'constructs';

/** `protect` was given something that is neither an App nor a stack. */
export function notAnAppOrStack(scope: IConstruct): Error {
  return new Error(
    `ModelLifecycleGuard.protect takes an App or a TerraformStack, got ${describe(scope)}; ` +
      'pass the App to guard every stack in it, or TerraformStack.of(...) to guard one',
  );
}

/** `waive` was given a construct outside every stack. */
export function waiverOutsideStack(scope: IConstruct): Error {
  return new Error(
    `ModelLifecycleGuard.waive takes a stack or a construct in one, got ${describe(scope)}; ` +
      'waive the finding on the construct that it names',
  );
}

/** The same scope is protected twice. */
export function alreadyProtected(scope: IConstruct): Error {
  return new Error(
    `${describe(scope)} is already protected by ModelLifecycleGuard.protect; ` +
      'call it once for each App or stack, with all its props',
  );
}

function describe(scope: IConstruct): string {
  const kind = scope.constructor.name;
  return scope.node.path === '' ? `the root ${kind}` : `${kind} '${scope.node.path}'`;
}
