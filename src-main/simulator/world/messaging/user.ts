import { saltOf } from '../random.ts'
import { createDice, type Dice, type Some } from '../functions/dice.ts'
import { idAt } from '../functions/ids.ts'

export type ProviderType = 'email' | 'sms' | 'push'

/** Where a person can be reached. */
export interface Target {
  readonly id: string
  readonly userId: string
  readonly createdAtMs: number
  readonly providerId: string | null
  readonly providerType: ProviderType
  readonly identifier: string
  readonly isExpired: boolean
}

export interface User {
  readonly id: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly isActive: boolean
  readonly labels: readonly string[]
  readonly isEmailVerified: boolean
  readonly isPhoneVerified: boolean
  readonly hasMfa: boolean
  readonly passwordHash: string
  readonly accessedAtMs: number
  readonly targets: readonly Target[]
}

const firstNames: Some<string> = [
  'Zoë',
  'Bjørn',
  'Amélie',
  'Łukasz',
  'Ingrid',
  'José',
  'Marta',
  'Sven',
  'Siobhán',
  'Jürgen',
  'Maja',
  'Tom',
  'Priya',
  'Åse',
  'Noah',
  'Emre'
]
const lastNames: Some<string> = [
  'Müller',
  'Årseth',
  'Dufour',
  'Wiśniewski',
  'Halvorsen',
  'Peña',
  'Kovács',
  'Lindqvist',
  'O’Connor',
  'Brunner',
  'Nygård',
  'Brandt',
  'Raghavan',
  'Sørensen',
  'Yılmaz',
  'Novak'
]
const mailHosts: Some<string> = ['mail.example', 'post.example', 'inbox.example', 'firma.example']
const labels: Some<readonly string[]> = [[], [], [], [], ['club'], ['staff'], ['club', 'beta']]

const usersCount = 240
const firstUserMs = Date.UTC(2025, 2, 10, 7)
const spacingMs = 59 * 3_600_000
const hashAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const letters = (dice: Dice, length: number) =>
  Array.from({ length }, () => hashAlphabet.charAt(dice.int(0, hashAlphabet.length - 1))).join('')

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .replace(/[^a-z]/g, '')

function targetsOf(dice: Dice, userId: string, createdAtMs: number, email: string, phone: string): readonly Target[] {
  const one = (providerType: ProviderType, identifier: string, providerId: string | null, at: number): Target => {
    const madeMs = createdAtMs + at * 17_000
    const isExpired = providerType === 'push' && dice.isHit(0.12)
    return { id: idAt(madeMs, dice), userId, createdAtMs: madeMs, providerId, providerType, identifier, isExpired }
  }
  const targets = [one('email', email, null, 1)]
  if (phone !== '') targets.push(one('sms', phone, null, 2))
  if (dice.isHit(0.6)) targets.push(one('push', `${letters(dice, 22)}:APA91b${letters(dice, 40)}`, 'fcm', 3))
  return targets
}

function seededUser(seed: number, at: number): User {
  const dice = createDice(seed, saltOf('users'), at)
  const createdAtMs = Math.floor(firstUserMs + (at + dice.next()) * spacingMs)
  const [first, last] = [dice.pick(firstNames), dice.pick(lastNames)]
  const id = idAt(createdAtMs, dice)
  const email = `${plain(first)}.${plain(last)}${at}@${dice.pick(mailHosts)}`
  const phone = dice.isHit(0.4) ? `+47${dice.int(40_000_000, 49_999_999)}` : ''
  return {
    id,
    createdAtMs,
    updatedAtMs: createdAtMs + dice.int(0, 40) * 86_400_000,
    name: `${first} ${last}`,
    email,
    phone,
    isActive: !dice.isHit(0.03),
    labels: dice.pick(labels),
    isEmailVerified: dice.isHit(0.85),
    isPhoneVerified: phone !== '' && dice.isHit(0.7),
    hasMfa: dice.isHit(0.08),
    passwordHash: `$argon2id$v=19$m=65536,t=4,p=3$${letters(dice, 22)}$${letters(dice, 43)}`,
    accessedAtMs: createdAtMs + dice.int(1, 60) * 86_400_000,
    targets: targetsOf(dice, id, createdAtMs, email, phone)
  }
}

/** Everybody who has an account, in the order they signed up. */
export function seededUsers(seed: number): readonly User[] {
  return Array.from({ length: usersCount }, (_, at) => seededUser(seed, at))
}
