import type { DemoTrouble } from '../../../src-main/contract/demo.ts'

/** What each trouble does to the demo's server, as the menu says it. */
export const troubleWords: Readonly<Record<DemoTrouble, { readonly label: string; readonly effect: string }>> = {
  flood: { label: 'Flood a queue', effect: 'functions grows by 3,000 jobs a minute' },
  'dead-worker': { label: 'Kill a worker', effect: 'mails is filled and no longer emptied' },
  'database-down': { label: 'Take the database down', effect: 'nearly every answer is an error' },
  slow: { label: 'Slow it down', effect: 'every answer takes 2.5 s longer' },
  cut: { label: 'Cut the connections', effect: 'nothing gets through' },
  'wrong-key': { label: 'Revoke the keys', effect: 'every key is refused' }
}
