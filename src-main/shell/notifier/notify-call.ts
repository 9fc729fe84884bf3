import { Variant } from '@jellybrick/dbus-next'
import type { Notice } from '../../services/ports.ts'
import { actLabels } from './act-labels.ts'
import type { DaemonTraits } from './daemon-replies.ts'

/** The signature of `Notify` in the Desktop Notifications Specification. */
export const notifySignature = 'susssasa{sv}i'

/** By the name of the packaged app's desktop file, by which desktops group and configure notices. */
const desktopEntry = 'standby'

const longestLine = 200
const longestBody = 4_000

/** In the specification: 0 stays until dealt with, -1 is the desktop's own choice. */
const expireMs = { critical: 0, normal: -1 }
const urgencyLevels = { critical: 2, normal: 1 }
/** Names of the Sound Naming Specification. */
const sounds = { critical: 'dialog-error', normal: 'dialog-warning' }

/** The arguments of `Notify` for a notice; `replacesId` is 0 for a new one. */
export function notifyArguments(notice: Notice, replacesId: number, traits: DaemonTraits): readonly unknown[] {
  const { urgency } = notice
  const body = withoutControls(notice.body).slice(0, longestBody)
  const hints = {
    urgency: new Variant('y', urgencyLevels[urgency]),
    'desktop-entry': new Variant('s', desktopEntry),
    ...(notice.hasSound
      ? { 'sound-name': new Variant('s', sounds[urgency]) }
      : { 'suppress-sound': new Variant('b', true) })
  }
  return [
    'Standby',
    replacesId,
    '',
    withoutControls(notice.title).replaceAll('\n', ' ').slice(0, longestLine),
    traits.readsMarkup ? escaped(body) : body,
    traits.hasActions ? offered(notice) : [],
    hints,
    expireMs[urgency]
  ]
}

/** Text for a desktop that reads markup in a body. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Keys and labels in turn; `default` is a click on the notice itself. */
function offered(notice: Notice): readonly string[] {
  return ['default', actLabels.open, ...notice.acts.flatMap((act) => [act, actLabels[act]])]
}

/** The bus cuts off who sends it a NUL. */
function withoutControls(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, ' ')
}
