/** A release of Appwrite, `major.minor.patch`. */
export type Release = `${number}.${number}.${number}`

/** What a server calls itself. */
export interface ServerVersion {
  /** As the server wrote it. */
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Of a pre-release, such as `rc.1`; empty for a release. */
  readonly label: string
}

/**
 * The releases at which something changed that a client must know (API facts §11). `2.0.0` stands for the unreleased
 * main branch, which is not out under any number yet.
 */
export const boundaries = {
  '1.5.0': 'the oldest version spoken to',
  '1.6.0': 'executions can be scheduled and deleted, builds cancelled; an execution fails from status 500 on, not 400',
  '1.6.2': 'the queue check is gone, the usage queues have new names, an unknown key is refused outright',
  '1.7.0': 'deployment fields are renamed, variables can be secret, runtimes are public, executions are not searched',
  '1.7.2': 'a cache or pubsub that fails is an error and no longer an entry that says so',
  '1.8.0': 'executions say which deployment ran them and may be made with HEAD',
  '1.9.0': 'pings are measured, the audits queue has a depth, a function has a specification for its builds',
  '1.9.5': 'variables come in pages and with an id of their own, an unknown route is a page of HTML',
  '2.0.0': 'the depths of the queues and the usage of functions are gone'
} as const satisfies Readonly<Record<Release, string>>

export type Boundary = keyof typeof boundaries

/** Past every release there is. */
const mainBranch = { major: 2, minor: 0, patch: 0, label: '' }

const numbered = /^v?(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?(?:[-.]?([a-z][\w.-]{0,40}))?(?:\+[\w.-]{1,40})?$/i
const branch = /^(main|master|dev|develop|development|edge|nightly|latest|canary)([-_./][\w./-]{0,60})?$/i

/** The version in a server's own words, or `null` when they are no version. Names of branches count as newest. */
export function parseVersion(text: string): ServerVersion | null {
  const found = numbered.exec(text)
  if (found !== null) {
    const [, major, minor, patch, label] = found
    return { text, major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), label: label ?? '' }
  }
  return branch.test(text) ? { text, ...mainBranch } : null
}

/** Below 0 when `a` is the older one; a pre-release is older than its release. */
export function compareVersions(a: ServerVersion, b: ServerVersion): number {
  const distance = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (distance !== 0 || a.label === b.label) return distance
  if (a.label === '') return 1
  if (b.label === '') return -1
  return a.label.localeCompare(b.label, 'en', { numeric: true }) || (a.label < b.label ? -1 : 1)
}

/**
 * Whether a server has what came with a release. An unknown version has nothing new. A pre-release has what its
 * release has: that is what it is a preview of.
 */
export function isAtLeast(version: ServerVersion | null, release: Release): boolean {
  if (version === null) return false
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number)
  return (version.major - major || version.minor - minor || version.patch - patch) >= 0
}
