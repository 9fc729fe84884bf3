import { closeSync, readdirSync, readlinkSync } from 'node:fs'

/** Only what one name stands for once: sockets, pipes and Chromium's shared memory. */
const unique = /^(socket|pipe):\[\d+\]$|^\/dev\/shm\/\.org\.chromium\.\S+ \(deleted\)$/

/**
 * The environment for a process of this program that is to outlive this one. On Linux Node hands on what Chromium opened,
 * such as its lines to its own processes, which wait for the end of a line and would live on with that process: it is told
 * here what is not its own.
 */
export function environmentOfHeir(): NodeJS.ProcessEnv {
  return { ...process.env, STANDBY_INHERITED: [...openHere()].map(([, target]) => target).join('\n') }
}

/** Closes what a process of this program handed on unknowingly, above the descriptor `highestKept`. */
export function closeInherited(highestKept: number): void {
  const inherited = new Set(process.env.STANDBY_INHERITED?.split('\n'))
  delete process.env.STANDBY_INHERITED
  if (inherited.size === 0) return
  for (const [descriptor, target] of openHere())
    if (descriptor > highestKept && inherited.has(target)) closeSync(descriptor)
}

/** What is open in this process, by file descriptor. */
function openHere(): ReadonlyMap<number, string> {
  const open = new Map<number, string>()
  if (process.platform !== 'linux') return open
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`)
      if (unique.test(target)) open.set(Number(name), target)
    } catch {
      // Closed meanwhile.
    }
  }
  return open
}
