import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import process from 'node:process'

// Replies of a real server with its headers; a process of its own, whose CPU is not counted as the clients'.
const headers = {
  Server: 'Appwrite',
  'X-Content-Type-Options': 'nosniff',
  'X-Debug-Speed': '0.0013802051544189',
  'Content-Type': 'application/json; charset=UTF-8'
}

const logBytes = 100_000

function logs(at) {
  let text = ''
  for (let line = 0; text.length < logBytes; line += 1) {
    const seconds = String(line % 60).padStart(2, '0')
    text += `2026-11-24T10:${seconds}.${String((line * 37) % 1000).padStart(3, '0')}Z INFO [worker-${at}] Processed order ${line * 7919} for customer "${(line * 104729).toString(16)}" in ${line % 97} ms\n`
  }
  return text.slice(0, logBytes)
}

const execution = (at) => ({
  $id: `66f0c0de${String(at).padStart(12, '0')}`,
  $createdAt: '2026-11-24T10:00:00.000+00:00',
  $updatedAt: '2026-11-24T10:00:01.000+00:00',
  $permissions: [],
  functionId: 'orders',
  trigger: 'http',
  status: 'completed',
  requestMethod: 'POST',
  requestPath: '/',
  requestHeaders: [{ name: 'content-type', value: 'application/json' }],
  responseStatusCode: 200,
  responseBody: '',
  responseHeaders: [{ name: 'content-length', value: '2' }],
  logs: logs(at),
  errors: '',
  duration: 0.25
})

const depth = Buffer.from('{"size":3}')
const list = Buffer.from(
  JSON.stringify({ total: 25, executions: Array.from({ length: 25 }, (_, at) => execution(at)) })
)

const server = createServer((request, response) => {
  const body = request.url.includes('/executions') ? list : depth
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.on('disconnect', () => process.exit())
