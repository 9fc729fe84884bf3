import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A keyring of a test's own, on a bus of its own: other tests go on with the session's. */
export interface OwnKeyring {
  /** Starts Electron with this keyring open. */
  readonly unlocked: string
  /** Starts Electron with the keyring running but locked, as after a login without a password. */
  readonly locked: string
}

const password = 'test-only'

/**
 * A bus that starts no services: a locked keyring asks for its password through one, and would wait for a person. Here the
 * question fails at once, as it does when that person closes it.
 */
const bus = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`

/** Scripts to start Electron by; they stand in for its executable. */
export async function makeKeyring(): Promise<OwnKeyring> {
  const folder = await mkdtemp(join(tmpdir(), 'standby-keyring-'))
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'bus.conf'), bus)
  const script = async (name: string, start: string): Promise<string> => {
    const path = join(folder, name)
    // `$@` are Electron's arguments; the daemon ends with the bus, and the bus with Electron.
    const inner = `${start} >/dev/null 2>&1; exec "$STANDBY_ELECTRON" "$@"`
    await writeFile(
      path,
      `#!/bin/sh\nexport XDG_DATA_HOME=${join(folder, 'data')}\nexec dbus-run-session --config-file=${join(folder, 'bus.conf')} -- sh -c '${inner}' electron "$@"\n`
    )
    await chmod(path, 0o755)
    return path
  }
  return {
    unlocked: await script('unlocked', `printf ${password} | gnome-keyring-daemon --unlock --components=secrets`),
    locked: await script('locked', 'gnome-keyring-daemon --start --components=secrets')
  }
}
