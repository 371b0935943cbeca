import { expect, test } from 'vitest';
import { html, nothing } from './markup.js';

test('escapes every text, in attributes too, and leaves markup and numbers alone', () => {
  const hostile = `<b class="x" id='y'>&amp;`;
  const list = [html`<i>${1}</i>`, html`<i>${hostile}</i>`];
  expect(html`<p title="${hostile}">${list}${nothing}</p>`.markup).toBe(
    '<p title="&lt;b class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;"><i>1</i><i>&lt;b class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;</i></p>',
  );
});
