import type { Severity } from '../../contract/alerts.ts'
import { noticeTitle } from '../alerts/words.ts'
import { assertNever } from '../assert-never.ts'
import { clip } from './clip.ts'
import { lateLabel, spanWords } from './lateness.ts'
import type { AlertNews, Content, NotWatching, Outgoing } from './message.ts'

/** A message for people: what every kind of receiver that shows text is told. */
export interface Summary {
  /** The worst that fires; `resolved` when nothing of it does any more. */
  readonly gravity: Severity | 'resolved' | 'not-watching' | 'test'
  /** Says how late it is where it is. */
  readonly title: string
  /** The gravest first. */
  readonly lines: readonly string[]
  /** What to do about the gravest; empty where nobody wrote that down. */
  readonly runbookUrl: string
}

const mostLines = 15
const most = { title: 200, line: 300 } as const

/** What a message says. Of an alert only the newest is told. */
export function summaryOf(message: Outgoing): Summary {
  const { gravity, title, lines, runbookUrl } = textOf(message.content)
  const late = lateLabel(message)
  const more = lines.length - mostLines
  return {
    gravity,
    title: clip(title, most.title) + (late === '' ? '' : ` (${late})`),
    lines: [
      ...lines.slice(0, mostLines).map((line) => clip(line, most.line)),
      ...(more > 0 ? [`and ${more} more`] : [])
    ],
    runbookUrl
  }
}

function textOf(content: Content): Summary {
  switch (content.kind) {
    case 'alerts':
      return alertsText(content.server.name, newest(content.news))
    case 'not-watching':
      return {
        gravity: 'not-watching',
        title: notWatchingTitle(content),
        lines: [notWatchingLine(content)],
        runbookUrl: ''
      }
    case 'test':
      return {
        gravity: 'test',
        title: 'Test · Standby',
        lines: ['This is a test: alerts of Standby arrive here.'],
        runbookUrl: ''
      }
    default:
      return assertNever(content)
  }
}

/** The last of what happened to each alert, the gravest first. */
export function newest(news: readonly AlertNews[]): readonly AlertNews[] {
  const last = new Map(news.map((one) => [one.alertId, one]))
  return [...last.values()].sort((a, b) => gravityOf(a) - gravityOf(b))
}

const gravityOf = ({ event, severity }: AlertNews): number =>
  event === 'resolved' ? 2 : severity === 'critical' ? 0 : 1

function alertsText(serverName: string, news: readonly AlertNews[]): Summary {
  const firing = news.filter(({ event }) => event !== 'resolved')
  const reason = firing.every(({ event }) => event === 'again') ? 'again' : 'new'
  const many = news.length === 1 ? '' : ` · ${news.length} alerts`
  return {
    gravity: firing[0]?.severity ?? 'resolved',
    title:
      firing.length === 0
        ? `Resolved · ${serverName}${many}`
        : noticeTitle(
            firing.map(({ severity, title, isFlapping }) => ({ severity, title, isFlapping, serverName })),
            reason
          ),
    lines: news.map(lineOf),
    runbookUrl: news.find(({ runbookUrl }) => runbookUrl !== '')?.runbookUrl ?? ''
  }
}

function lineOf({ event, title, isFlapping, sinceMs, atMs }: AlertNews): string {
  if (event === 'resolved') return `Resolved after ${spanWords(atMs - sinceMs)}: ${title}`
  return isFlapping ? `${title}, on and off` : title
}

const notWatchingTitle = ({ toMs }: NotWatching): string =>
  toMs === null ? 'Standby is not watching' : 'Standby did not watch'

function notWatchingLine({ fromMs, toMs, why }: NotWatching): string {
  if (toMs === null) return `Not watching since ${utc(fromMs)}: ${why}.`
  return `Not watched for ${spanWords(toMs - fromMs)}, from ${utc(fromMs)} to ${utc(toMs)}: ${why}.`
}

/** `24 Nov 02:14 UTC`: the receiver may be anywhere. */
function utc(atMs: number): string {
  const [, , day, month, , time] = /^(\w+), (\d+) (\w+) (\d+) (\d+:\d+)/.exec(new Date(atMs).toUTCString()) ?? []
  return `${Number(day)} ${month} ${time} UTC`
}
