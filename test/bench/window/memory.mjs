import { readdirSync, readFileSync } from 'node:fs'

/** What the demo's simulator runs as. */
const nodeService = 'node.mojom.NodeService'

/**
 * The proportional set size of a process and all below it, in MB: `own`, and `demo` for the demo's server. Throws where
 * a process of the tree may not be looked into.
 * @param {number} root process id
 */
export function memoryOf(root) {
  const sums = { own: 0, demo: 0 }
  for (const pid of treeOf(root)) {
    const rollup = contentOf(pid, 'smaps_rollup')
    const kilobytes = Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
    sums[contentOf(pid, 'cmdline').includes(nodeService) ? 'demo' : 'own'] += kilobytes / 1024
  }
  return sums
}

/** @param {number} root */
function treeOf(root) {
  const children = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // "pid (name) state parent …"; the name may hold anything.
    const parent = Number(contentOf(name, 'stat').split(') ').at(-1)?.split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [root]
  for (const pid of found) found.push(...(children.get(pid) ?? []))
  return found
}

/**
 * Empty for a process that is gone.
 * @param {number | string} pid
 * @param {string} name of a file in its folder of /proc
 */
function contentOf(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}
