/** What agents may do with HubSpot's contacts, and what they see of them (PRODUCT.md §4). */
export interface Options {
  /** Agents may look contacts up in HubSpot when they begin a chat. */
  outboundSearch: boolean;
  /** Nothing outbound is opened without a HubSpot contact. Only together with `outboundSearch`. */
  outboundOnlyMatches: boolean;
  /** Names of further contact properties in the panel, in the order in which they are shown. */
  panelProperties: string[];
}

export const DEFAULT_OPTIONS: Options = { outboundSearch: false, outboundOnlyMatches: false, panelProperties: [] };

/** Only what is given changes. */
export type OptionsChange = Partial<Options>;

/**
 * The options after a change; undefined for one that asks for what can't stand alone. Taking the search away takes with it
 * what depends on it.
 */
export function applyChange(current: Options, change: OptionsChange): Options | undefined {
  const next: Options = {
    outboundSearch: change.outboundSearch ?? current.outboundSearch,
    outboundOnlyMatches:
      change.outboundOnlyMatches ?? (change.outboundSearch === false ? false : current.outboundOnlyMatches),
    panelProperties: [...new Set(change.panelProperties ?? current.panelProperties)],
  };
  return next.outboundOnlyMatches && !next.outboundSearch ? undefined : next;
}
