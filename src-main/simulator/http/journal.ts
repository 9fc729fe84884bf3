import { headerOf, projectIdOf, type ApiRequest } from './request.ts'

const remembered = 200
const mostCounts = 2000
const longestText = 300

/** How often something was asked. */
export interface RequestCount {
  readonly method: string
  readonly path: string
  readonly projectId: string | null
  readonly count: number
}

/** One request as it may be shown: the names of its headers, never a key. */
export interface SeenRequest {
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly search: string
  readonly projectId: string | null
  readonly hasKey: boolean
  readonly headerNames: readonly string[]
  /** `null` until it was answered, and for good when the connection ended first. */
  readonly status: number | null
}

export interface JournalState {
  readonly sinceMs: number
  readonly total: number
  /** Connections reset by the trouble `cut`; their requests were never read. */
  readonly cutConnections: number
  readonly counts: readonly RequestCount[]
  /** Newest last. */
  readonly last: readonly SeenRequest[]
}

/** What the API was asked since the start or the last reset. */
export interface Journal {
  /** Returns how to note the status it was answered with. */
  readonly enter: (request: ApiRequest) => (status: number) => void
  readonly noteCut: () => void
  readonly state: () => JournalState
  readonly reset: () => void
}

// A key sent in the wrong place would be told with it.
const shown = (text: string) => text.replace(/[0-9a-f]{32,}/gi, '…').slice(0, longestText)

export function createJournal(nowMs: () => number): Journal {
  let sinceMs = nowMs()
  let total = 0
  let cutConnections = 0
  let counts = new Map<string, RequestCount>()
  let last: SeenRequest[] = []
  return {
    enter: (request) => {
      const asked = projectIdOf(request)
      const projectId = asked === null ? null : shown(asked)
      const { method } = request
      const path = shown(request.path)
      const name = JSON.stringify([method, path, projectId])
      const before = counts.get(name)
      total++
      if (before !== undefined || counts.size < mostCounts) {
        counts.set(name, { method, path, projectId, count: (before?.count ?? 0) + 1 })
      }
      let seen: SeenRequest = {
        atMs: nowMs(),
        method,
        path,
        search: shown(request.search),
        projectId,
        hasKey: headerOf(request, 'x-appwrite-key') !== null,
        headerNames: Object.keys(request.headers).sort(),
        status: null
      }
      last = [...last.slice(1 - remembered), seen]
      return (status) => {
        const at = last.indexOf(seen)
        seen = { ...seen, status }
        if (at >= 0) last[at] = seen
      }
    },
    noteCut: () => {
      cutConnections++
    },
    state: () => ({ sinceMs, total, cutConnections, counts: [...counts.values()], last: [...last] }),
    reset: () => {
      sinceMs = nowMs()
      total = 0
      cutConnections = 0
      counts = new Map()
      last = []
    }
  }
}
