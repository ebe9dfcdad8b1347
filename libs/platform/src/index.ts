export { ShortLived } from './cache/short-lived.js';
export { CLOCK, systemClock, type Clock } from './clock/clock.js';
export { offsetsOf } from './clock/zone-offset.js';
export { readConfig, type BootstrapConfig, type Config, type EncryptionKey } from './config/config.js';
export { APP_ROLE } from './database/app-role.js';
export { Database, type Rows } from './database/database.js';
export { queryPrepared, type PreparedStatement } from './database/prepared.js';
export { migrate, type MigrationClass } from './database/migrate.js';
export { allowAcrossTenants, isolateTenants } from './database/tenant-table.js';
export { AppError, type FieldError } from './errors/app-error.js';
export { ERROR_CODES, type ErrorCode } from './errors/error-codes.js';
export { Gather } from './gather/gather.js';
export { firstIdAt, isId, newId } from './ids/new-id.js';
export { createLogger, LOGGER, nestLogger, type Logger } from './logging/logger.js';
export { boundedLabel } from './metrics/bounded-label.js';
export {
  METRICS,
  METRICS_PAGE,
  NO_METRICS,
  type Counter,
  type Histogram,
  type Labels,
  type Metrics,
  type MetricsPage,
} from './metrics/metrics.port.js';
export { PrometheusMetrics } from './metrics/prometheus-metrics.adapter.js';
export { serveMetrics } from './metrics/serve-metrics.js';
export { ModelClient, type ModelLimits } from './model/model-client.js';
export type { ModelEndpoint } from './model/model-request.js';
export { Listener } from './notices/listener.js';
export { PlatformModule } from './platform.module.js';
export { endWhenStopped } from './process/end-when-stopped.js';
export { explainFailure } from './process/explain-failure.js';
export { queueConnection } from './queue/queue-connection.js';
export { queueTrouble } from './queue/queue-trouble.js';
export { currentTraceId, withTraces } from './tracing/traces.js';
export { PLATFORM_MIGRATIONS } from './database/migrations/index.js';
