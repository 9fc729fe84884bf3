import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'

const proxy = { Server: 'nginx' }
const pageType = { 'Content-Type': 'text/html' }

function proxyPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
}

/** What a proxy in front of the server answers by itself; `null` when it lets the request through. */
export function proxyAnswer(world: World): Answer | null {
  const limit = world.troubles.find('rate-limit')
  if (limit !== null) {
    const headers = { ...proxy, 'Retry-After': String(limit.retryAfterS) }
    return limit.body === 'html'
      ? { status: 429, headers: { ...headers, ...pageType }, body: proxyPage('429 Too Many Requests') }
      : {
          status: 429,
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: '{"error":"Too many requests, slow down."}'
        }
  }
  if (world.troubles.find('garbage')?.body !== 'html-502') return null
  return { status: 502, headers: { ...proxy, ...pageType }, body: proxyPage('502 Bad Gateway') }
}

/** What becomes of an answer on its way; files and empty answers are left alone. */
export function garbled(answer: Answer, world: World): Answer {
  const garbage = world.troubles.find('garbage')
  if (garbage === null || typeof answer.body !== 'string' || answer.body === '') return answer
  switch (garbage.body) {
    case 'invalid-json':
      return { ...answer, body: `${answer.body.slice(0, Math.ceil(answer.body.length * 0.6))}\n<br />Warning` }
    case 'wrong-shape':
      return { ...answer, body: '{"statuses":"none","size":"many","total":{}}' }
    case 'cut-short':
      return { ...answer, isCutShort: true }
    case 'html-502':
      return answer
  }
}
