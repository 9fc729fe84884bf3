import { connect, createServer, type Socket } from 'node:net'

export interface Forwarder {
  /** An API endpoint at the forwarder's address. */
  readonly endpoint: string
  /** Ends every connection and frees the port. */
  readonly close: () => Promise<void>
}

/** Makes a simulator, which listens on loopback alone, reachable at another address of this machine. */
export async function forward(endpoint: string, address: string): Promise<Forwarder> {
  const { port } = new URL(endpoint)
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(Number(port), '127.0.0.1')
    for (const [end, other] of [
      [socket, onward],
      [onward, socket]
    ] as const) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('a TCP listener has a port')
  return {
    endpoint: `http://${address}:${bound.port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const end of open) end.destroy()
      })
  }
}
