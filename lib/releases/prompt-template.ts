/** How placeholders in a prompt are written. */
export enum PromptTemplate {
  /** There are none: the text goes to the model as it is. */
  NONE = 'none',

  /** `{{name}}`, see https://mustache.github.io/mustache.5.html. */
  MUSTACHE = 'mustache',

  /** `{{ name }}` and `{% … %}`, see https://jinja.palletsprojects.com/en/stable/templates/. */
  JINJA2 = 'jinja2',
}
