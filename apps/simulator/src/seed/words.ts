/** First halves of company names; with `companyThings` they give a few thousand. */
export const companyQualities =
  'Amber Birch Cobalt Copper Dawn Evergreen Fjord Granite Harbour Indigo Juniper Kestrel Lantern Maple Nimbus Opal Pebble Quartz Rowan Saffron Tidal Umber Verdant Willow Zephyr'.split(
    ' ',
  );

export const companyThings =
  'Analytics Bakery Bikes Clinics Coffee Dynamics Energy Foods Freight Gardens Hotels Insurance Labs Law Logistics Media Motors Optics Outfitters Pharma Robotics Schools Solar Systems Textiles'.split(
    ' ',
  );

export const companyForms = ['', '', '', ' GmbH', ' Ltd', ' Inc.', ' S.A.', ' & Co.', ' Group'];

export const industries = [
  'COMPUTER_SOFTWARE',
  'RETAIL',
  'HOSPITALITY',
  'LOGISTICS_AND_SUPPLY_CHAIN',
  'FOOD_BEVERAGES',
  'HOSPITAL_HEALTH_CARE',
  'INSURANCE',
  'RENEWABLES_ENVIRONMENT',
];

export const jobTitles = [
  'Account Executive',
  'Buyer',
  'CEO',
  'Customer Success Manager',
  'Founder',
  'Head of Operations',
  'IT Administrator',
  'Marketing Lead',
  'Office Manager',
  'Procurement Specialist',
  'Product Owner',
  'Store Manager',
  'Geschäftsführerin',
  'Directeur général',
  'مدير المبيعات',
];

export const streets = [
  'Cedar Lane',
  'Market Street',
  'Station Road',
  'Mill Row',
  'Orchard Avenue',
  'Quay Street',
  'Harbour Walk',
  'Elm Court',
];

export const mailHosts = ['inbox.example.com', 'mail.example.net', 'post.example.org', 'freemail.example.com'];

export const noteSentences = [
  'Asked for a quote on the annual plan.',
  'Prefers to be called after 16:00.',
  'Was on holiday until the 4th; try again next week.',
  'Liked the demo, wants to show it to the team.',
  'Complained about a late delivery; refund issued.',
  'Contract renewal is due in spring.',
  'Introduced by a partner at the trade fair.',
  'Needs the invoice in a different currency.',
  'Moved to a new office, address updated.',
  'Spoke with the accounting team about VAT.',
];

export const callTitles = [
  'Discovery call',
  'Follow-up',
  'Support call',
  'Renewal talk',
  'Missed call',
  'Onboarding call',
];

export const textMessages = [
  'Hi, is my order on its way?',
  'Thanks, got it 👍',
  'Can we move the appointment to 3 pm?',
  'Please call me back.',
  'The code does not work.',
  'Merci beaucoup !',
  'شكرا جزيلا',
];

export const ticketSubjects = [
  'Login does not work',
  'Invoice has the wrong address',
  'Feature request: dark mode',
  'Delivery arrived damaged',
  'How do I export my data?',
  'Payment was charged twice',
  'App crashes on start',
];

export const dealThings = ['Annual plan', 'Pilot', 'Expansion', 'Hardware order', 'Consulting days', 'Renewal'];

/** What people type into a phone field that is no number, or none that anybody can dial. */
export const junkNumbers = [
  '00004',
  '123456',
  'n/a',
  'unknown',
  '-',
  '9678452348',
  '(877) 829-06966777',
  '0000000000',
  'see website',
  '+',
  '+49',
  '12',
];
