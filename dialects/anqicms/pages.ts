import { createHash } from 'node:crypto';
import type { WireResponse } from '../../src/dialect';
import { siteText } from './messages';
import type { AnqicmsSite } from './site';

const style =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:24rem;margin:15vh auto;padding:0 1rem}' +
  'input,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin:.5rem 0}';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A text as a script's own string, which no markup can end. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

interface Page {
  title: string;
  /** HTML. */
  content: string;
  /** `''`: none. */
  script: string;
}

/** A page that runs its own script and no other, is framed by nobody and kept by no cache. */
function renderPage({ title, content, script }: Page, site: AnqicmsSite): WireResponse {
  const scripts = script === '' ? "'none'" : digest(script);
  const lines = [
    '<!doctype html>',
    `<html lang="${site.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    content,
    ...(script === '' ? [] : [`<script>${script}</script>`]),
    '</body>',
    '</html>',
  ];
  return {
    status: 200,
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; script-src ${scripts}; style-src ${digest(style)}; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
    },
    html: `${lines.join('\n')}\n`,
  };
}

const secondsToRead = 3;

/** The server's page that tells one message; after a success a script goes home from it (reference 4.3). */
export function messagePage(
  message: string,
  site: AnqicmsSite,
  options: { goesHome: boolean },
): WireResponse {
  const home = `${site.publicUrl}/`;
  return renderPage(
    {
      title: siteText('Info', site.language),
      content: `<h1>${escapeHtml(siteText('Info', site.language))}</h1>
<p>${escapeHtml(message)}</p>
<p><a href="${escapeHtml(home)}">${escapeHtml(siteText('Home', site.language))}</a></p>`,
      script: options.goesHome
        ? `setTimeout(function(){location.replace(${quote(home)})},${String(secondsToRead * 1000)})`
        : '',
    },
    site,
  );
}

/** Passes on what the link contained, as every front end does (reference 4.7). */
const resetScript = `(function () {
  var form = document.forms[0];
  var note = document.getElementById('note');
  var given = new URLSearchParams(location.search);
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    fetch('../../api/password/reset', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        email: given.get('email') || '',
        token: given.get('token') || '',
        code: given.get('code') || '',
        password: form.elements.password.value
      })
    }).then(function (answer) {
      return answer.json();
    }).then(function (answer) {
      note.textContent = answer.msg;
      form.hidden = answer.code === 0;
    }).catch(function () {
      note.textContent = form.dataset.failed;
    });
  });
})();`;

/** The page for a new password, for sites that have none of their own. It reads the link's values in the browser. */
export function resetPage(site: AnqicmsSite): WireResponse {
  const say = (key: Parameters<typeof siteText>[0]) => escapeHtml(siteText(key, site.language));
  return renderPage(
    {
      title: siteText('ResetPassword', site.language),
      content: `<h1>${say('ResetPassword')}</h1>
<form method="post" data-failed="${say('TryAgainLater')}">
<label>${say('NewPassword')} <input type="password" name="password" autocomplete="new-password" required></label>
<button>${say('Confirm')}</button>
</form>
<p id="note" role="status"></p>
<noscript><p>${say('PageNeedsScript')}</p></noscript>`,
      script: resetScript,
    },
    site,
  );
}
