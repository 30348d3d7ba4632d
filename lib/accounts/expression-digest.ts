import { createHash } from 'node:crypto';
import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * Some hexadecimal digits that stand for the values: the same at every synthesis, others for other values.
 *
 * A token counts as the Terraform expression it becomes, because the number in its text depends on what was declared before it.
 */
export function expressionDigest(scope: IConstruct, values: readonly string[], length: number): string {
  const expressions: unknown = Tokenization.resolve([...values], {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
  return createHash('sha256').update(JSON.stringify(expressions)).digest('hex').slice(0, length);
}
