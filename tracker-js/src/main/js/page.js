/** The few things that the other parts ask of the page. Nothing here throws. */

/** The same function, but one that never throws: a script that breaks the page it measures is worse than none. */
export const safe = fn => (...args) => {
  try {
    return fn(...args);
  } catch {}
};

/** Runs `fn` whenever one of the space-separated `types` happens on `target`. */
export const on = (target, types, fn) =>
  types.split(' ').map(type => target.addEventListener(type, safe(fn), true));

/** 64 random bits in at most 13 characters. crypto.randomUUID needs a secure context, this does not. */
export const randomId = () => crypto.getRandomValues(new BigUint64Array(1))[0].toString(36);
