import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on the loopback address; resolves with the port, rejects when it cannot be had. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      // A TCP listener's address is never a path.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Ends every connection and resolves when the port is free. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
