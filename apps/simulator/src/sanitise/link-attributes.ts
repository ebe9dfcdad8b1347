/** What every link carries when it is shown: it opens beside the CRM and tells the page it leads to nothing. */
export const safeLink = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const;

/** The same, as the serialiser writes it. */
export const linkAttributes = ` target="${safeLink.target}" rel="${safeLink.rel}"`;
