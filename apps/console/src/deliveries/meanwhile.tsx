import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionQuery } from '../hubspot/connection.js';
import { MEANWHILE } from '../hubspot/words.js';
import { Notice } from '../show/notice.js';

/** While nothing goes to HubSpot: why, and where that is mended. */
export function Meanwhile() {
  const status = useQuery(connectionQuery).data?.status;
  if (status === undefined || status === 'active') return undefined;
  const { tone, text } = MEANWHILE[status];
  return (
    <Notice tone={tone} role="status" title={text}>
      <p>
        <Link to="/settings/integrations/hubspot">To the connection</Link>
      </p>
    </Notice>
  );
}
