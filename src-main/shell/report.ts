import type { BrowserWindow } from 'electron'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hostOf } from '../core/endpoint.ts'
import type { ServerFacts } from '../services/monitor/server-facts.ts'
import type { Poller } from '../services/poller.ts'

export interface ReportOptions {
  readonly folder: string
  readonly window: BrowserWindow
  readonly poller: Poller
  readonly print: (line: string) => void
}

/**
 * Run in the page: resolves once the status bar names a full sweep, the charts are there, fonts are loaded and two
 * more frames were drawn. Asks frame by frame, because only the page knows when it has painted.
 */
const painted = `document.fonts.ready.then(() => new Promise((done) => {
  const isThere = () => document.querySelector('footer[data-sweep]') !== null && document.querySelectorAll('canvas').length >= 3
  const look = () => requestAnimationFrame(() => (isThere() ? requestAnimationFrame(() => setTimeout(done, 100)) : look()))
  look()
}))`

/**
 * For a machine nobody sees: once a sweep is painted, saves a picture of the window and prints its path; then prints
 * one line a sweep. The returned function stops it.
 */
export function startReport({ folder, window, poller, print }: ReportOptions): () => void {
  let picture: 'none' | 'wanted' | 'taken' = 'none'
  const lastSweeps = new Map<string, number>()
  const take = async (): Promise<void> => {
    picture = 'wanted'
    await window.webContents.executeJavaScript(painted)
    const image = await window.webContents.capturePage()
    mkdirSync(folder, { recursive: true })
    const file = resolve(join(folder, 'overview.png'))
    writeFileSync(file, image.toPNG())
    print(file)
    picture = 'taken'
  }
  return poller.onNews((news) => {
    if (news.kind === 'gone') return
    const facts = poller.facts(news.serverId)
    const sweptAtMs = facts.lastSweepAtMs
    // The first checks come right after the first sweep; a picture without them would say less than is known.
    if (sweptAtMs === null || facts.version === null || facts.checks.length === 0) return
    if (picture === 'none') void take()
    if (lastSweeps.get(news.serverId) === sweptAtMs) return
    lastSweeps.set(news.serverId, sweptAtMs)
    if (picture === 'taken') print(statusLine(facts))
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
