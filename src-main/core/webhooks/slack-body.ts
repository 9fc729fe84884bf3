import { clip } from './clip.ts'
import type { Outgoing } from './message.ts'
import { summaryOf, type Summary } from './summary.ts'

const colours: Readonly<Record<Summary['gravity'], string>> = {
  critical: '#c93616',
  warning: '#d98e04',
  resolved: '#0a8468',
  'not-watching': '#6b7480',
  test: '#2f5fe0'
}

const mostText = 3000

/**
 * `text` and one attachment: what Slack takes, and Mattermost, Rocket.Chat and Discord's `/slack` addresses as well, which
 * know no blocks.
 */
export function slackBody(message: Outgoing): Readonly<Record<string, unknown>> {
  const { gravity, title, lines, runbookUrl } = summaryOf(message)
  const text = clip(lines.join('\n'), mostText)
  const link = runbookUrl === '' ? '' : `\n<${linkTarget(runbookUrl)}|Runbook>`
  const { content, atMs } = message
  return {
    text: escaped(title),
    attachments: [
      {
        color: colours[gravity],
        fallback: escaped(clip(`${title}: ${lines.join(', ')}`, mostText)),
        text: escaped(text) + link,
        footer: content.kind === 'alerts' ? `Standby · ${content.server.environment}` : 'Standby',
        ts: Math.floor(atMs / 1000)
      }
    ]
  }
}

/** The three characters that mean something in Slack's texts: a name must not become a link, nor call a whole channel. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An address within `<…|…>`. */
function linkTarget(url: string): string {
  return url.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;')
}
