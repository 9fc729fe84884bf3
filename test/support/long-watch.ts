import type { Unwatched } from '../../src-main/contract/history.ts'
import type { Sample, SeriesName } from '../../src-main/contract/series.ts'
import { initialSettings } from '../../src-main/contract/settings.ts'
import { memoryStore, memoryVault } from '../../src-main/headless/memory.ts'
import { Connections } from '../../src-main/services/connections.ts'
import type { History } from '../../src-main/services/history/history.ts'
import { lanes, totalLimit } from '../../src-main/services/lanes.ts'
import { steadyPace } from '../../src-main/services/pace.ts'
import { Poller, type PolledHistory } from '../../src-main/services/poller.ts'
import type { Power } from '../../src-main/services/ports.ts'
import { Scheduler } from '../../src-main/services/scheduler.ts'
import type { FakeClock } from './fake-clock.ts'
import { openHistory } from './histories.ts'
import { ScriptedServer, type Fate } from './scripted-server.ts'

/** One server of the watch, with what was seen of it. */
export interface Watched {
  readonly name: string
  readonly serverId: string
  readonly server: ScriptedServer
  /** Monotonic times at which each question was asked, for those named in `timed`. */
  readonly asked: Map<string, number[]>
  /** Samples that no answer stands behind. */
  readonly invented: Sample[]
  /** Every sample of the series named in `kept`, as they were handed over. */
  readonly samples: Map<SeriesName, Sample[]>
  readonly unwatched: Unwatched[]
  /** The most questions within any second. */
  readonly rate: Rate
}

export interface LongWatchOptions {
  readonly clock: FakeClock
  readonly random: () => number
  /** By name, with the version each begins with. */
  readonly servers: Readonly<Record<string, string>>
  readonly fateOf: (name: string, question: string) => Fate
  readonly hasInterface?: () => boolean
  readonly timed?: readonly string[]
  readonly kept?: readonly SeriesName[]
}

/** The most events within any second, of those counted in order of time. */
export class Rate {
  readonly #timesMs: number[] = []
  #first = 0
  most = 0

  count(nowMs: number): void {
    this.#timesMs.push(nowMs)
    while ((this.#timesMs[this.#first] ?? nowMs) <= nowMs - 1000) this.#first++
    this.most = Math.max(this.most, this.#timesMs.length - this.#first)
    if (this.#first < 10_000) return
    this.#timesMs.splice(0, this.#first)
    this.#first = 0
  }
}

/** The engine over scripted servers on a clock that a test moves, with the real history in memory. */
export function longWatch(options: LongWatchOptions) {
  const { clock, random, servers, fateOf, hasInterface = () => true, timed = [], kept = [] } = options
  const connections = new Connections({ store: memoryStore(), vault: memoryVault() })
  const history = openHistory('nowhere', { key: () => null, now: () => clock.now() })
  const rate = new Rate()
  const watched = new Map<string, Watched>()
  const defects: string[] = []
  for (const [name, version] of Object.entries(servers)) {
    const { serverId } = connections.add({
      name,
      endpoint: endpointOf(name),
      projectId: 'one',
      apiKey: 'standard_key',
      environment: 'staging'
    })
    const own = { asked: new Map<string, number[]>(timed.map((question) => [question, []])), rate: new Rate() }
    const server = new ScriptedServer({
      clock,
      random,
      version,
      fateOf: (question) => fateOf(name, question),
      onAsked: (question) => {
        const nowMs = clock.monotonicMs()
        own.asked.get(question)?.push(nowMs)
        own.rate.count(nowMs)
        rate.count(nowMs)
      }
    })
    const samples = new Map<SeriesName, Sample[]>(kept.map((series) => [series, []]))
    watched.set(serverId, { name, serverId, server, ...own, invented: [], samples, unwatched: [] })
  }
  const scheduler = new Scheduler({
    clock,
    random,
    lanes,
    limit: totalLimit,
    onDefect: (task, thrown) => void defects.push(`${task.name}: ${String(thrown)}`)
  })
  const power = powerOf()
  const poller = new Poller({
    connections,
    history: witnessed(history, watched),
    scheduler,
    network: { hasInterface, systemSaysOnline: hasInterface },
    power: power.port,
    clock,
    random,
    pace: steadyPace(initialSettings.intervals),
    resolveProxy: () => Promise.resolve('DIRECT'),
    log: (line) => void defects.push(line),
    clientFor: ({ endpoint, hear }) => {
      const own = [...watched.values()].find(({ name }) => endpointOf(name) === endpoint)
      if (own === undefined) throw new Error(`nobody scripted ${endpoint}`)
      if (hear !== undefined) own.server.hear = hear
      return own.server
    }
  })
  const tend = (): void => {
    clock.after(60_000, tend)
    history.tend(clock.now()).catch((thrown: unknown) => defects.push(String(thrown)))
  }
  tend()
  const all = [...watched.values()]
  const named = (name: string): Watched => {
    const found = all.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no server ${name}`)
    return found
  }
  return { poller, history, power, rate, defects, all, named }
}

const endpointOf = (name: string): string => `https://${name}.example.com/v1`

/** The history, with a look at everything that is handed to it. */
function witnessed(history: History, watched: ReadonlyMap<string, Watched>): PolledHistory {
  const of = (serverId: string): Watched => {
    const found = watched.get(serverId)
    if (found === undefined) throw new Error(`nobody watches ${serverId}`)
    return found
  }
  return {
    append: (serverId, samples) => {
      const { server, invented, samples: kept } = of(serverId)
      for (const sample of samples) {
        if (sample.value !== null && !isTold(server, sample)) invented.push(sample)
        kept.get(sample.series)?.push(sample)
      }
      history.append(serverId, samples)
    },
    unwatched: (serverId, span) => {
      of(serverId).unwatched.push(span)
      history.unwatched(serverId, span)
    },
    mark: (serverId, mark) => history.mark(serverId, mark),
    samples: (serverId, series, fromMs) => history.samples(serverId, series, fromMs),
    lastAtMs: (serverId) => history.lastAtMs(serverId),
    forget: (serverId) => history.forget(serverId),
    trouble: (serverId) => history.trouble(serverId)
  }
}

/** Longer than any question is waited for. */
const longestMs = 20_000
/** A round of questions and the probe after it. */
const roundMs = 10_000

/** Whether an answer stands behind a value: one to a question that was asked at that very time. */
function isTold(server: ScriptedServer, { series, atMs, value }: Sample): boolean {
  const [kind = '', ...rest] = series.split('/')
  const of = rest.join('/')
  if (series === 'level/server') {
    const ends = [...server.told('depth/functions'), ...server.told('check/http')]
    const near = ends.filter(({ askedAtMs }) => askedAtMs >= atMs - roundMs && askedAtMs <= atMs + roundMs)
    return near.some(({ fault }) => (value === 0) === (fault === null || fault.code === 'limited'))
  }
  const question =
    kind === 'depth' || kind === 'failed' ? series : `check/${kind === 'days' ? `certificate/${of}` : of}`
  const isSame = (told: number | null, elapsedMs: number): boolean => {
    if (kind === 'latency') return Math.round(elapsedMs) === value && elapsedMs <= longestMs
    // Of an offset told in ms, more than two seconds are a warning; an end in two months is none.
    if (kind === 'level' && of === 'time') return told !== null && value === (told > 2000 ? 1 : 0)
    if (kind === 'level' && of.startsWith('certificate/')) return told !== null && value === 0
    return told === value
  }
  return server
    .told(question)
    .some((end) => end.fault === null && end.askedAtMs === atMs && isSame(end.value, end.elapsedMs))
}

/** A machine that says when it sleeps, when a test has it say so. */
function powerOf() {
  const suspends = new Set<() => void>()
  const resumes = new Set<() => void>()
  const added = (to: Set<() => void>) => (listener: () => void) => {
    to.add(listener)
    return () => void to.delete(listener)
  }
  const port: Power = {
    onSuspend: added(suspends),
    onResume: added(resumes),
    isOnMains: () => true,
    onMainsChange: () => () => undefined,
    stayAwake: () => undefined
  }
  const say = (to: Set<() => void>) => (): void => {
    for (const listener of to) listener()
  }
  return { port, suspend: say(suspends), resume: say(resumes) }
}
