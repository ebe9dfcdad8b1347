export { calculatedPhoneProperties, type CalculatedPhoneProperties, type PhoneReading } from './calculate-phones.js';
