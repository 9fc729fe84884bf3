// npm run check: warns when the table below is old. Never fails: age is no defect of a change.
import { isEntryPoint, note } from './project.mjs'

/**
 * The oldest major of Electron that gets security fixes: the project supports the latest three. `floor` was looked up on
 * `checkedOn` in the npm registry, where 43.0.0 is of 2026-07-01, 44.0.0 of 2026-08-25 and 45.0.0 of 2026-10-21; a new
 * major comes every eight weeks.
 */
export const supportedElectron = { floor: 43, checkedOn: '2026-11-24' }

/** Two majors come in this time: what was the floor then is none any more. */
const OLD_AFTER_DAYS = 112

if (isEntryPoint(import.meta.url)) {
  const days = Math.floor((Date.now() - Date.parse(supportedElectron.checkedOn)) / 86_400_000)
  if (days > OLD_AFTER_DAYS) {
    note(
      `the table of supported Electron versions is ${days} days old: look them up and correct ${import.meta.filename}`
    )
  }
}
