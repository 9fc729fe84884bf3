import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { fixture } from './listener.ts'
import { closing } from './open.ts'

export interface ProxyServer {
  /** Such as `127.0.0.1:3128`. */
  readonly place: string
  /** What was asked of it: `CONNECT host:port`, and the headers that came along. */
  readonly asked: readonly { readonly line: string; readonly headers: Readonly<Record<string, unknown>> }[]
  close(): Promise<void>
}

export interface ProxyOptions {
  /** Instead of a tunnel. */
  readonly answer?: string
  /** A certificate, for a proxy that is reached by TLS. */
  readonly certificate?: string
  /** Where every tunnel leads; default: where it is asked to. */
  readonly port?: number
  readonly isSilent?: boolean
}

/** A proxy that makes tunnels, on a real port. */
export async function startProxy(options: ProxyOptions = {}): Promise<ProxyServer> {
  const asked: ProxyServer['asked'][number][] = []
  const sockets = new Set<Socket>()
  const { certificate } = options
  const server =
    certificate === undefined ? createServer() : createSecureServer({ key: fixture('key'), cert: fixture(certificate) })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers })
    socket.on('error', () => undefined)
    if (options.isSilent === true) return
    if (options.answer !== undefined) return void socket.end(options.answer)
    const port = options.port ?? Number(/:(\d+)$/.exec(request.url ?? '')?.[1])
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
  return closing({
    place: `127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
  })
}
