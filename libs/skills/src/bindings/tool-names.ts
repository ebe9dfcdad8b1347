/** The Connector Pack's skills: a binding by one of these names would keep the pack from installing its own. */
export const PACK_NAMES: readonly string[] = [
  'find_contact',
  'find_company',
  'find_ticket',
  'create_contact',
  'update_contact',
  'create_ticket',
  'create_deal',
];
