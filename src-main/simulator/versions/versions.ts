import { v1_5_11 } from './v1-5.ts'
import type { Version } from './version.ts'

const versions: ReadonlyMap<string, Version> = new Map([[v1_5_11.name, v1_5_11]])

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
