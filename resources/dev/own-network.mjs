// Runs inside a session: `own-network.mjs COMMAND…` runs the command in a network of its own, with nothing but loopback
// in it, where it may make, raise and take down interfaces. Where that is forbidden the command runs all the same, with
// the reason in `STANDBY_NO_OWN_NETWORK`.
import { capture, foreground } from './processes.mjs'

// A user namespace gives the right to make network namespaces, and the kept capabilities that to configure them.
const inNamespace = ['unshare', '--user', '--map-current-user', '--keep-caps', '--net', '--']
const raiseLoopback = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh']

const command = process.argv.slice(2)
const [file = '', ...args] = [...inNamespace, ...raiseLoopback]
const { code, output } = await capture(file, [...args, 'ip', '-brief', 'link'])
const reason = code === 0 ? undefined : `no network namespace can be made here: ${output.trim().split('\n').at(-1)}`

process.exitCode = await (reason === undefined
  ? foreground(file, [...args, ...command])
  : foreground(command[0] ?? '', command.slice(1), { env: { ...process.env, STANDBY_NO_OWN_NETWORK: reason } }))
