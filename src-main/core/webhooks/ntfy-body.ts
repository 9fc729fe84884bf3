import { clipBytes } from './clip.ts'
import type { Outgoing } from './message.ts'
import { summaryOf, type Summary } from './summary.ts'

/** 5 rings until somebody looks, 4 vibrates long, 3 is the usual, 2 makes no sound. The tags are emojis by their names. */
const faces: Readonly<Record<Summary['gravity'], { readonly priority: number; readonly tag: string }>> = {
  critical: { priority: 5, tag: 'rotating_light' },
  warning: { priority: 3, tag: 'warning' },
  resolved: { priority: 2, tag: 'white_check_mark' },
  'not-watching': { priority: 4, tag: 'see_no_evil' },
  test: { priority: 3, tag: 'test_tube' }
}

/** Beyond 4,096 bytes ntfy makes a file of a message. */
const mostBytes = 3900
const mostTitleBytes = 250

/**
 * What ntfy takes at the root of its server. Not as headers at the topic: those are Latin-1, and a queue or a server may
 * be called otherwise.
 */
export function ntfyBody(message: Outgoing, topic: string): Readonly<Record<string, unknown>> {
  const { gravity, title, lines, runbookUrl } = summaryOf(message)
  const { priority, tag } = faces[gravity]
  return {
    topic,
    title: clipBytes(title, mostTitleBytes),
    message: clipBytes(lines.join('\n'), mostBytes),
    priority,
    tags: [tag],
    ...(runbookUrl === '' ? {} : { click: runbookUrl })
  }
}
