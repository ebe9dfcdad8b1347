import classes from './skills.module.css';

interface Property {
  type?: string;
  format?: string;
  description?: string;
  enum?: string[];
  maxLength?: number;
  items?: { enum?: string[] };
}

/** As skills compile to: flat, one level of properties. */
export interface FlatSchema {
  properties: Record<string, Property>;
  required: string[];
}

/** @param schema as the API answers it, which its document leaves open. */
export function flatSchema(schema: object): FlatSchema {
  const { properties = {}, required = [] } = schema as Partial<FlatSchema>;
  return { properties, required };
}

/** What an AI agent may send, for people to read. */
export function SchemaView({ schema }: { schema: object }) {
  const { properties, required } = flatSchema(schema);
  const entries = Object.entries(properties);
  if (entries.length === 0) return <p>Nothing: it is called as it is.</p>;
  return (
    <dl className={classes.properties}>
      {entries.map(([name, property]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {property.description}
            {property.description?.endsWith('.') === true ? ' ' : '. '}
            {typeInWords(property)}
            {required.includes(name) ? ', must be sent' : ', may be left out'}.
          </dd>
        </div>
      ))}
    </dl>
  );
}

function typeInWords({ type, format, enum: options, items, maxLength }: Property): string {
  if (options !== undefined) return `One of ${options.length} options`;
  if (type === 'array') return items?.enum === undefined ? 'A list' : `Some of ${items.enum.length} options`;
  if (format === 'email') return 'An e-mail address';
  if (format === 'date') return 'A date';
  if (format === 'date-time') return 'A date and time';
  if (type === 'number') return 'A number';
  if (type === 'boolean') return 'Yes or no';
  return maxLength === undefined ? 'Text' : `Text of at most ${maxLength} characters`;
}
