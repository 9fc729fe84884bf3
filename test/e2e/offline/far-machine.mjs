// Another machine: a simulator in a network namespace of its own, reachable at every address it has. Says where on its
// first line, with the port for the address; `refuse` on stdin closes that port while the machine stays.
import { spawn } from 'node:child_process'
import console from 'node:console'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { URL } from 'node:url'

const simulator = spawn(process.execPath, [...process.argv.slice(2), '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit']
})
process.on('exit', () => simulator.kill('SIGKILL'))

createInterface(simulator.stdout).once('line', (line) => {
  const told = JSON.parse(line)
  const open = new Set()
  const server = createServer((socket) => {
    const onward = connect(Number(new URL(told.endpoint).port), '127.0.0.1')
    for (const [end, other] of [
      [socket, onward],
      [onward, socket]
    ]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => other.destroy())
      end.pipe(other)
    }
  })
  server.listen(0, '0.0.0.0', () => console.log(JSON.stringify({ ...told, port: server.address().port })))
  createInterface(process.stdin)
    .on('line', () => {
      server.close()
      for (const end of open) end.destroy()
    })
    .on('close', () => process.exit())
})
