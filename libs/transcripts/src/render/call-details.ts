import type { CallDetails } from '@app/crm';
import type { ClosedConversation } from '../conversations/conversation.js';
import { carriableLine } from './carriable.js';
import { isCallRecordingUrl } from './passages.js';

const MAX_TITLE_UNITS = 255;

/** What the CRM's Call holds besides its body. An address of a recording that isn't https stands in the body instead. */
export function callDetailsOf({ direction, subject, voice }: ClosedConversation): CallDetails {
  const { durationMs, fromNumber, toNumber, callStatus, recordingUrl } = voice ?? { callStatus: 'COMPLETED' };
  const title =
    carriableLine(subject ?? '', MAX_TITLE_UNITS) || (direction === 'inbound' ? 'Inbound call' : 'Outbound call');
  return {
    title,
    direction,
    status: callStatus,
    ...(durationMs !== undefined && { durationMs }),
    ...(fromNumber !== undefined && { fromNumber }),
    ...(toNumber !== undefined && { toNumber }),
    ...(recordingUrl !== undefined && isCallRecordingUrl(recordingUrl) && { recordingUrl }),
  };
}
