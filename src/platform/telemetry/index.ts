export { type Gauge, Gauges } from './gauges.js';
export { type MetricsAccess, serveMetrics } from './metrics.js';
export { TelemetryModule } from './telemetry.module.js';
export { startTracing, traceRequests, traced } from './tracing.js';
