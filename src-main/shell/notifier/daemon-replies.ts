import type { NoticeAct, NotifierFace } from '../../services/ports.ts'

/** What a notification daemon says that it is and can do. */
export interface DaemonTraits {
  readonly hasActions: boolean
  readonly readsMarkup: boolean
  /** Name and version for people. */
  readonly server: string
}

export type DaemonSignal =
  | { readonly kind: 'acted'; readonly id: number; readonly act: NoticeAct }
  | { readonly kind: 'closed'; readonly id: number }

const longestName = 60
const largestId = 0xffff_ffff

/** From the answers of `GetCapabilities` and `GetServerInformation`; what is malformed counts as not said. */
export function daemonTraits(capabilities: readonly unknown[], information: readonly unknown[]): DaemonTraits {
  const [listed] = capabilities
  const known: readonly unknown[] = Array.isArray(listed) ? listed : []
  return {
    hasActions: known.includes('actions'),
    readsMarkup: known.includes('body-markup'),
    server: serverName(information)
  }
}

export function faceOf(traits: DaemonTraits): NotifierFace {
  return { kind: traits.hasActions ? 'buttons' : 'plain', server: traits.server }
}

/** The id in an answer of `Notify`, or `null` for anything that is none: the specification begins them with 1. */
export function noticeId([id]: readonly unknown[]): number | null {
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= largestId ? id : null
}

/** A signal of the daemon's, or `null` for one that is malformed or means nothing here. */
export function daemonSignal(member: string, body: readonly unknown[]): DaemonSignal | null {
  const id = noticeId(body)
  if (id === null) return null
  if (member === 'NotificationClosed') return { kind: 'closed', id }
  if (member !== 'ActionInvoked') return null
  const act = actOf(body[1])
  return act === null ? null : { kind: 'acted', id, act }
}

function actOf(key: unknown): NoticeAct | null {
  if (key === 'default') return 'open'
  return key === 'acknowledge' || key === 'snooze' || key === 'open' ? key : null
}

/** The second word of an answer is the vendor, which people do not know their desktop by. */
function serverName([name, , version]: readonly unknown[]): string {
  const words = [name, version].filter((word) => typeof word === 'string').map(cleaned)
  return words.join(' ').trim() || 'an unnamed daemon'
}

function cleaned(word: string): string {
  return word
    .slice(0, longestName)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
}
