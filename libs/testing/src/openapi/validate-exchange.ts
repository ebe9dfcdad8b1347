import { OpenApiContract, type Exchange } from './contract.js';
import { loadSpecs } from './load-specs.js';

let contract: OpenApiContract | undefined;

/** The contract of HubSpot's files, loaded once. @throws when they are not there: ask `specsAvailable()` first. */
export const hubspotContract = (): OpenApiContract => (contract ??= new OpenApiContract(loadSpecs()));

/**
 * What in a call or its answer departs from HubSpot's OpenAPI files, beyond the known deviations; empty when nothing.
 * @throws when the files are not there, so that a missing folder never looks like a passed validation.
 */
export const validateExchange = (exchange: Exchange): string[] => hubspotContract().validate(exchange);
