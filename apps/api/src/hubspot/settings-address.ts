/** Settings → Integrations → HubSpot in the console, and the link behind its button. */
export const SETTINGS_PATH = '/settings/integrations/hubspot';
export const CONNECT_PATH = `${SETTINGS_PATH}/connect`;
