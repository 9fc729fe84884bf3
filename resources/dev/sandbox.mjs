import { statSync } from 'node:fs'
import path from 'node:path'
import { capture } from './processes.mjs'
import { asSessionUser } from './user.mjs'

/**
 * Whether Chromium's sandbox can work for the session's user: through user namespaces, or the setuid program beside
 * the runtime. Other systems than Linux have sandboxes that need nothing.
 * @param {string} runtime the executable
 */
export async function canSandbox(runtime) {
  if (process.platform !== 'linux') return true
  const namespaces = ['unshare', '--user', '--map-root-user', '--pid', '--net', '--fork', 'true']
  const [file = '', ...args] = [...asSessionUser(), ...namespaces]
  if ((await capture(file, args)).code === 0) return true
  const helper = statSync(path.join(path.dirname(runtime), 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4001) === 0o4001
}
