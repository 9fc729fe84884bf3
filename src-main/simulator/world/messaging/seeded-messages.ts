import { createDice, type Dice } from '../functions/dice.ts'
import { idAt } from '../functions/ids.ts'
import { saltOf } from '../random.ts'
import type { Delivery, Message } from './message.ts'
import { alerts, codes, mailErrors, newsletters, pushErrors, smsErrors, updates } from './texts.ts'
import type { Topic } from './topic.ts'
import type { ProviderType, Target, User } from './user.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const keptDays = 30
/** UTC days of the week that a newsletter goes out on, and its hour. */
const newsletterDays = [2, 5]
const newsletterHour = 9
const singlesADay = 5

/** Who there is to write to. */
export interface People {
  readonly users: readonly User[]
  readonly topics: readonly Topic[]
}

const errorsFor = { email: mailErrors, push: pushErrors, sms: smsErrors }

/** The words of a recipient who did not get it. */
export function failureOf(identifier: string, type: ProviderType, dice: Dice): string {
  return `Failed sending to target ${identifier} with error: ${dice.pick(errorsFor[type])}`
}

function delivery(recipients: readonly Target[], type: ProviderType, dice: Dice, failing: number): Delivery {
  const failed = recipients.slice(0, failing)
  return {
    delivered: recipients.length - failed.length,
    errors: failed.map(({ identifier }) => failureOf(identifier, type, dice))
  }
}

interface Draft {
  readonly createdAtMs: number
  readonly scheduledAtMs: number | null
  readonly providerType: ProviderType
  readonly data: Readonly<Record<string, unknown>>
  readonly topics?: readonly string[]
  readonly targets?: readonly string[]
  readonly delivery: Delivery
}

function written({ createdAtMs, scheduledAtMs, topics = [], targets = [], ...rest }: Draft, dice: Dice): Message {
  return {
    id: idAt(createdAtMs, dice),
    createdAtMs,
    changedAtMs: createdAtMs,
    users: [],
    topics,
    targets,
    isDraft: false,
    scheduledAtMs,
    queuedAtMs: scheduledAtMs ?? createdAtMs,
    queueMs: dice.around(1_800, 0.6),
    sendMs: dice.around(900 + 14 * rest.delivery.delivered, 0.4),
    ...rest
  }
}

const mail = (subject: string, content: string) => ({ subject, content, html: true, cc: [], bcc: [], attachments: [] })

function newsletterOf(day: number, { topics }: People, dice: Dice): Message {
  const topic = topics.find(({ id }) => id === 'newsletter')
  const recipients = topic?.subscribers ?? []
  const [subject, content] = dice.pick(newsletters)
  return written(
    {
      // Written the afternoon before.
      createdAtMs: Math.floor(day * dayMs - (8 + 2 * dice.next()) * hourMs),
      scheduledAtMs: day * dayMs + newsletterHour * hourMs,
      providerType: 'email',
      topics: ['newsletter'],
      data: mail(subject, content),
      delivery: delivery(recipients, 'email', dice, dice.pick([0, 0, 0, 1, 3]))
    },
    dice
  )
}

function alertOf(day: number, { topics }: People, dice: Dice): Message {
  const topic = topics.find(({ id }) => id === 'price-alerts')
  const recipients = (topic?.subscribers ?? []).filter(({ providerType }) => providerType === 'push')
  const [title, body] = dice.pick(alerts)
  return written(
    {
      createdAtMs: Math.floor(day * dayMs + (7 + dice.next()) * hourMs),
      scheduledAtMs: null,
      providerType: 'push',
      topics: ['price-alerts'],
      data: { title, body, data: { screen: 'offers' }, tag: 'offers' },
      delivery: delivery(recipients, 'push', dice, dice.pick([0, 0, 1, 2]))
    },
    dice
  )
}

function singleOf(day: number, { users }: People, dice: Dice): Message | null {
  const user = users[dice.int(0, users.length - 1)]
  const target = user?.targets[dice.int(0, user.targets.length - 1)]
  if (target === undefined) return null
  const [title, body] = dice.pick(updates)
  const { providerType } = target
  const data =
    providerType === 'email'
      ? mail(title, `<p>${body}</p>`)
      : providerType === 'push'
        ? { title, body }
        : { content: codes(dice) }
  const failing = target.isExpired || dice.isHit(0.06) ? 1 : 0
  return written(
    {
      createdAtMs: Math.floor(day * dayMs + (6 + 15 * dice.next()) * hourMs),
      scheduledAtMs: null,
      providerType,
      targets: [target.id],
      data,
      delivery: delivery([target], providerType, dice, failing)
    },
    dice
  )
}

const drafts: readonly (readonly [subject: string, content: string])[] = [
  ['Planned maintenance on Sunday', '<p>The shop will be away from 04:00 to 05:00 UTC.</p>'],
  ['TODO: Black Friday teaser', '<p>Lea writes this</p>']
]

function draftsOf(seed: number): readonly Message[] {
  return drafts.map(([subject, content], at) => {
    const dice = createDice(seed, saltOf('drafts'), at)
    const createdAtMs = Date.UTC(2026, 8, 3 + 11 * at, 12, 5)
    const nobody = { delivered: 0, errors: [] }
    const topics = at === 0 ? ['maintenance'] : []
    const data = mail(subject, content)
    const one = written(
      { createdAtMs, scheduledAtMs: null, providerType: 'email', topics, data, delivery: nobody },
      dice
    )
    return { ...one, isDraft: true, queuedAtMs: null }
  })
}

/** What was written up to a time, oldest first: newsletters, alerts, notes to single people, and two drafts. */
export function seededMessages(seed: number, audience: People, nowMs: number): readonly Message[] {
  const today = Math.floor(nowMs / dayMs)
  const found: Message[] = [...draftsOf(seed)]
  // Tomorrow's newsletter may be written already.
  for (let day = today - keptDays; day <= today + 1; day++) {
    const weekday = new Date(day * dayMs).getUTCDay()
    const diceFor = (what: string) => createDice(seed, saltOf(`messages ${what}`), day)
    if (newsletterDays.includes(weekday)) found.push(newsletterOf(day, audience, diceFor('newsletter')))
    if (weekday >= 1 && weekday <= 5) found.push(alertOf(day, audience, diceFor('alert')))
    for (let at = 0; at < singlesADay; at++) {
      const single = singleOf(day, audience, diceFor(`single ${at}`))
      if (single !== null) found.push(single)
    }
  }
  return found.filter(({ createdAtMs }) => createdAtMs <= nowMs).sort((a, b) => a.createdAtMs - b.createdAtMs)
}
