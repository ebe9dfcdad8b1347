import type { PropertyDefinition } from './catalogue-types.js';
import {
  calculated,
  choice,
  commonProperties,
  datetime,
  flag,
  html,
  inGroup,
  number,
  readOnly,
  text,
  textarea,
} from './common-properties.js';
import type { PropertyTraits } from './define-property.js';

/** What every engagement has beside its own body; `hs_timestamp` is where it stands on the timeline. */
const engagementProperties = (groupName: string): PropertyDefinition[] => [
  ...inGroup(groupName, [
    ['hs_timestamp', 'Activity date', datetime],
    ['hs_createdate', 'Create date', readOnly(datetime)],
    ['hs_lastmodifieddate', 'Last modified date', readOnly(datetime)],
    ['hs_attachment_ids', 'Attachment IDs', text],
    ['hs_activity_type', 'Activity type', text],
    ['hs_body_preview', 'Body preview', calculated(text)],
    ['hs_body_preview_html', 'HTML body preview', calculated(text)],
    ['hs_body_preview_is_truncated', 'Body preview truncated', calculated(flag)],
    ['hs_engagement_source', 'Engagement source', readOnly(text)],
    ['hs_engagement_source_id', 'Engagement source ID', readOnly(text)],
    ['hs_modified_by', 'Updated by', readOnly(number)],
    ['hs_created_by', 'Activity created by', readOnly(number)],
    ['hs_queue_membership_ids', 'Queue memberships', text],
    ['hs_at_mentioned_owner_ids', 'At-mentioned owner IDs', text],
  ]),
  ...commonProperties(groupName),
];

const callStatuses = choice(
  ['BUSY', 'Busy'],
  ['CALLING_CRM_USER', 'Calling CRM User'],
  ['CANCELED', 'Canceled'],
  ['COMPLETED', 'Completed'],
  ['CONNECTING', 'Connecting'],
  ['FAILED', 'Failed'],
  ['IN_PROGRESS', 'In Progress'],
  ['NO_ANSWER', 'No Answer'],
  ['QUEUED', 'Queued'],
  ['RINGING', 'Ringing'],
);

/** Every portal starts with these six outcomes; a portal may add its own. Source: FACTS §4. */
const callDispositions = choice(
  ['9d9162e7-6cf3-4944-bf63-4dff82258764', 'Busy'],
  ['f240bbac-87c9-4f6e-bf70-924b57d47db7', 'Connected'],
  ['a4c4c377-d246-4b32-a13b-75a56a4cd0ff', 'Left live message'],
  ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
  ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
  ['17b47fee-58de-441e-a44c-c6300d46f273', 'Wrong number'],
);

export const noteProperties: readonly PropertyDefinition[] = [
  ...inGroup('notesinformation', [['hs_note_body', 'Note body', html]]),
  ...engagementProperties('notesinformation'),
];

export const callProperties: readonly PropertyDefinition[] = [
  ...inGroup('call', [
    ['hs_call_title', 'Call Title', text],
    ['hs_call_body', 'Call notes', html],
    ['hs_call_direction', 'Call direction', choice(['INBOUND', 'Inbound'], ['OUTBOUND', 'Outbound'])],
    ['hs_call_disposition', 'Call outcome', callDispositions],
    ['hs_call_disposition_label', 'Call outcome label', calculated(text)],
    ['hs_call_duration', 'Call duration', number],
    ['hs_call_from_number', 'From Number', text],
    ['hs_call_to_number', 'To Number', text],
    ['hs_call_status', 'Call status', callStatuses],
    ['hs_call_recording_url', 'Recording URL', text],
    ['hs_call_has_transcript', 'Transcript Available', readOnly(flag)],
    ['hs_call_has_voicemail', 'Has Voicemail', flag],
    ['hs_call_summary', 'Call summary', readOnly(textarea)],
    [
      'hs_call_source',
      'Call Source',
      choice(
        ['INTEGRATIONS_PLATFORM', 'Integrations Platform'],
        ['HUBSPOT', 'HubSpot'],
        ['MOBILE_ANDROID', 'Android'],
        ['MOBILE_IOS', 'iOS'],
      ),
    ],
    ['hs_call_callee_object_id', 'Callee Object ID', number],
    ['hs_call_callee_object_type_id', 'Callee Object Type', text],
    ['hs_call_callee_object_type', 'Callee Object Type Name', text],
    ['hs_call_external_id', 'External ID', text],
    ['hs_call_external_account_id', 'External Account ID', text],
    ['hs_call_app_id', 'App ID', number],
  ]),
  ...engagementProperties('call'),
];

export const communicationProperties: readonly PropertyDefinition[] = [
  ...inGroup('communicationinformation', [
    ['hs_communication_body', 'Communication Body', html],
    [
      'hs_communication_channel_type',
      'Channel Type',
      choice(['WHATS_APP', 'WhatsApp'], ['LINKEDIN_MESSAGE', 'LinkedIn'], ['SMS', 'SMS']),
    ],
    ['hs_communication_logged_from', 'Logged From', choice(['CRM', 'CRM'])],
    ['hs_communication_conversation_id', 'Conversation ID', readOnly(text)],
  ]),
  ...engagementProperties('communicationinformation'),
];

const simple = (
  groupName: string,
  rows: readonly (readonly [string, string, PropertyTraits?])[],
): PropertyDefinition[] => [...inGroup(groupName, rows), ...engagementProperties(groupName)];

/** Engagements that are read by imports; nothing here writes them yet. */
export const taskProperties = simple('tasksinformation', [
  ['hs_task_subject', 'Task Title', text],
  ['hs_task_body', 'Task Notes', html],
  [
    'hs_task_status',
    'Task Status',
    choice(
      ['NOT_STARTED', 'Not started'],
      ['IN_PROGRESS', 'In progress'],
      ['WAITING', 'Waiting'],
      ['DEFERRED', 'Deferred'],
      ['COMPLETED', 'Completed'],
    ),
  ],
  ['hs_task_priority', 'Priority', choice(['NONE', 'None'], ['LOW', 'Low'], ['MEDIUM', 'Medium'], ['HIGH', 'High'])],
  ['hs_task_type', 'Task Type', choice(['TODO', 'To-do'], ['CALL', 'Call'], ['EMAIL', 'Email'])],
]);

export const meetingProperties = simple('meetingsinformation', [
  ['hs_meeting_title', 'Meeting name', text],
  ['hs_meeting_body', 'Meeting description', html],
  ['hs_internal_meeting_notes', 'Internal meeting notes', html],
  ['hs_meeting_start_time', 'Meeting start time', datetime],
  ['hs_meeting_end_time', 'Meeting end time', datetime],
  ['hs_meeting_location', 'Meeting location', text],
  [
    'hs_meeting_outcome',
    'Meeting outcome',
    choice(
      ['SCHEDULED', 'Scheduled'],
      ['COMPLETED', 'Completed'],
      ['RESCHEDULED', 'Rescheduled'],
      ['NO_SHOW', 'No Show'],
      ['CANCELED', 'Canceled'],
    ),
  ],
]);

export const emailProperties = simple('email', [
  ['hs_email_subject', 'Email subject', text],
  ['hs_email_text', 'Email body', textarea],
  ['hs_email_html', 'Email HTML body', html],
  [
    'hs_email_direction',
    'Email direction',
    choice(['EMAIL', 'Sent'], ['INCOMING_EMAIL', 'Incoming'], ['FORWARDED_EMAIL', 'Forwarded']),
  ],
  [
    'hs_email_status',
    'Email send status',
    choice(
      ['BOUNCED', 'Bounced'],
      ['FAILED', 'Failed'],
      ['SCHEDULED', 'Scheduled'],
      ['SENDING', 'Sending'],
      ['SENT', 'Sent'],
    ),
  ],
  ['hs_email_headers', 'Email headers', textarea],
]);
