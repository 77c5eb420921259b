import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export type Metrics = {
  request(method: string, route: string, status: number, seconds: number): void
  text(): Promise<string>
  contentType: string
}

/** Counters of this process in Prometheus' text format; labels are route patterns, never addresses or ids. */
export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'mangnon_http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'mangnon_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  return {
    request(method, route, status, time) {
      requests.inc({ method, route, status: String(status) })
      seconds.observe({ method, route }, time)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
