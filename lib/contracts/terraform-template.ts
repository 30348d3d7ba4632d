/**
 * Text as Terraform's JSON syntax has to write it so that it means itself: `${` becomes `$${` and `%{` becomes `%%{`.
 * Nothing else is special there (https://developer.hashicorp.com/terraform/language/syntax/json#strings); tried with Terraform
 * on texts that hold every mixture of `$`, `%`, `{`, backslashes and text that is escaped already.
 */
export function terraformTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
