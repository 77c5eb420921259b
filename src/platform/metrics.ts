import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { keptNow } from './remember.ts'

export type Metrics = {
  /** A figure read when it is asked for; undefined = there is none now. */
  watch(name: string, help: string, read: () => Promise<number | undefined>): void
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
  new Gauge({
    name: 'mangnon_kept_answers_bytes',
    help: 'Memory of answers kept until what they show is written to',
    registers: [registry],
    collect() {
      this.set(keptNow().bytes)
    },
  })
  return {
    watch(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          const value = await read().catch(() => undefined)
          if (value === undefined) gauge.reset()
          else gauge.set(value)
        },
      })
      gauge.reset()
    },
    request(method, route, status, time) {
      requests.inc({ method, route, status: String(status) })
      seconds.observe({ method, route }, time)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
