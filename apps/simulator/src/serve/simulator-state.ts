import { SimulatorClock } from '../clock/simulator-clock.js';
import { Statistics } from '../control/statistics.js';
import { FaultRules } from '../faults/fault-rules.js';
import { noJournal, type Journal } from '../journal/journal.js';
import type { WriteEntry } from '../journal/journal-entries.js';
import { RateLimiter } from '../limits/rate-limiter.js';
import { OAuthState } from '../oauth/oauth-state.js';
import { Portals } from '../portal/portals.js';

/** Everything the simulator knows, in one place, for the routes to work on. */
export class SimulatorState {
  readonly clock = new SimulatorClock();
  readonly limiter = new RateLimiter();
  readonly faults = new FaultRules();
  readonly statistics = new Statistics();
  readonly portals: Portals;
  readonly oauth: OAuthState;
  private keptIn: Journal = noJournal;

  constructor() {
    const write: WriteEntry = (entry) => this.keptIn.append(entry);
    this.portals = new Portals(this.clock, write);
    this.oauth = new OAuthState(write);
  }

  get journal(): Journal {
    return this.keptIn;
  }

  /** From here on changes are kept; what was replayed before isn't written again. */
  keepIn(journal: Journal): void {
    this.keptIn = journal;
  }
}
