import type { FastifyInstance } from 'fastify';
import type { SimulatorState } from '../serve/simulator-state.js';
import { registerBehaviourControls } from './behaviour-controls.js';
import { registerJournalControls } from './journal-controls.js';
import { registerPortalControls } from './portal-controls.js';
import { registerRecordControls } from './record-controls.js';
import { registerTokenControls } from './token-controls.js';
import { registerWebhookControls } from './webhook-controls.js';

/** The control API under `/_control`: everything that tests and benchmarks do to the simulator that HubSpot can't. */
export function registerControlRoutes(app: FastifyInstance, state: SimulatorState): void {
  registerPortalControls(app, state);
  registerTokenControls(app, state);
  registerWebhookControls(app, state);
  registerJournalControls(app, state);
  registerRecordControls(app, state);
  registerBehaviourControls(app, state);
}
