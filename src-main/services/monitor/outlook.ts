import type { Forecast } from '../../contract/forecast.ts'
import type { Check } from '../../contract/health.ts'
import { defaultThreshold, type QueueName } from '../../contract/queues.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'
import type { Suspicion } from '../../contract/suspicions.ts'
import type { CertificateEvidence } from '../../core/detectors/evidence.ts'
import { suspicionsOf } from '../../core/detectors/suspicions.ts'
import { forecastOf } from '../../core/forecast/forecast.ts'
import { trendOf } from '../../core/forecast/trend.ts'

export interface OutlookOptions {
  /** The depths of the last hour, oldest first. */
  readonly recent: (queue: QueueName) => readonly Sample[]
  readonly samples: (series: SeriesName, fromMs: number) => readonly Sample[]
}

/** What is foretold and suspected rests on the last hour. */
const lookBackMs = 3_600_000
/** Suspicions are about minutes: with sweeps closer than this they need not be looked for at each. */
const suspectEveryMs = 10_000

/** Where one server is going, and what no single answer of it says. */
export class Outlook {
  readonly #options: OutlookOptions
  #forecasts: ReadonlyMap<QueueName, Forecast> = new Map()
  #suspicions: readonly Suspicion[] = []
  #suspectedMs = -Infinity

  constructor(options: OutlookOptions) {
    this.#options = options
  }

  get suspicions(): readonly Suspicion[] {
    return this.#suspicions
  }

  forecast(queue: QueueName): Forecast | null {
    return this.#forecasts.get(queue) ?? null
  }

  /** Looks anew, after a sweep. */
  look(queues: readonly QueueName[], checks: readonly Check[], nowMs: number): void {
    const threshold = defaultThreshold
    const evidence = queues.map((queue) => {
      const depths = this.#options.recent(queue)
      return { queue, threshold, depths, trend: trendOf(depths, { threshold, nowMs }) }
    })
    this.#forecasts = new Map(
      evidence.flatMap(({ queue, trend }) => {
        const forecast = forecastOf(trend)
        return forecast === null ? [] : [[queue, forecast] as const]
      })
    )
    // A wall clock that was set back must not put an end to it.
    if (nowMs >= this.#suspectedMs && nowMs - this.#suspectedMs < suspectEveryMs) return
    this.#suspectedMs = nowMs
    const since = (series: SeriesName): readonly Sample[] => this.#options.samples(series, nowMs - lookBackMs)
    this.#suspicions = suspicionsOf({
      nowMs,
      queues: evidence.map((queue) => ({ ...queue, failed: since(`failed/${queue.queue}`) })),
      drift: since('drift/time'),
      certificates: checks.flatMap(certificateEvidence),
      checks,
      executions: null
    })
  }

  /** Of a server that is lost nothing is foretold; what was suspected stays. */
  lose(): void {
    this.#forecasts = new Map()
  }
}

function certificateEvidence({ check, certificate }: Check): readonly CertificateEvidence[] {
  if (certificate === null) return []
  const issuer = certificate.issuer === '' ? null : certificate.issuer
  return [{ domain: check.slice('certificate/'.length), issuer, endsMs: certificate.validToMs }]
}
