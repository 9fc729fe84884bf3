import type { Severity } from '../../contract/alerts.ts'
import { assertNever } from '../assert-never.ts'
import { clip } from './clip.ts'
import { lateMs } from './lateness.ts'
import type { AlertNews, Content, Outgoing } from './message.ts'
import { newest, summaryOf } from './summary.ts'

const mostText = 500

/** What a program gets. Fields are only ever added within version 1; times are ISO 8601 in UTC. The README lists them. */
export function jsonBody(message: Outgoing): Readonly<Record<string, unknown>> {
  const { messageId, atMs, sentMs, content } = message
  const { title, lines } = summaryOf(message)
  return {
    format: 'standby-webhook',
    version: 1,
    id: messageId,
    at: time(atMs),
    sentAt: time(sentMs),
    lateMs: lateMs(message),
    title,
    text: lines.join('\n'),
    ...contentOf(content)
  }
}

function contentOf(content: Content): Readonly<Record<string, unknown>> {
  switch (content.kind) {
    case 'alerts': {
      const { server, news } = content
      const { serverId, name, environment } = server
      const firing = newest(news).filter(({ event }) => event !== 'resolved')
      return {
        kind: 'alerts',
        status: firing.length === 0 ? 'resolved' : 'firing',
        severity: worstOf(firing.length === 0 ? news : firing),
        server: { id: serverId, name, environment },
        alerts: news.map(alertOf)
      }
    }
    case 'not-watching': {
      const { fromMs, toMs, why } = content
      return { kind: 'not-watching', from: time(fromMs), to: toMs === null ? null : time(toMs), why }
    }
    case 'test':
      return { kind: 'test' }
    default:
      return assertNever(content)
  }
}

function worstOf(news: readonly AlertNews[]): Severity {
  return news.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning'
}

function alertOf(news: AlertNews): Readonly<Record<string, unknown>> {
  const { event, atMs, alertId, ruleId, ruleName, ruleKind, subject, severity, title, value, limit, sinceMs } = news
  return {
    id: alertId,
    event,
    at: time(atMs),
    since: time(sinceMs),
    severity,
    title: clip(title, mostText),
    subject,
    value,
    limit,
    isFlapping: news.isFlapping,
    rule: { id: ruleId, name: ruleName, kind: ruleKind },
    runbookUrl: news.runbookUrl === '' ? null : news.runbookUrl,
    note: news.note === '' ? null : clip(news.note, mostText)
  }
}

const time = (atMs: number): string => new Date(atMs).toISOString()
