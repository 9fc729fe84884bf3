// Many servers in one process that answer health and queue endpoints as a healthy Appwrite 1.5.11 does, and do nothing
// else: the simulator's world would cost more than what is measured.
import { createServer } from 'node:http'
import process from 'node:process'
import { URL } from 'node:url'

let asked = 0

/** @param {string} path */
function answer(path) {
  const name = path.slice('/v1/health'.length)
  if (name === '/version') return { version: '1.5.11' }
  if (name.startsWith('/queue/')) return { size: Math.floor(Math.random() * 40) }
  if (name === '/time') return { remoteTime: seconds(), localTime: seconds(), diff: 0 }
  if (name === '/anti-virus') return { status: 'disabled', version: '' }
  const status = { name: 'part', ping: 1, status: 'pass' }
  return ['/db', '/cache', '/queue', '/pubsub'].includes(name) ? { total: 1, statuses: [status] } : status
}

const seconds = () => Math.floor(Date.now() / 1000)

const servers = await Promise.all(
  Array.from({ length: Number(process.argv[2]) }, async () => {
    const server = createServer((request, reply) => {
      asked++
      const body = JSON.stringify(answer(new URL(request.url ?? '/', 'http://host').pathname))
      reply.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'x-appwrite-project': 'bench' })
      reply.end(body)
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { endpoint: `http://127.0.0.1:${port}/v1`, projectId: 'bench', apiKey: 'standard_bench' }
  })
)
process.send?.(servers)
process.on('message', () => process.send?.(asked))
