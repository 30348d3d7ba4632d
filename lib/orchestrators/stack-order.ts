import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/** Has the stack of what an app calls applied before the app's, if it is another one. */
export function applyFirst(called: IConstruct, app: IConstruct): void {
  const stack = TerraformStack.of(app);
  const other = TerraformStack.of(called);
  if (other !== stack && !stack.dependencies.includes(other)) {
    stack.addDependency(other);
  }
}
