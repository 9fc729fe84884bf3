/** How the clock stands, as the control route tells it. */
export interface ClockState {
  /** Unix milliseconds. */
  readonly nowMs: number
  readonly isFrozen: boolean
}

/** The simulator's own time: everything it answers follows from it and the seed. */
export interface Clock {
  readonly nowMs: () => number
  readonly state: () => ClockState
  readonly freeze: () => void
  /** Runs on from where it stands, not from the machine's time. */
  readonly resume: () => void
  /** Forward or, with a negative number, back; whether frozen or running. */
  readonly step: (ms: number) => void
  readonly setTo: (ms: number) => void
}

/** A clock that runs with `machineNow` from `startMs` on. */
export function createClock(machineNow: () => number, startMs: number, isFrozen: boolean): Clock {
  let offsetMs = startMs - machineNow()
  let frozenAtMs = isFrozen ? startMs : null
  const nowMs = () => frozenAtMs ?? machineNow() + offsetMs
  const setTo = (ms: number) => {
    if (frozenAtMs === null) offsetMs = ms - machineNow()
    else frozenAtMs = ms
  }
  return {
    nowMs,
    state: () => ({ nowMs: nowMs(), isFrozen: frozenAtMs !== null }),
    freeze: () => {
      frozenAtMs = nowMs()
    },
    resume: () => {
      offsetMs = nowMs() - machineNow()
      frozenAtMs = null
    },
    step: (ms) => setTo(nowMs() + ms),
    setTo
  }
}
