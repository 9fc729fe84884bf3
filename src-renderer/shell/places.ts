/** Every place of the app in the order of the rail; the first nine answer to Ctrl/Cmd+1…9. */
export const placeNames = [
  'Overview',
  'Queues',
  'Health',
  'Alerts',
  'Functions',
  'Executions',
  'Variables',
  'Messaging',
  'GraphQL',
  'Reference',
  'Timeline',
  'Settings'
] as const
export type PlaceName = (typeof placeNames)[number]

/** The rail's groups, parted by a hairline. */
export const placeGroups: readonly (readonly PlaceName[])[] = [
  placeNames.slice(0, 7),
  placeNames.slice(7, 11),
  placeNames.slice(11)
]

/** The digit that goes to a place together with Ctrl or Cmd; `null` past the ninth. */
export function shortcutOf(place: PlaceName): string | null {
  const index = placeNames.indexOf(place)
  return index < 9 ? String(index + 1) : null
}

/** The place a digit key goes to. */
export function placeOf(key: string): PlaceName | null {
  return /^[1-9]$/.test(key) ? (placeNames[Number(key) - 1] ?? null) : null
}
