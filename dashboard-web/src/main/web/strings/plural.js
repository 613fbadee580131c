/**
 * So many of something: one, or more than one.
 * @param {string|number} n
 * @param {string} one
 * @param {string=} many
 */
export const s = (n, one, many = `${one}s`) => `${n} ${n === '1' || n === 1 ? one : many}`;
