import type { IncomingMessage, ServerResponse } from 'node:http'
import { ServerClient } from '../../../../src-main/appwrite/client.ts'
import type { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import type { TransportOptions } from '../../../../src-main/appwrite/transport.ts'
import { parseVersion, type ServerVersion } from '../../../../src-main/appwrite/versions.ts'
import { credentials, listenHttp } from '../listener.ts'
import { closing, listening } from '../open.ts'

/** A request as a server got it. */
export interface Got {
  readonly method: string
  /** Below `/v1`, without the query. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: unknown
  readonly format: string
  readonly apiKey: string | null
}

/** What a server of a test says; `undefined` is 404 for a route that is not there. */
export type Say = (
  got: Got
) =>
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | null
  | undefined

/** Says the same to every request. */
export const saying =
  (body: unknown, status = 200): Say =>
  () => ({ status, body })

export const version = (text: string | null): ServerVersion | null => (text === null ? null : parseVersion(text))

/** A project on a real server that says what it is told to; `got` is what reached it. Writes are allowed. */
export async function projectOn(
  say: Say,
  serverVersion: string | null,
  options: Partial<TransportOptions> = {}
): Promise<{ readonly project: ProjectClient; readonly got: readonly Got[] }> {
  const got: Got[] = []
  const server = await listening(
    listenHttp((request, response) => {
      reply(request, response, say, got).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined)
      )
    })
  )
  const client = closing(
    new ServerClient({ endpoint: server.endpoint, policy: { allows: () => true }, deadlineMs: 4000, ...options })
  )
  return { project: client.project(credentials, version(serverVersion)), got }
}

async function reply(request: IncomingMessage, response: ServerResponse, say: Say, seen: Got[]): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // a request without an encoding yields buffers
  const url = new URL(request.url ?? '', 'http://a.example')
  const text = Buffer.concat(chunks).toString('utf8')
  const got: Got = {
    method: request.method ?? '',
    path: url.pathname.replace(/^\/v1/, ''),
    query: [...url.searchParams],
    body: text === '' ? null : (JSON.parse(text) as unknown),
    format: String(request.headers['x-appwrite-response-format']),
    apiKey: headerOf(request, 'x-appwrite-key')
  }
  seen.push(got)
  const {
    status = 200,
    body,
    headers = {}
  } = say(got) ?? {
    status: 404,
    body: { message: 'Route not found.', code: 404, type: 'general_route_not_found', version: '1.5.11' }
  }
  const isText = typeof body === 'string'
  response.writeHead(status, {
    'Content-Type': isText ? 'text/html' : 'application/json',
    'X-Debug-Speed': '0.001',
    ...headers
  })
  response.end(body === undefined ? '' : isText ? body : JSON.stringify(body))
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}
