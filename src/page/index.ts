export { html, Markup } from './html-text';
export { renderPage, type Page } from './page';
