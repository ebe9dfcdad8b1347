export { calculatedPhoneProperties } from './calculate-phones.js';
