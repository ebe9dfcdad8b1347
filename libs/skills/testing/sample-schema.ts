import type { CrmField, CrmObject, CrmSchemaReading } from '@app/crm';

type Traits = Partial<Omit<CrmField, 'options'>> & { options?: readonly (string | readonly [string, string])[] };

export function sampleField(name: string, label: string, { options = [], ...traits }: Traits = {}): CrmField {
  return {
    name,
    label,
    type: options.length > 0 ? 'enumeration' : 'string',
    fieldType: options.length > 0 ? 'select' : 'text',
    options: options.map((option) => {
      const [value, text] = typeof option === 'string' ? [option, option] : option;
      return { value, label: text, isHidden: false };
    }),
    optionsFromElsewhere: false,
    isUnique: false,
    isReadOnly: false,
    isHidden: false,
    sensitivity: 'none',
    ...traits,
  };
}

type Named = Pick<CrmObject, 'name' | 'typeId' | 'label' | 'pluralLabel'> & Partial<Omit<CrmObject, 'fields'>>;

function sampleObject({ fields, ...object }: Named & { fields: readonly Parameters<typeof sampleField>[] }): CrmObject {
  return {
    isCustom: false,
    capabilities: { read: true, write: true },
    missingScopes: [],
    searchableFields: [],
    requiredFields: [],
    requiresOneOf: [],
    pipelines: [],
    relationships: [],
    ...object,
    fields: fields.map((field) => sampleField(...field)),
  };
}

const computed = { isReadOnly: true };
const number = { type: 'number', fieldType: 'number' };
const day = { type: 'date', fieldType: 'date' };
const time = { type: 'datetime', fieldType: 'date' };
const owner = { type: 'enumeration', fieldType: 'select', optionsFromElsewhere: true };

/** A portal as companies have them: HubSpot's own words, its computed fields beside the real ones, one custom object. */
export function sampleSchema(): CrmSchemaReading {
  return {
    portalId: '4711',
    owners: [{ id: '1', email: 'grace@example.com', name: 'Grace Hopper' }],
    withheld: [],
    objects: [
      sampleObject({
        name: 'contacts',
        typeId: '0-1',
        label: 'Contact',
        pluralLabel: 'Contacts',
        requiresOneOf: ['email', 'firstname', 'lastname'],
        relationships: [{ to: 'companies', typeId: 279, category: 'HUBSPOT_DEFINED' }],
        fields: [
          ['email', 'Email', { isUnique: true }],
          ['firstname', 'First Name'],
          ['lastname', 'Last Name'],
          ['phone', 'Phone Number'],
          ['mobilephone', 'Mobile Phone Number'],
          ['company', 'Company Name'],
          ['jobtitle', 'Job Title'],
          ['website', 'Website URL'],
          ['address', 'Street Address'],
          ['city', 'City'],
          ['state', 'State/Region'],
          ['zip', 'Postal Code'],
          ['country', 'Country/Region'],
          ['date_of_birth', 'Date of birth'],
          ['createdate', 'Create Date', { ...time, ...computed }],
          ['lastmodifieddate', 'Last Modified Date', { ...time, ...computed }],
          ['hubspot_owner_id', 'Contact owner', owner],
          ['notes_last_contacted', 'Last Contacted', { ...time, ...computed }],
          ['hs_calculated_phone_number', 'Calculated Phone Number', computed],
          ['hs_calculated_mobile_number', 'Calculated Mobile Number', computed],
          ['hs_searchable_calculated_phone_number', 'Searchable Phone Number', { ...computed, isHidden: true }],
          ['hs_email_domain', 'Email Domain', computed],
          ['hs_additional_emails', 'Additional email addresses'],
          [
            'hs_language',
            'Preferred language',
            {
              options: [
                ['de', 'German'],
                ['fr', 'French'],
                ['en', 'English'],
              ],
            },
          ],
          [
            'lifecyclestage',
            'Lifecycle Stage',
            {
              options: [
                ['lead', 'Lead'],
                ['marketingqualifiedlead', 'Marketing Qualified Lead'],
                ['opportunity', 'Opportunity'],
                ['customer', 'Customer'],
              ],
            },
          ],
          [
            'hs_lead_status',
            'Lead Status',
            {
              options: [
                ['NEW', 'New'],
                ['BAD_TIMING', 'Bad Timing'],
                ['UNQUALIFIED', 'Unqualified'],
              ],
            },
          ],
          ['favourite_colour', 'Favourite colour', { options: ['Red', 'Green', 'Petrol blue'] }],
        ],
      }),
      sampleObject({
        name: 'companies',
        typeId: '0-2',
        label: 'Company',
        pluralLabel: 'Companies',
        requiresOneOf: ['domain', 'name'],
        fields: [
          ['name', 'Company name'],
          ['domain', 'Company Domain Name'],
          ['phone', 'Phone Number'],
          [
            'industry',
            'Industry',
            {
              options: [
                ['ACCOUNTING', 'Accounting'],
                ['COMPUTER_SOFTWARE', 'Computer Software'],
              ],
            },
          ],
          ['numberofemployees', 'Number of Employees', number],
          ['annualrevenue', 'Annual Revenue', number],
          ['city', 'City'],
          ['website', 'Website URL'],
          ['hubspot_owner_id', 'Company owner', owner],
          ['createdate', 'Create Date', { ...time, ...computed }],
          ['vat_number', 'VAT number'],
        ],
      }),
      sampleObject({
        name: 'deals',
        typeId: '0-3',
        label: 'Deal',
        pluralLabel: 'Deals',
        requiredFields: ['dealname', 'dealstage', 'pipeline'],
        pipelines: [{ id: 'default', label: 'Sales Pipeline', isDefault: true, stages: [] }],
        fields: [
          ['dealname', 'Deal Name'],
          ['amount', 'Amount', number],
          ['closedate', 'Close Date', time],
          ['pipeline', 'Pipeline', { options: [['default', 'Sales Pipeline']] }],
          [
            'dealstage',
            'Deal Stage',
            {
              options: [
                ['appointmentscheduled', 'Appointment Scheduled'],
                ['qualifiedtobuy', 'Qualified To Buy'],
                ['presentationscheduled', 'Presentation Scheduled'],
                ['decisionmakerboughtin', 'Decision Maker Bought-In'],
                ['contractsent', 'Contract Sent'],
                ['closedwon', 'Closed Won'],
                ['closedlost', 'Closed Lost'],
              ],
            },
          ],
          ['dealtype', 'Deal Type', { options: [['newbusiness', 'New Business']] }],
          ['description', 'Deal Description'],
          ['hubspot_owner_id', 'Deal owner', owner],
          ['closed_won_reason', 'Closed Won Reason'],
          ['hs_forecast_amount', 'Forecast amount', { ...number, ...computed }],
          ['createdate', 'Create Date', { ...time, ...computed }],
        ],
      }),
      sampleObject({
        name: 'tickets',
        typeId: '0-5',
        label: 'Ticket',
        pluralLabel: 'Tickets',
        requiredFields: ['subject', 'hs_pipeline', 'hs_pipeline_stage'],
        fields: [
          ['subject', 'Ticket name'],
          ['content', 'Ticket description'],
          ['hs_pipeline', 'Pipeline', { options: [['0', 'Support Pipeline']] }],
          [
            'hs_pipeline_stage',
            'Ticket status',
            {
              options: [
                ['1', 'New'],
                ['2', 'Waiting on contact'],
                ['4', 'Closed'],
              ],
            },
          ],
          [
            'hs_ticket_priority',
            'Priority',
            {
              options: [
                ['LOW', 'Low'],
                ['HIGH', 'High'],
                ['URGENT', 'Urgent'],
              ],
            },
          ],
          [
            'hs_ticket_category',
            'Category',
            {
              options: [
                ['BILLING_ISSUE', 'Billing Issue'],
                ['GENERAL_INQUIRY', 'General inquiry'],
              ],
            },
          ],
          [
            'source_type',
            'Source',
            {
              options: [
                ['CHAT', 'Chat'],
                ['PHONE', 'Phone'],
              ],
            },
          ],
          ['hubspot_owner_id', 'Ticket owner', owner],
          ['createdate', 'Create date', { ...time, ...computed }],
        ],
      }),
      sampleObject({
        name: 'p4711_pets',
        typeId: '2-100001',
        label: 'Pet',
        pluralLabel: 'Pets',
        description: 'Animals in our care',
        isCustom: true,
        requiredFields: ['nickname'],
        fields: [
          ['nickname', 'Nickname'],
          ['chip', 'Chip number', { isUnique: true }],
          [
            'species',
            'Species',
            {
              options: [
                ['dog', 'Dog'],
                ['cat', 'Cat'],
              ],
            },
          ],
          ['vaccinated_on', 'Vaccinated on', day],
        ],
      }),
    ],
  };
}
