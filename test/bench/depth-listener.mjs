import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import process from 'node:process'

// The depth reply of a real server with its headers; a process of its own, started and ended by the bench.
const body = Buffer.from('{"size":3}')
const headers = {
  Server: 'Appwrite',
  'X-Content-Type-Options': 'nosniff',
  'X-Debug-Speed': '0.0013802051544189',
  'Content-Type': 'application/json; charset=UTF-8',
  'Content-Length': String(body.length)
}
const server = createServer((_, response) => response.writeHead(200, headers).end(body))
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.on('disconnect', () => process.exit())
