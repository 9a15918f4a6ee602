/** Every effect with the words for it, from what matters most to what matters least. */
export const EFFECTS = {
  rejected: 'rejected',
  deleted: 'deleted',
  'pods-replaced': 'rolled out',
  updated: 'updated',
  created: 'created',
  none: 'unchanged',
} as const;

/**
 * What applying an object does:
 *
 * - `none`: the server holds the same as before
 * - `created`, `deleted`
 * - `updated`: it changes in place, and pods keep running
 * - `pods-replaced`: the template of its pods changes
 * - `rejected`: the API server refuses it
 */
export type Effect = keyof typeof EFFECTS;
