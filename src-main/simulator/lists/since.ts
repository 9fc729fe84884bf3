function parts(name: string): readonly number[] {
  return name === 'main' ? [Infinity] : name.split('.').map(Number)
}

/** Whether a version of Appwrite is `first` or newer, both as `1.7` or `1.7.5`; `main` is newer than all. */
export function isSince(version: string, first: string): boolean {
  const [own, asked] = [parts(version), parts(first)]
  for (const [at, part] of asked.entries()) {
    const difference = (own[at] ?? 0) - part
    if (difference !== 0) return difference > 0
  }
  return true
}
