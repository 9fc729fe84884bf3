import { existsSync } from 'node:fs'
import { capture } from './processes.mjs'
import { isRoot, note } from './project.mjs'

/** Debian's names of what a virtual desktop and Electron on it need. */
const packages = [
  // Electron's own libraries
  'libnss3',
  'libatk-bridge2.0-0',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxss1',
  'libnotify4',
  // a display, a bus, a keyring, the mocks
  'xvfb',
  'xauth',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
  'python3-dbusmock',
  'libglib2.0-bin',
  // a network of their own for the tests that take one down
  'iproute2',
  // honest screenshots
  'fonts-noto-core',
  'fonts-noto-color-emoji'
]

/** Programs a session cannot do without, for systems whose packages are not Debian's. */
const programs = ['Xvfb', 'dbus-run-session', 'gnome-keyring-daemon', 'gdbus']

const APT_OPTIONS = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', '-o', 'Dpkg::Use-Pty=0']

/**
 * Sees to it that a virtual desktop can be started: root on Debian gets what is missing installed, anyone else is told
 * the one command to run (as an error).
 */
export async function ensureSystemPackages() {
  if (!existsSync('/usr/bin/apt-get')) return checkPrograms()
  const missing = await missingPackages()
  if (missing.length === 0) return
  const install = ['install', '--yes', '--no-install-recommends', ...missing]
  if (!isRoot) {
    throw new Error(`a virtual desktop needs packages of the system; run: sudo apt-get ${install.join(' ')}`)
  }
  note(`installing ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // A third-party source may be out of reach; the install tells whether that matters.
  await capture('apt-get', [...APT_OPTIONS, 'update'], { env })
  const { code, output } = await capture('apt-get', [...APT_OPTIONS, ...install], { env })
  if (code !== 0) throw new Error(`apt-get could not install ${missing.join(' ')}:\n${output.trim().slice(-2_000)}`)
}

/** @returns {Promise<string[]>} by the names this release knows */
async function missingPackages() {
  // Since 2024 Debian and Ubuntu mark some libraries as built for 64-bit time: libasound2t64 for libasound2.
  const names = packages.flatMap((name) => (name.startsWith('lib') ? [name, `${name}t64`] : [name]))
  const { stdout } = await capture('dpkg-query', ['--show', '--showformat=${Package} ${db:Status-Status}\\n', ...names])
  const installed = new Set(
    stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : []))
  )
  const missing = packages.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
  if (missing.length === 0) return []
  const marked = await capture('apt-cache', ['pkgnames'])
  const known = new Set(marked.stdout.split('\n'))
  return missing.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name))
}

async function checkPrograms() {
  const found = await Promise.all(programs.map((name) => capture('which', [name])))
  const missing = programs.filter((_name, index) => found[index]?.code !== 0)
  const python = await capture('/usr/bin/python3', ['-c', 'import dbusmock'])
  if (python.code !== 0) missing.push('python-dbusmock')
  if (missing.length > 0) throw new Error(`a virtual desktop needs what is not installed: ${missing.join(', ')}`)
}
