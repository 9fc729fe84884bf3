import { z } from 'zod'
import { connectionLimits, environments, type ImportResult } from '../contract/connections.ts'
import { Failure } from '../core/failure.ts'
import type { Connections } from './connections.ts'

const format = 'standby-connections'
/** A file of connections is text a person may read; a thousand of them stay far below this. */
export const maxFileBytes = 1_000_000

const file = z.object({
  format: z.literal(format),
  version: z.literal(1),
  connections: z
    .array(
      z.object({
        name: z.string().max(connectionLimits.name),
        endpoint: z.string().max(connectionLimits.endpoint),
        projectId: z.string().max(connectionLimits.projectId),
        environment: z.enum(environments)
      })
    )
    .max(1000)
})

/** The saved connections as a file to hand on: names and addresses, never a key. */
export function exportText(connections: Connections): string {
  const saved = connections.list().filter((one) => !one.isDemo)
  const content: z.infer<typeof file> = {
    format,
    version: 1,
    connections: saved.map(({ name, endpoint, projectId, environment }) => ({ name, endpoint, projectId, environment }))
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/**
 * Adds what the file holds and is not there yet; each connection waits for its key. Throws `invalid` for a file that is
 * not one of ours, before anything is added.
 */
export function importText(connections: Connections, text: string): ImportResult {
  const skipped: string[] = []
  let added = 0
  for (const connection of parse(text)) {
    try {
      connections.addKeyless(connection)
      added++
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      skipped.push(`${connection.name === '' ? connection.endpoint : connection.name}: ${thrown.message}`)
    }
  }
  return { added, skipped }
}

function parse(text: string): z.infer<typeof file>['connections'] {
  try {
    return file.parse(JSON.parse(text)).connections
  } catch {
    throw new Failure({
      code: 'invalid',
      message: 'This is not a file of connections that Standby exported. Choose one that was, or add them by hand.'
    })
  }
}
