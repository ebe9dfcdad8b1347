import { describe, expect, it } from '@jest/globals';
import { boundedLabel } from './bounded-label.js';
import { PrometheusMetrics } from './prometheus-metrics.adapter.js';

describe('figures for Prometheus', () => {
  it('are counted by label', async () => {
    const metrics = new PrometheusMetrics();
    const calls = metrics.counter('threadline_calls', 'Calls');
    calls.add({ outcome: 'ok' });
    calls.add({ outcome: 'ok' }, 2);
    calls.add({ outcome: 'refused' });
    const lines = (await metrics.render()).split('\n');
    expect(lines).toContain('# HELP threadline_calls_total Calls');
    expect(lines).toContain('# TYPE threadline_calls_total counter');
    expect(lines).toContain('threadline_calls_total{outcome="ok"} 3');
    expect(lines).toContain('threadline_calls_total{outcome="refused"} 1');
  });

  it('fall under the bounds they were given', async () => {
    const metrics = new PrometheusMetrics();
    const seconds = metrics.histogram('threadline_wait_seconds', 'Waits', [0.1, 1]);
    for (const value of [0.05, 0.5, 5]) seconds.record(value);
    const lines = (await metrics.render()).split('\n');
    expect(lines).toContain('threadline_wait_seconds_bucket{le="0.1"} 1');
    expect(lines).toContain('threadline_wait_seconds_bucket{le="1"} 2');
    expect(lines).toContain('threadline_wait_seconds_bucket{le="+Inf"} 3');
    expect(lines).toContain('threadline_wait_seconds_count 3');
  });

  it('are read when someone looks, and one that can’t be read takes no other with it', async () => {
    const metrics = new PrometheusMetrics();
    let depth = 3;
    metrics.gauge('threadline_depth', 'Depth', () => Promise.resolve([{ value: depth, labels: { queue: 'a' } }]));
    metrics.gauge('threadline_broken', 'Broken', () => Promise.reject(new Error('the database is away')));
    expect(await metrics.render()).toContain('threadline_depth{queue="a"} 3');
    depth = 4;
    const page = await metrics.render();
    expect(page).toContain('threadline_depth{queue="a"} 4');
    expect(page).not.toMatch(/^threadline_broken/m);
  });
});

describe('a bounded label', () => {
  it('tells the first values apart and takes the others together', () => {
    const label = boundedLabel(2);
    expect(['a', 'b', 'c', 'a', 'd', 'b'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
  });
});
