/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

type Content = Markup | string | number | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const textOf = (content: Content): string => {
  if (typeof content === 'string') return content.replace(/[&<>"']/g, (character) => entities[character]!);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(({ markup }) => markup).join('');
};

/**
 * HTML from a template: every text put into it is escaped, in attributes (which need quotes) too; markup stays.
 *
 * @example html`<p title="${file}">${file}</p>`.markup
 */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Markup => ({
  markup: strings
    .map((text, index) => text + (index < contents.length ? textOf(contents[index]!) : ''))
    .join(''),
});

/** No markup. */
export const nothing: Markup = { markup: '' };
