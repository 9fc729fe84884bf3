import type { Version } from './version.ts'
import { v1_5_11 } from './v1-5.ts'
import { v1_6_1, v1_6_2 } from './v1-6.ts'
import { v1_7_5 } from './v1-7.ts'
import { v1_8_1 } from './v1-8.ts'
import { main, v1_9_6 } from './v1-9.ts'

const versions: ReadonlyMap<string, Version> = new Map(
  [v1_5_11, v1_6_1, v1_6_2, v1_7_5, v1_8_1, v1_9_6, main].map((version) => [version.name, version])
)

/** Oldest first. */
export const supportedVersions: readonly string[] = [...versions.keys()]

/** The refusal of a version that is not among them. */
export function unsupported(name: string): string {
  return `Appwrite ${name} cannot be simulated; supported: ${supportedVersions.join(', ')}.`
}

/** Throws the refusal. */
export function versionNamed(name: string): Version {
  const version = versions.get(name)
  if (version === undefined) throw new Error(unsupported(name))
  return version
}
