import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** One series of the data set: whole numbers at times that jitter by up to 11 ms. */
export interface BenchSeries {
  readonly name: string
  readonly label: string
  readonly timestampsMs: readonly number[]
  readonly values: readonly number[]
}

interface Wanted {
  readonly days?: number
  readonly stepS?: number
  readonly seed?: number
}

const shared = fileURLToPath(new URL('../../../shared/bench/series.mjs', import.meta.url))

/** The common data set of 28 series, where it lies beside the project, or one made by the same description. */
export async function benchSeries(
  wanted: Wanted = {}
): Promise<{ readonly source: string; readonly series: readonly BenchSeries[] }> {
  if (!existsSync(shared)) return { source: 'own generator', series: ownSeries(wanted) }
  const { series } = (await import(pathToFileURL(shared).href)) as {
    readonly series: (wanted: Wanted) => Iterable<BenchSeries>
  }
  return { source: 'common data set', series: [...series(wanted)] }
}

const noisy = new Set(['functions', 'databases', 'webhooks', 'mails', 'usage'])
const queues =
  'builds certificates databases deletes functions logs mails messaging migrations usage usage-dump webhooks'
const kinds: readonly (readonly [name: string, labels: readonly string[]])[] = [
  ['queue_depth', queues.split(' ')],
  ['queue_failed', queues.split(' ')],
  ['health_ping_ms', ['db', 'cache', 'queue', 'pubsub']]
]

/** Depths that rise in storms of ten minutes to an hour and drain, counters that step now and then, latencies with a tail. */
function ownSeries({ days = 7, stepS = 10, seed = 42 }: Wanted): readonly BenchSeries[] {
  let state = seed
  const random = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
  const below = (limit: number): number => Math.floor(random() * limit)
  const count = days * Math.floor(86_400 / stepS)
  return kinds.flatMap(([name, labels]) =>
    labels.map((label) => {
      let level = 0
      let stormLeft = 0
      const next = (): number => {
        if (name === 'health_ping_ms') return 1 + Math.floor(-Math.log(1 - random()) * 4)
        if (name === 'queue_failed') return random() < 0.002 ? (level += 1 + below(3)) : level
        if (stormLeft > 0) {
          stormLeft--
          level += below(40)
        } else if (random() < 0.0003) stormLeft = 60 + below(200)
        else level = Math.max(0, level - below(25))
        return level + (noisy.has(label) ? below(6) : 0)
      }
      const values = Array.from({ length: count }, next)
      const timestampsMs = values.map((_, index) => 1_789_999_200_000 + index * stepS * 1000 + below(12))
      return { name, label, timestampsMs, values }
    })
  )
}
