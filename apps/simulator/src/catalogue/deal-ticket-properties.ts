import type { PropertyDefinition } from './catalogue-types.js';
import {
  amount,
  calculated,
  choice,
  commonProperties,
  datetime,
  flag,
  inGroup,
  number,
  readOnly,
  text,
  textarea,
} from './common-properties.js';
import type { PropertyTraits } from './define-property.js';
import { defaultPipelines } from './pipelines.js';

const pipelineChoice = (objectType: string): PropertyTraits =>
  choice(...defaultPipelines(objectType).map(({ id, label }) => [id, label] as const));

const stageChoice = (objectType: string): PropertyTraits => ({
  ...choice(
    ...defaultPipelines(objectType).flatMap(({ stages }) => stages.map(({ id, label }) => [id, label] as const)),
  ),
  fieldType: 'radio',
});

const priorities = choice(['LOW', 'Low'], ['MEDIUM', 'Medium'], ['HIGH', 'High'], ['URGENT', 'Urgent']);

/** Deals need `dealname`, `dealstage` and `pipeline` on create. Source: FACTS §5. */
export const dealProperties: readonly PropertyDefinition[] = [
  ...inGroup('dealinformation', [
    ['dealname', 'Deal Name', text],
    ['amount', 'Amount', amount],
    ['amount_in_home_currency', 'Amount in company currency', calculated(amount)],
    ['deal_currency_code', 'Currency', choice(['USD', 'USD'], ['EUR', 'EUR'], ['GBP', 'GBP'])],
    ['pipeline', 'Pipeline', pipelineChoice('deals')],
    ['dealstage', 'Deal Stage', stageChoice('deals')],
    [
      'dealtype',
      'Deal Type',
      { ...choice(['newbusiness', 'New Business'], ['existingbusiness', 'Existing Business']), fieldType: 'radio' },
    ],
    ['description', 'Deal Description', textarea],
    ['closedate', 'Close Date', datetime],
    ['hs_priority', 'Priority', choice(['low', 'Low'], ['medium', 'Medium'], ['high', 'High'])],
    ['hs_next_step', 'Next step', text],
    ['hs_forecast_amount', 'Forecast amount', calculated(amount)],
    ['hs_deal_stage_probability', 'Deal probability', calculated(number)],
    ['hs_is_closed', 'Is Deal Closed?', calculated(flag)],
    ['hs_is_closed_won', 'Is Closed Won', calculated(flag)],
    ['closed_won_reason', 'Closed Won Reason', textarea],
    ['closed_lost_reason', 'Closed Lost Reason', textarea],
    ['days_to_close', 'Days to close', calculated(number)],
    ['num_associated_contacts', 'Number of Associated Contacts', calculated(number)],
    ['num_notes', 'Number of Sales Activities', calculated(number)],
    ['notes_last_updated', 'Last Activity Date', calculated(datetime)],
    ['createdate', 'Create Date', datetime],
    ['hs_lastmodifieddate', 'Last Modified Date', readOnly(datetime)],
  ]),
  ...commonProperties('dealinformation'),
];

/** Tickets need `subject`, `hs_pipeline` and `hs_pipeline_stage` on create. Source: FACTS §5. */
export const ticketProperties: readonly PropertyDefinition[] = [
  ...inGroup('ticketinformation', [
    ['subject', 'Ticket name', text],
    ['content', 'Ticket description', textarea],
    ['hs_pipeline', 'Pipeline', pipelineChoice('tickets')],
    ['hs_pipeline_stage', 'Ticket status', stageChoice('tickets')],
    [
      'hs_ticket_category',
      'Category',
      {
        ...choice(
          ['PRODUCT_ISSUE', 'Product Issue'],
          ['BILLING_ISSUE', 'Billing Issue'],
          ['FEATURE_REQUEST', 'Feature Request'],
          ['GENERAL_INQUIRY', 'General Inquiry'],
        ),
        fieldType: 'checkbox',
      },
    ],
    ['hs_ticket_priority', 'Priority', priorities],
    ['hs_ticket_id', 'Ticket ID', readOnly(number)],
    ['source_type', 'Source', choice(['CHAT', 'Chat'], ['EMAIL', 'Email'], ['FORM', 'Form'], ['PHONE', 'Phone'])],
    [
      'hs_resolution',
      'Resolution',
      choice(['ISSUE_FIXED', 'Issue fixed'], ['FEATURE_SHIPPED', 'Feature shipped'], ['NO_ACTION', 'No action needed']),
    ],
    ['closed_date', 'Close date', datetime],
    ['time_to_close', 'Time to close', calculated(number)],
    ['time_to_first_agent_reply', 'Time to first agent reply', calculated(number)],
    ['hs_is_closed', 'Is ticket closed?', calculated(flag)],
    ['num_notes', 'Number of Sales Activities', calculated(number)],
    ['notes_last_updated', 'Last Activity Date', calculated(datetime)],
    ['createdate', 'Create date', datetime],
    ['hs_lastmodifieddate', 'Last modified date', readOnly(datetime)],
  ]),
  ...commonProperties('ticketinformation'),
];
