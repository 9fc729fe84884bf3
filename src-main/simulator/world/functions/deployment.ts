import type { Span } from '../troubles.ts'
import { takenAt, workerless } from './postponed.ts'

export interface Commit {
  readonly hash: string
  readonly message: string
  readonly author: string
  readonly authorUrl: string
}

/** One deployment as it was made; how far its build is follows from the time. */
export interface Deployment {
  readonly id: string
  readonly functionId: string
  readonly createdAtMs: number
  readonly type: 'manual' | 'cli' | 'vcs'
  /** Becomes the active one by itself when its build is ready. */
  readonly isActivating: boolean
  readonly buildId: string
  /** What its archive's bytes are made from; a retry has the same source. */
  readonly sourceSalt: number
  readonly sourceBytes: number
  readonly buildBytes: number
  /** How long it lies in the queue in calm times, and how long its build takes. */
  readonly waitMs: number
  readonly buildMs: number
  readonly isFailing: boolean
  readonly commit: Commit | null
  /** How many of its runs fail, 0 to 1. */
  readonly failRate: number
  readonly canceledAtMs: number | null
}

export type BuildStatus = 'waiting' | 'processing' | 'building' | 'ready' | 'failed' | 'canceled'

/** How a build stands. */
export interface Build {
  readonly status: BuildStatus
  readonly startedAtMs: number | null
  /** `null` until it is over. */
  readonly endedAtMs: number | null
  /** How much of `buildMs` was worked off. */
  readonly workedMs: number
}

const processingMs = 1_500

/** When a build makes progress; a wedged one makes none. */
function workSpans(
  deployment: Deployment,
  startMs: number,
  spans: readonly Span[]
): readonly (readonly [number, number])[] {
  const wedged = spans.flatMap(({ trouble, fromMs, toMs }) => {
    const isMeant =
      trouble.kind === 'wedged-build' && (trouble.functionId ?? deployment.functionId) === deployment.functionId
    return isMeant ? [{ fromMs, toMs: toMs ?? Infinity }] : []
  })
  const work: (readonly [number, number])[] = []
  let fromMs = startMs
  let leftMs = deployment.buildMs
  for (const gap of wedged.sort((a, b) => a.fromMs - b.fromMs)) {
    if (gap.toMs <= fromMs) continue
    const untilMs = Math.max(fromMs, gap.fromMs)
    if (untilMs - fromMs >= leftMs) break
    work.push([fromMs, untilMs])
    leftMs -= untilMs - fromMs
    fromMs = gap.toMs
  }
  work.push([fromMs, fromMs + leftMs])
  return work
}

/** How a deployment's build stands at a time, with the troubles up to then. */
export function buildOf(deployment: Deployment, spans: readonly Span[], nowMs: number): Build {
  const { createdAtMs, waitMs, isFailing, canceledAtMs } = deployment
  const takenMs = takenAt(createdAtMs + waitMs, workerless(spans, 'builds'))
  const work = workSpans(deployment, takenMs + processingMs, spans)
  const endMs = work.at(-1)?.[1] ?? Infinity
  const isCanceled = canceledAtMs !== null && canceledAtMs <= nowMs && canceledAtMs < endMs
  const seenMs = isCanceled ? canceledAtMs : nowMs
  const workedMs = work.reduce((sum, [fromMs, toMs]) => sum + Math.max(0, Math.min(seenMs, toMs) - fromMs), 0)
  const startedAtMs = takenMs <= seenMs ? takenMs : null
  if (isCanceled) return { status: 'canceled', startedAtMs, endedAtMs: canceledAtMs, workedMs }
  if (nowMs < takenMs) return { status: 'waiting', startedAtMs, endedAtMs: null, workedMs: 0 }
  if (nowMs < takenMs + processingMs) return { status: 'processing', startedAtMs, endedAtMs: null, workedMs: 0 }
  if (nowMs < endMs) return { status: 'building', startedAtMs, endedAtMs: null, workedMs }
  return { status: isFailing ? 'failed' : 'ready', startedAtMs, endedAtMs: endMs, workedMs }
}
