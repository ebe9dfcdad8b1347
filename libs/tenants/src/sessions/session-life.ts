/** Unused for this long, a session is over. */
export const IDLE_SECONDS = 12 * 3_600;

/** And however much it is used, after this: a stolen cookie is worth no more than a week. */
export const ABSOLUTE_SECONDS = 7 * 86_400;
