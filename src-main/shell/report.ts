import type { BrowserWindow } from 'electron'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hostOf } from '../core/endpoint.ts'
import type { ServerFacts } from '../services/monitor/server-monitor.ts'
import type { Poller } from '../services/poller.ts'

export interface ReportOptions {
  readonly folder: string
  readonly window: BrowserWindow
  readonly poller: Poller
  readonly print: (line: string) => void
}

/** Resolves in the page after its next frame was drawn with charts on it and its fonts loaded; `false` if there are none. */
const painted = `document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => done([...document.querySelectorAll('canvas')].filter((one) => one.width > 0).length >= 3)))))`

/**
 * For a machine nobody sees: once a sweep is painted, saves a picture of the window and prints its path; then prints
 * one line a sweep.
 */
export function startReport({ folder, window, poller, print }: ReportOptions): () => void {
  let isTaking = false
  let isTaken = false
  const lastSweeps = new Map<string, number>()
  const take = async (): Promise<void> => {
    isTaking = true
    if ((await window.webContents.executeJavaScript(painted)) === true) {
      const picture = await window.webContents.capturePage()
      mkdirSync(folder, { recursive: true })
      const file = resolve(join(folder, 'overview.png'))
      writeFileSync(file, picture.toPNG())
      print(file)
      isTaken = true
    }
    isTaking = false
  }
  return poller.onNews((news) => {
    if (news.kind === 'gone') return
    const facts = poller.facts(news.serverId)
    const sweptAtMs = facts.lastSweepAtMs
    if (sweptAtMs === null || facts.version === null || facts.checks.length === 0) return
    if (lastSweeps.get(news.serverId) === sweptAtMs) return
    lastSweeps.set(news.serverId, sweptAtMs)
    if (isTaken) print(statusLine(facts))
    else if (!isTaking) void take()
  })
}

function statusLine(facts: ServerFacts): string {
  const time = new Date(facts.lastSweepAtMs ?? 0).toISOString().slice(11, 19)
  const known = facts.queues.filter((queue) => queue.depth !== null)
  const fullest = known.toSorted((a, b) => (b.depth ?? 0) - (a.depth ?? 0)).slice(0, 3)
  const depths = fullest.map((queue) => `${queue.queue} ${queue.depth ?? ''}`).join(', ')
  const passing = facts.checks.filter((check) => check.level === 'ok').length
  const name = `${hostOf(facts.server.endpoint)}${facts.server.isDemo ? ' (Demo)' : ''}`
  const checks = `${passing} of ${facts.checks.length} checks pass`
  return `${time} UTC  ${name}  ${facts.verdict.state}  ${known.length} queues: ${depths}  ${checks}  ${facts.requestsPerMinute} requests/min`
}
