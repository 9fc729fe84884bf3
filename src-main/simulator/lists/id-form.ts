const form = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/

/** Whether a value may be an id that was chosen. */
export const isIdLike = (value: unknown): value is string => typeof value === 'string' && form.test(value)

/** What ids must be, after the word for the thing that is one. */
export const idRule =
  "must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char"
