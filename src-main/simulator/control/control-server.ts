import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { mostDepthRows, type Control } from './control.ts'
import { ControlError } from './fields.ts'
import { parseClock, parseDepthRange, parseVersion } from './parse.ts'
import { parseMatch, parseTrouble } from './parse-trouble.ts'

const largestBodyBytes = 64 * 1024
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  // Without an encoding set, a request's stream gives buffers.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBodyBytes) throw new ControlError('The body is too large.', 413)
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8').trim()
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ControlError('The body must be JSON.')
  }
}

function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function turnClock(control: Control, body: unknown): unknown {
  const verb = parseClock(body)
  switch (verb.kind) {
    case 'freeze':
      return control.freeze()
    case 'resume':
      return control.resume()
    case 'step':
      return control.step(verb.ms)
    case 'set':
      return control.setTo(verb.ms)
  }
}

function obey(control: Control, verb: string, query: URLSearchParams, body: unknown): unknown {
  switch (verb) {
    case 'GET /':
      return { clock: control.clock(), version: control.version(), troubles: control.troubles() }
    case 'GET /clock':
      return control.clock()
    case 'POST /clock':
      return turnClock(control, body)
    case 'GET /version':
      return control.version()
    case 'POST /version':
      return control.upgrade(parseVersion(body))
    case 'GET /trouble':
      return { troubles: control.troubles() }
    case 'POST /trouble':
      return { troubles: control.start(parseTrouble(body)) }
    case 'DELETE /trouble':
      return { troubles: control.undo(parseMatch(body)) }
    case 'GET /depths':
      return control.depths(...parseDepthRange(query, mostDepthRows))
    case 'GET /requests':
      return control.requests()
    case 'DELETE /requests':
      control.resetRequests()
      return control.requests()
    default:
      throw new ControlError(`There is no ${verb} here.`, 404)
  }
}

async function answer(control: Control, token: string, message: IncomingMessage): Promise<unknown> {
  const host = (message.headers.host ?? '').replace(/:\d+$/, '')
  // A page in a browser could reach this port under a name of its own.
  if (!loopbackNames.includes(host)) throw new ControlError('This is for the machine itself only.', 403)
  const [path = '', search = ''] = (message.url ?? '/').split('?', 2)
  const [, given = '', ...verb] = path.split('/')
  if (!isToken(given, token)) throw new ControlError('Not found.', 404)
  const body = await readBody(message)
  return obey(control, `${message.method ?? 'GET'} /${verb.join('/')}`, new URLSearchParams(search), body)
}

/** The control route: JSON over HTTP under `/<token>`, refusals as `{message}`. */
export function createControlServer(control: Control, token: string): Server {
  return createServer((message, response) => {
    const send = (status: number, value: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
      response.end(JSON.stringify(value))
    }
    answer(control, token, message).then(
      (value) => send(200, value),
      (error: unknown) => {
        message.resume()
        if (error instanceof ControlError) send(error.status, { message: error.message })
        else send(500, { message: 'The simulator itself failed.' })
      }
    )
  })
}
