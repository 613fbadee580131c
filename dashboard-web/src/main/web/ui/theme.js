/** Light, dark, or as the system says. */
const KEY = 'millrace-theme';

export const theme = {
  /** @param {?string} asked by the address */
  start(asked) {
    let chosen = asked;
    try {
      chosen ??= localStorage.getItem(KEY);
    } catch {
      // an embedding page may forbid storage: the system's choice stays
    }
    if (chosen && ['light', 'dark'].includes(chosen)) document.documentElement.dataset['theme'] = chosen;
  },

  toggle() {
    const now =
      document.documentElement.dataset['theme'] ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    const next = now === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // holds for this page at least
    }
  },
};
