import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { redact } from '../core/redact.ts'
import type { Log } from '../services/ports.ts'

const maxBytes = 1_000_000

/**
 * The app's log in `folder`, and the one before it: at most 2 MB in all. Every known secret is removed from a line
 * before it is written. A log that cannot be written is no reason to fail.
 */
export function openLog(folder: string, secrets: () => Iterable<string>): Log {
  const file = join(folder, 'standby.log')
  return (line) => {
    try {
      mkdirSync(folder, { recursive: true })
      if (sizeOf(file) > maxBytes) renameSync(file, join(folder, 'standby.1.log'))
      appendFileSync(file, `${new Date().toISOString()} ${redact(line, secrets())}\n`, { mode: 0o600 })
    } catch (thrown) {
      process.stderr.write(`standby: the log cannot be written: ${String(thrown)}\n`)
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
