/**
 * The oldest major of Electron that gets security fixes: the project supports the latest three. `floor` was looked up on
 * `checkedOn` in the npm registry, where 43.0.0 is of 2026-07-01, 44.0.0 of 2026-08-25 and 45.0.0 of 2026-10-21; a new
 * major comes every eight weeks.
 */
export const supportedElectron = { floor: 43, checkedOn: '2026-11-24' } as const
