import type { Words } from './profile.ts'
import { nodeStack } from './words.ts'

const errnos = [
  ['ETIMEDOUT', 'connect', 110],
  ['ECONNREFUSED', 'connect', 111],
  ['ECONNRESET', 'read', 104]
] as const

/** What Node.js says of a system behind a function that does not answer. */
export const unreachable =
  (upstream: string): Words =>
  ({ dice }) => {
    const [code, syscall, errno] = errnos[dice.int(0, errnos.length - 1)] ?? errnos[0]
    const address = `10.20.4.${dice.pick([17, 17, 18])}`
    const where = syscall === 'connect' ? ` ${address}:443` : ''
    return [
      `Error: ${syscall} ${code}${where}`,
      syscall === 'connect'
        ? '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)'
        : '    at TLSWrap.onStreamRead (node:internal/stream_base_commons:217:20)',
      nodeStack('src/upstream.js', 31, 22),
      `  errno: -${errno}, code: '${code}', syscall: '${syscall}', host: '${upstream}', port: 443`
    ].join('\n')
  }
