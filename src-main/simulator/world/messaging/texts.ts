import type { Dice, Some } from '../functions/dice.ts'

export const newsletters: Some<readonly [subject: string, content: string]> = [
  ['Vinterens skitilbud ❄️', '<h1>Opptil 30 % på langrenn</h1><p>Tilbudene gjelder ut uken.</p>'],
  ['Neu: die leichteste Daunenjacke, die wir je gemacht haben', '<p>280 Gramm. Wir haben nachgewogen.</p>'],
  ['Three huts worth the climb', '<p>Our staff picks for the long weekend.</p>'],
  ['Sidste chance: vandrestøvler på tilbud', '<p>Kun til søndag.</p>']
]

export const alerts: Some<readonly [title: string, body: string]> = [
  ['Price drop', 'Nordlys 65 is 20 % off until midnight'],
  ['Back in stock', 'The jacket on your list is available again in size M'],
  ['Prisfall', 'Fjellduk 3 er nå 799 kr']
]

export const updates: Some<readonly [title: string, body: string]> = [
  ['On its way', 'Your parcel left our warehouse in Drammen'],
  ['Delivered', 'Your parcel is at the pick-up point'],
  ['Payment received', 'Thank you – we are packing your order']
]

export const codes = (dice: Dice) =>
  `Fjellwerk: ${dice.int(100_000, 999_999)} is your code. It is valid for 15 minutes.`

export const mailErrors: Some<string> = [
  '550 5.1.1 The email account that you tried to reach does not exist.',
  '452 4.2.2 The recipient’s inbox is out of storage space.',
  '421 4.7.0 Temporary system problem. Try again later.'
]
export const pushErrors: Some<string> = [
  'Expired device token.',
  'Requested entity was not found.',
  'The registration token is not a valid FCM registration token'
]
export const smsErrors: Some<string> = [
  "The 'To' number is not a valid phone number.",
  'Unreachable destination handset.'
]
