import { closeSync, readdirSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Closes the sockets and pipes above `highestKept` that this process has of a parent of the same program. On Linux Node
 * hands on what Chromium opened, such as its lines to its own processes: those wait for the end of a line, and would
 * outlive the parent as long as this process.
 */
export function closeInherited(highestKept: number): void {
  if (process.platform !== 'linux') return
  try {
    if (basename(readlinkSync(`/proc/${process.ppid}/exe`)) !== basename(readlinkSync('/proc/self/exe'))) return
    const parents = new Set([...linesOf(process.ppid)].map(([, line]) => line))
    for (const [descriptor, line] of linesOf(process.pid))
      if (descriptor > highestKept && parents.has(line)) closeSync(descriptor)
  } catch {
    // The parent is gone, or another user's.
  }
}

/** By file descriptor: what is open there, such as `socket:[88958]`, which no other socket is called. */
function linesOf(pid: number): ReadonlyMap<number, string> {
  const lines = new Map<number, string>()
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${name}`)
      if (/^(socket|pipe):/.test(target)) lines.set(Number(name), target)
    } catch {
      // Closed meanwhile.
    }
  }
  return lines
}
