import type { Version } from './version.ts'
import { v1_7_5 } from './v1-7.ts'

/** A missing scope is named in a list. */
export const v1_8_1: Version = {
  ...v1_7_5,
  name: '1.8.1',
  told: '1.8.1',
  sdks: { 'client-web': '21.5.0', 'console-cli': '12.0.0', 'server-nodejs': '21.1.0' },
  publicCodes: [...v1_7_5.publicCodes, 422],
  scopeText: (scopes) => `missing scopes (${JSON.stringify(scopes)})`
}
