/**
 * Where the session's bus listens, or `null` without one. Only sockets of this machine: the other kinds of addresses
 * start programs or reach out to the network. `exists` says whether a path is there.
 */
export function sessionBusAddress(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean
): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: addresses = '', XDG_RUNTIME_DIR: folder = '' } = env
  // A relative folder would be looked for wherever the app was started.
  const socket = folder.startsWith('/') ? `${folder}/bus` : ''
  if (addresses === '') return socket !== '' && exists(socket) ? `unix:path=${socket}` : null
  return addresses.split(';').find((address) => /^unix:(.*,)?(path|abstract)=./.test(address)) ?? null
}
