import { boundedLabel, type Counter, type Histogram, type Metrics } from '@app/platform';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { HubSpotAnswer } from './hubspot-answer.js';

/** One HTTP call that left. */
export interface ObservedCall {
  portalId: string;
  class: TrafficClass;
  kind: 'burst' | 'search';
  /** Undefined: no answer came. */
  status?: number;
  outcome: HubSpotAnswer['outcome'];
  durationMs: number;
}

/** Portals a process tells apart; with three classes, two kinds and eight outcomes that is some thousand series. */
const PORTALS_TOLD_APART = 100;
/** HubSpot answers in 0.1 to 0.3 s; a call is given up after 20 s. */
const DURATION_BOUNDS = [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20];

/** What the calls to HubSpot come to. Portals are named by their number, people by nothing. */
export class CallMetrics {
  private readonly calls: Counter;
  private readonly answers: Counter;
  private readonly durations: Histogram;
  private readonly portal = boundedLabel(PORTALS_TOLD_APART);

  constructor(metrics: Metrics) {
    this.calls = metrics.counter('threadline_hubspot_calls', 'Calls to HubSpot, by what their answer means');
    this.answers = metrics.counter('threadline_hubspot_answers', 'Calls to HubSpot by HTTP status; none: no answer');
    this.durations = metrics.histogram(
      'threadline_hubspot_call_seconds',
      'From sending a call to HubSpot to its whole answer',
      DURATION_BOUNDS,
    );
  }

  observe({ portalId, class: traffic, kind, status, outcome, durationMs }: ObservedCall): void {
    this.calls.add({ portal: this.portal(portalId), class: traffic, kind, outcome });
    this.answers.add({ kind, status: status === undefined ? 'none' : String(status) });
    this.durations.record(durationMs / 1_000, { class: traffic, kind });
  }
}
