/** What is shown while there is nothing to show: skeletons, errors with a way on, empty states. */
import {Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';

/** @param {number} n */
export const lines = (n) =>
  html`<div class="skeleton-lines" aria-hidden="true">
    ${Array.from({length: n}, () => html`<i class="skeleton"></i>`)}
  </div>`;

/**
 * @param {string} title
 * @param {string=} hint
 */
export const empty = (title, hint) =>
  html`<div class="empty">
    <p>${title}</p>
    ${hint ? html`<p class="muted">${hint}</p>` : nothing}
  </div>`;

/** @param {!Page.Failure} error */
function reason(error) {
  if (error.status === 0) return t.state.offline;
  if (error.status === 401) return t.state.ended;
  if (error.status === 404) return t.state.notFound;
  if (error.status === 403) return t.state.forbidden;
  if (error.status === 503 || error.status === 429) return t.state.busy;
  return error.message || t.state.failed;
}

/**
 * @param {!Page.Failure} error
 * @param {function(): ?} retry
 * @param {string=} label
 */
export const failure = (error, retry, label = t.state.retry) =>
  html`<div class="empty" role="alert">
    <p>${reason(error)}</p>
    <button class="button" @click=${retry}>${label}</button>
  </div>`;

/**
 * Says that what is shown could not be brought up to date.
 * @param {!Page.Failure} error
 * @param {function(): ?} retry
 */
export const outdated = (error, retry) =>
  html`<div class="outdated" role="alert">
    <span>${t.state.outdated} ${reason(error)}</span><button class="button" @click=${retry}>${t.state.retry}</button>
  </div>`;

/** Said when an answer takes so long that one wonders. */
const waiting = () => html`<p class="waits" role="status">${t.state.waiting}</p>`;

/**
 * Skeleton, error or what there is, of one request.
 * @param {!Loading<T>} loading
 * @param {?} skeleton
 * @param {function(T): ?} show
 * @return {?}
 * @template T
 */
export function shown(loading, skeleton, show) {
  const {data, error} = loading;
  const again = () => loading.again();
  if (!data) return error ? failure(error, again) : html`${loading.question ? waiting() : nothing}${skeleton}`;
  return error ? html`${outdated(error, again)}${show(data)}` : show(data);
}

/** @type {number|undefined} */
let silence;

/**
 * Says something once, for people who see and for those who listen.
 * @param {string} text
 */
export function say(text) {
  const toast = /** @type {!HTMLElement} */ (document.querySelector('#toast'));
  toast.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (toast.textContent = ''), 4000);
}

/**
 * Copies what an element shows. Over plain HTTP there is no clipboard, but what is selected can be copied all the same, if
 * not by the button then by the reader.
 * @suppress {deprecated} nothing else copies there
 * @param {!HTMLElement} shown
 */
async function copy(shown) {
  document.getSelection().selectAllChildren(shown);
  const written = await navigator.clipboard?.writeText(shown.textContent).then(
    () => true,
    () => false,
  );
  say(written || document.execCommand('copy') ? t.state.copied : t.state.selected);
}

/**
 * A secret that was made, while it is shown.
 * @param {?string} made
 * @param {string} hint
 * @param {string} label
 * @param {?=} more what else is to be done with it
 */
export const once = (made, hint, label, more = nothing) =>
  made
    ? html`<div class="once">
        <p>${hint}</p>
        ${copyable(made, label)} ${more}
      </div>`
    : nothing;

/**
 * A text to copy, with its button.
 * @param {string} value
 * @param {string} label
 */
export const copyable = (value, label) =>
  html`<div class="copyable">
    <code tabindex="0" aria-label=${label}>${value}</code>
    <button class="button" type="button" @click=${(/** ? */ event) => copy(event.currentTarget.previousElementSibling)}>
      ${t.state.copy}
    </button>
  </div>`;
