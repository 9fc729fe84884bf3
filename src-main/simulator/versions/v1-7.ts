import { rewritingOrigins } from '../http/headers.ts'
import { crashed, refusedAs, served } from '../http/ending.ts'
import type { Version } from './version.ts'
import { v1_6_2 } from './v1-6.ts'

const allowedHeaders = [
  'Origin, Cookie, Set-Cookie, X-Requested-With, Content-Type, Access-Control-Allow-Origin',
  'Access-Control-Request-Headers, Accept, X-Appwrite-Project, X-Appwrite-Key, X-Appwrite-Dev-Key, X-Appwrite-Locale',
  'X-Appwrite-Mode, X-Appwrite-JWT, X-Appwrite-Response-Format, X-Appwrite-Timeout, X-SDK-Version, X-SDK-Name',
  'X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL, X-Appwrite-ID, X-Appwrite-Timestamp, Content-Range, Range',
  'Cache-Control, Expires, Pragma'
].join(', ')

/** Reached without the cache, by which everything else is held. */
const askedFirst = /^(functions|health\/version|health\/queue)(\/|$)/

/** Fields were renamed, variables became secret, and every check fails with a 500. */
export const v1_7_5: Version = {
  ...v1_6_2,
  name: '1.7.5',
  told: '1.7.5',
  sdks: { 'client-web': '18.1.0', 'console-cli': '6.2.3', 'server-nodejs': '17.0.0' },
  headers: rewritingOrigins(allowedHeaders),
  lostRoute: {
    kind: 'json',
    message:
      'Route not found. Please ensure the endpoint is configured correctly and that the API route is valid for this SDK version. Refer to the API docs for more details.'
  },
  outsideApi: 'page',
  outages: {
    database: (path) => {
      if (path === 'health/cache') return crashed(4000)
      return crashed(path.startsWith('health/queue/') ? 8000 : 0)
    },
    redis: (path) => (askedFirst.test(path) ? refusedAs('general_unknown') : crashed(4000)),
    restartOwed: (path) => (path === 'health/cache' ? refusedAs('general_server_error') : served)
  },
  // The checks were made to answer 500 in 1.7.2.
  softChecks: [],
  localeCache: 'private'
}
