import type { Meter } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Counter, Histogram, Labels, Metrics, MetricsPage, Reading } from './metrics.port.js';

/** Figures as Prometheus reads them (text format 0.0.4). Starts no server: whoever serves it asks for the page. */
export class PrometheusMetrics implements Metrics, MetricsPage {
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  private readonly exporter = new PrometheusExporter({ preventServerStart: true });
  // Neither scope nor resource: the collector adds which process it asked.
  private readonly serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  private readonly meter: Meter = new MeterProvider({ readers: [this.exporter] }).getMeter('threadline');

  counter(name: string, help: string): Counter {
    const counter = this.meter.createCounter(name, { description: help });
    return { add: (labels: Labels = {}, by = 1) => counter.add(by, labels) };
  }

  histogram(name: string, help: string, upperBounds: readonly number[]): Histogram {
    const histogram = this.meter.createHistogram(name, {
      description: help,
      advice: { explicitBucketBoundaries: [...upperBounds] },
    });
    return { record: (value: number, labels: Labels = {}) => histogram.record(value, labels) };
  }

  gauge(name: string, help: string, read: () => Promise<readonly Reading[]>): void {
    this.meter.createObservableGauge(name, { description: help }).addCallback(async (result) => {
      for (const { value, labels } of await read()) result.observe(value, labels);
    });
  }

  async render(): Promise<string> {
    // A gauge that can't be read now is among the errors and takes nothing else with it.
    const { resourceMetrics } = await this.exporter.collect();
    return this.serializer.serialize(resourceMetrics);
  }
}
